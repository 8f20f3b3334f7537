package dev.landfall.pipelines.spec;

import static dev.landfall.pipelines.spec.shape.Key.key;

import dev.landfall.pipelines.spec.shape.JsonSchema;
import dev.landfall.pipelines.spec.shape.Shape;
import java.util.Map;

/**
 * The grammar of the whole spec. Each part of it stands beside its reader; what is declared there
 * is what can be read.
 */
public final class SpecSchema {
  private static final Shape.Fields TABLES =
      Shape.fields(
          key(
              "include",
              Shape.listOf(Shape.Scalar.NAME).some(),
              "Names or globs of the tables that move. Without it: all."),
          key(
              "exclude",
              Shape.listOf(Shape.Scalar.NAME),
              "Names or globs of tables that stay behind. Without it: none."));

  static final Shape.Fields SHAPE =
      Shape.fields(
          key(
              "name",
              Shape.Scalar.NAME,
              "What the ledger calls this migration. Without it: the source's database."),
          key("source", ConnectionReader.SOURCE, "The MySQL or MariaDB database.").required(),
          key("target", ConnectionReader.TARGET, "The PostgreSQL database.").required(),
          key("tables", TABLES, "Which tables move. Without it: all."),
          key(
              "types",
              TypeRules.SHAPE,
              "What columns of a type of the source become, where their own rule has no type."),
          key("mappings", TableRuleReader.SHAPE, "One entry for each table that changes."),
          key(
              "plugins",
              PluginsReader.SHAPE,
              "Jars of plug-ins, or directories of such, relative to the spec."),
          key("collations", Words.EQUALITY, "What becomes of the source's collations.")
              .otherwise("unique"),
          key("rules", RulesReader.SHAPE, "What becomes of odd values in all tables."),
          key("load", LoadSettingsReader.SHAPE, "How rows are loaded."),
          key(
              "checks",
              SpecCheckReader.SHAPE,
              "Queries that both sides must answer alike, or that must give no row."),
          key("sql", SpecStatementReader.SHAPE, "Statements for the target, each run once."));

  private SpecSchema() {}

  /** The JSON Schema of the spec, as maps, lists, texts, numbers and booleans. */
  public static Map<String, Object> json() {
    return JsonSchema.of("Landfall spec", SHAPE);
  }
}
