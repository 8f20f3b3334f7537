package dev.landfall.transforms.schema;

import java.util.Comparator;
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

  /** The catalogues of several databases of one server as one. */
  public static SourceCatalog together(List<SourceCatalog> databases) {
    SourceCatalog first = databases.get(0);
    return new SourceCatalog(
        first.product(),
        first.version(),
        databases.stream()
            .flatMap(d -> d.tables().stream())
            .sorted(Comparator.comparing(SourceTable::name))
            .toList());
  }

  /** The table of that exact name. */
  public Optional<SourceTable> table(TableName name) {
    return tables.stream().filter(t -> t.name().equals(name)).findFirst();
  }
}
