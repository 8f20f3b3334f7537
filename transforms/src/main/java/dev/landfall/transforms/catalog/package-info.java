/** What the catalogues of both sides say. */
@NullMarked
package dev.landfall.transforms.catalog;

import org.jspecify.annotations.NullMarked;
