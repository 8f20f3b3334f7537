package dev.landfall.transforms.schema;

import java.util.List;
import java.util.Optional;

/**
 * What the source has: its product, version and base tables.
 *
 * @param product MySQL or MariaDB
 * @param version as the server prints it
 * @param tables ordered by name
 */
public record SourceCatalog(Product product, String version, List<SourceTable> tables) {
  /** The two families of servers that are read; they print some catalogue columns differently. */
  public enum Product {
    MYSQL,
    MARIADB
  }

  public SourceCatalog {
    tables = List.copyOf(tables);
  }

  /** The table of that exact name. */
  public Optional<SourceTable> table(TableName name) {
    return tables.stream().filter(t -> t.name().equals(name)).findFirst();
  }
}
