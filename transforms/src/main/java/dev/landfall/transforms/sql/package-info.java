/** Every SQL text that Landfall sends: built, quoted and bound here. No Beam in here. */
@NullMarked
package dev.landfall.transforms.sql;

import org.jspecify.annotations.NullMarked;
