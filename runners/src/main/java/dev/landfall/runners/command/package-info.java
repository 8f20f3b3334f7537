/** The commands, a class each. */
@NullMarked
package dev.landfall.runners.command;

import org.jspecify.annotations.NullMarked;
