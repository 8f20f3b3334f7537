/** Loading batches: COPY and the ledger's row in one transaction. */
@NullMarked
package dev.landfall.transforms.load;

import org.jspecify.annotations.NullMarked;
