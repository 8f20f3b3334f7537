package dev.landfall.pipelines.prepare;

import dev.landfall.transforms.catalog.TargetCatalog;
import dev.landfall.transforms.ddl.TargetDdl;
import dev.landfall.transforms.ddl.TargetStyle;
import dev.landfall.transforms.ledger.MigrationLedger;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.SourceCatalog;
import java.util.List;

/**
 * What is known of a migration before anything is done.
 *
 * @param catalog the source's tables
 * @param target what the target had when it was looked at
 * @param mapping how the tables map, fitted to target tables that are the user's own
 * @param fixed what the ledger has, or would get with the first step
 * @param known whether the ledger knows the migration already
 * @param ddl the definitions of the tables that this migration makes
 * @param promised the mapping with the types that it promised, and not those that are there now
 * @param style how the target wants definitions
 * @param changes what is other than the ledger has it
 */
public record Prepared(
    SourceCatalog catalog,
    TargetCatalog target,
    Mapping mapping,
    MigrationLedger.Fixed fixed,
    boolean known,
    TargetDdl ddl,
    Mapping promised,
    TargetStyle style,
    Changes changes) {
  /** What is said of tables that have rows which the migration did not load. */
  public static String rowsOfOthers(String migration, String tables) {
    return "These target tables have rows that migration \""
        + migration
        + "\" did not load: "
        + tables
        + ". Empty them, or say \"append: true\" under \"load\" in the spec to add to them."
        + " Nothing was touched.";
  }

  /** The lines that the ledger must have when the work begins. */
  public List<String> begun() {
    return changes.none() ? fixed.mapping() : changes.before();
  }

  /** The definitions that were promised, whatever has become of the tables since. */
  public TargetDdl promises() {
    return promised.equals(mapping) ? ddl : TargetDdl.of(promised, catalog, style);
  }
}
