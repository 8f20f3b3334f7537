/** Row hashes, their sums, and comparing the sums of both sides. */
@NullMarked
package dev.landfall.validation.digest;

import org.jspecify.annotations.NullMarked;
