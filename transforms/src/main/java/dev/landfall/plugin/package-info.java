/** What somebody else's code has to know to make values of columns. */
@NullMarked
package dev.landfall.plugin;

import org.jspecify.annotations.NullMarked;
