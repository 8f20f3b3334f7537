/** The Direct runner, and what makes it start fast. */
@NullMarked
package dev.landfall.runners.direct;

import org.jspecify.annotations.NullMarked;
