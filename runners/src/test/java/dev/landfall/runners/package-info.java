@NullMarked
package dev.landfall.runners;

import org.jspecify.annotations.NullMarked;
