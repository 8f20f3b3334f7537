@NullMarked
package dev.landfall.runners.display;

import org.jspecify.annotations.NullMarked;
