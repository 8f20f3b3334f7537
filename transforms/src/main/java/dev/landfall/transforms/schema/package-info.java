/** What a table is on each side, how columns map, and the DDL that follows. No Beam in here. */
@NullMarked
package dev.landfall.transforms.schema;

import org.jspecify.annotations.NullMarked;
