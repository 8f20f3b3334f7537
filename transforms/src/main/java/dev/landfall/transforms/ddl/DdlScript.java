package dev.landfall.transforms.ddl;

import dev.landfall.transforms.model.TableName;
import java.util.List;

/** Prints definitions as a script for people and for psql. */
public final class DdlScript {
  /**
   * What the definitions were written for, whatever the server, the database or the role sets: how
   * texts, times and spans are read, what {@code = NULL} means, where the types of extensions are,
   * and that nothing ends them midway.
   */
  private static final String SETTINGS =
      """
      SET statement_timeout = 0;
      SET lock_timeout = 0;
      SET default_transaction_read_only = off;
      SET client_encoding = 'UTF8';
      SET standard_conforming_strings = on;
      SET TimeZone = 'UTC';
      SET DateStyle = 'ISO, YMD';
      SET IntervalStyle = 'postgres';
      SET transform_null_equals = off;
      SELECT set_config('search_path', concat_ws(', ', nullif(current_setting('search_path'), ''),
          (SELECT string_agg(DISTINCT quote_ident(nspname), ', ') FROM pg_extension
          JOIN pg_namespace n ON n.oid = extnamespace WHERE nspname <> 'pg_catalog')), false);
      """;

  private DdlScript() {}

  /**
   * Statements of the user's that belong together.
   *
   * @param title where they come from
   * @param statements without semicolons
   */
  public record Part(String title, List<String> statements) {}

  /**
   * One statement per object, grouped by table, with a heading each, behind the settings that they
   * were written for.
   *
   * @param title the first line, without dashes
   * @param before what comes before the definitions
   * @param behind what comes behind them
   */
  public static String print(
      String title, List<Part> before, List<DdlStatement> statements, List<Part> behind) {
    StringBuilder script = new StringBuilder(comment(title)).append(SETTINGS);
    before.forEach(part -> append(part, script));
    TableName table = null;
    for (DdlStatement statement : statements) {
      boolean schema = statement.kind().part() == DdlStatement.Part.SHARED;
      if (!schema && !statement.table().equals(table)) {
        table = statement.table();
        script.append('\n').append(comment(table.toString()));
      } else if (schema) {
        script.append('\n');
      }
      script.append(statement.sql()).append(";\n");
    }
    behind.forEach(part -> append(part, script));
    return script.toString();
  }

  /** The same with nothing around the definitions. */
  public static String print(String title, List<DdlStatement> statements) {
    return print(title, List.of(), statements, List.of());
  }

  private static void append(Part part, StringBuilder script) {
    script.append('\n').append(comment(part.title()));
    for (String statement : part.statements()) {
      // Behind a comment a semicolon would be a part of it.
      boolean commented = statement.substring(statement.lastIndexOf('\n') + 1).contains("--");
      script.append(statement).append(commented ? "\n;\n" : ";\n");
    }
  }

  private static String comment(String text) {
    // A line break in a name would end the comment and begin a statement.
    return "-- " + text.replaceAll("\\R", " ") + "\n";
  }
}
