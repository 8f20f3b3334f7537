/** What was promised of the target, compared with what is there. */
@NullMarked
package dev.landfall.transforms.promise;

import org.jspecify.annotations.NullMarked;
