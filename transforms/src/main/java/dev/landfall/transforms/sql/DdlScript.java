package dev.landfall.transforms.sql;

import dev.landfall.transforms.schema.DdlStatement;
import dev.landfall.transforms.schema.TableName;
import java.util.List;

/** Prints definitions as a script for people and for psql. */
public final class DdlScript {
  private DdlScript() {}

  /**
   * One statement per object, grouped by table, with a heading each.
   *
   * @param title the first line, without dashes
   */
  public static String print(String title, List<DdlStatement> statements) {
    StringBuilder script = new StringBuilder(comment(title));
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
    return script.toString();
  }

  private static String comment(String text) {
    // A line break in a name would end the comment and begin a statement.
    return "-- " + text.replaceAll("\\R", " ") + "\n";
  }
}
