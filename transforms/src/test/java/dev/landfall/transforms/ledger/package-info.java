@NullMarked
package dev.landfall.transforms.ledger;

import org.jspecify.annotations.NullMarked;
