package dev.landfall.transforms.ddl;

import java.util.Locale;
import java.util.Optional;

/** Storage engines whose tables are not what they seem (MySQL manual 16). */
final class StorageEngine {
  private StorageEngine() {}

  /** What to know about a table of that engine; empty for those that keep rows as InnoDB does. */
  static Optional<String> note(String engine) {
    return Optional.ofNullable(
        switch (engine.toUpperCase(Locale.ROOT)) {
          case "MRG_MYISAM", "MERGE" ->
              "is a MERGE table: its rows are those of other tables, and are moved again here";
          case "FEDERATED", "CONNECT", "SPIDER", "S3", "OQGRAPH" ->
              "is a " + engine + " table: rows that are kept elsewhere become rows of the target";
          case "BLACKHOLE" -> "is a BLACKHOLE table, which keeps no rows; in the target it does";
          case "MEMORY" -> "is a MEMORY table; in the target its rows outlive the server";
          default -> null;
        });
  }
}
