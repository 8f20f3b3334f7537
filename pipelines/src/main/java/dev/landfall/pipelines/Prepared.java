package dev.landfall.pipelines;

import dev.landfall.transforms.ledger.MigrationLedger;
import dev.landfall.transforms.schema.Mapping;
import dev.landfall.transforms.schema.SourceCatalog;
import dev.landfall.transforms.schema.TargetCatalog;
import dev.landfall.transforms.schema.TargetDdl;

/**
 * What is known of a migration before anything is done.
 *
 * @param catalog the source's tables
 * @param target what the target had when it was looked at
 * @param mapping how the tables map, fitted to target tables that are the user's own
 * @param fixed what the ledger has, or would get with the first step
 * @param known whether the ledger knows the migration already
 * @param ddl the definitions of the tables that this migration makes
 */
record Prepared(
    SourceCatalog catalog,
    TargetCatalog target,
    Mapping mapping,
    MigrationLedger.Fixed fixed,
    boolean known,
    TargetDdl ddl) {}
