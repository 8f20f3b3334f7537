package dev.landfall.transforms.model;

import java.util.Collection;
import java.util.stream.Collectors;

/** Quotes identifiers, always: so reserved words, mixed case and odd characters need no thought. */
public final class Identifiers {
  private Identifiers() {}

  /** A MySQL identifier (MySQL manual 9.2). */
  public static String mysql(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** A MySQL table with its database. */
  public static String mysql(TableName table) {
    return mysql(table.schema()) + "." + mysql(table.table());
  }

  /** MySQL identifiers, separated by commas. */
  public static String mysql(Collection<String> names) {
    return names.stream().map(Identifiers::mysql).collect(Collectors.joining(", "));
  }

  /** A PostgreSQL identifier (PostgreSQL manual 4.1.1). */
  public static String postgres(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /** A PostgreSQL table with its schema. */
  public static String postgres(TableName table) {
    return postgres(table.schema()) + "." + postgres(table.table());
  }

  /** PostgreSQL identifiers, separated by commas. */
  public static String postgres(Collection<String> names) {
    return names.stream().map(Identifiers::postgres).collect(Collectors.joining(", "));
  }
}
