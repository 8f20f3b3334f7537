/** The ledger: what is planned, committed, rejected, verified. */
@NullMarked
package dev.landfall.transforms.ledger;

import org.jspecify.annotations.NullMarked;
