/** The steps of a verification and what they keep in the ledger. */
@NullMarked
package dev.landfall.pipelines.checksum;

import org.jspecify.annotations.NullMarked;
