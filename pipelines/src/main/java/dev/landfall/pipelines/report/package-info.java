/** What there is to report of a migration, read from its ledger; nothing of how it is shown. */
@NullMarked
package dev.landfall.pipelines.report;

import org.jspecify.annotations.NullMarked;
