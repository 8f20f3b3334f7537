package dev.landfall.transforms.model;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the source has: its product, version, base tables and everything else in its databases.
 *
 * @param product MySQL or MariaDB
 * @param version as the server prints it
 * @param tables ordered by name
 * @param others views, routines, sequences and whatever else is no table, by kind and name
 */
public record SourceCatalog(
    Product product, String version, List<SourceTable> tables, List<SourceObject> others) {
  /** The two families of servers that are read; they print some catalogue columns differently. */
  public enum Product {
    MYSQL,
    MARIADB
  }

  public SourceCatalog {
    tables = List.copyOf(tables);
    others = List.copyOf(others);
  }

  /** A source that has tables only. */
  public SourceCatalog(Product product, String version, List<SourceTable> tables) {
    this(product, version, tables, List.of());
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
            .toList(),
        databases.stream().flatMap(d -> d.others().stream()).toList());
  }

  /** The table of that exact name. */
  public Optional<SourceTable> table(TableName name) {
    return tables.stream().filter(t -> t.name().equals(name)).findFirst();
  }
}
