@NullMarked
package dev.landfall.runners.cli;

import org.jspecify.annotations.NullMarked;
