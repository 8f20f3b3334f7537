/** Ways to make another value of one, which a comparison must find. */
@NullMarked
package dev.landfall.transforms.types.fault;

import org.jspecify.annotations.NullMarked;
