/** Runs at given times. */
@NullMarked
package dev.landfall.runners.schedule;

import org.jspecify.annotations.NullMarked;
