/** The command line: what a person types, the exit codes, Ctrl-C. */
@NullMarked
package dev.landfall.runners;

import org.jspecify.annotations.NullMarked;
