/** What all commands have in common: options, streams, exit codes, signals. */
@NullMarked
package dev.landfall.runners.cli;

import org.jspecify.annotations.NullMarked;
