/** Faults that a verification must find, seeded on a copy of some rows. */
@NullMarked
package dev.landfall.pipelines.proof;

import org.jspecify.annotations.NullMarked;
