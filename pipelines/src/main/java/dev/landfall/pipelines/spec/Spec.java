package dev.landfall.pipelines.spec;

import java.util.List;

/**
 * What a user wants of one migration. Nothing in it shows a secret when printed.
 *
 * @param name the migration's name, which the ledger knows it by
 * @param source where rows come from
 * @param target where they go
 * @param tables which tables of the source move
 * @param mappings what differs from moving a table as it is, one for each such table
 * @param load how the rows are loaded
 */
public record Spec(
    String name,
    SourceSpec source,
    TargetSpec target,
    TableSelection tables,
    List<TableRule> mappings,
    LoadSettings load) {
  public Spec {
    mappings = List.copyOf(mappings);
  }
}
