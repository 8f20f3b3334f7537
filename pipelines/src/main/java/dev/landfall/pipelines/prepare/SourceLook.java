package dev.landfall.pipelines.prepare;

import dev.landfall.pipelines.spec.NeededView;
import dev.landfall.pipelines.spec.SelectedTables;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.catalog.SourceRights;
import dev.landfall.transforms.catalog.SourceSchemaReader;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Looks at the source, as far as a spec needs it. */
final class SourceLook {
  private SourceLook() {}

  /**
   * The source's tables, all that the spec may mean among them.
   *
   * @throws MigrationException when the account does not see or may not read some of them
   */
  static SourceCatalog read(Spec spec) throws SQLException {
    try (Connection connection = Reachability.open(Side.SOURCE, spec.source().connection())) {
      SourceCatalog catalog = read(spec, connection, name -> SelectedTables.matters(spec, name));
      SelectedTables selected = new SelectedTables(spec, catalog.tables());
      if (!spec.source().databases().isEmpty()) {
        requireDatabases(spec, connection, catalog);
      }
      SourceRights.require(connection, NeededView.of(spec, catalog.tables()));
      if (catalog.tables().stream().noneMatch(t -> selected.moves(t.name()))
          || !selected.namesAreKnown()) {
        // A mistake in the spec: to say what was meant, all tables must be known.
        return read(spec, connection, table -> true);
      }
      return catalog;
    }
  }

  private static SourceCatalog read(Spec spec, Connection connection, Predicate<TableName> wanted)
      throws SQLException {
    List<SourceCatalog> catalogs = new ArrayList<>();
    for (String database : spec.databases().keySet()) {
      catalogs.add(
          SourceSchemaReader.read(
              connection, database, table -> wanted.test(new TableName(database, table))));
    }
    return SourceCatalog.together(catalogs);
  }

  /** A database that is misspelt, or that the user may not see, has no tables in the catalogue. */
  private static void requireDatabases(Spec spec, Connection connection, SourceCatalog catalog)
      throws SQLException {
    for (String database : spec.databases().keySet()) {
      if (catalog.tables().stream().noneMatch(t -> t.name().schema().equals(database))
          && SourceSchemaReader.read(connection, database, t -> true).tables().isEmpty()) {
        throw new MigrationException(
            MigrationException.Kind.USAGE,
            "Database "
                + database
                + " of source.databases is not on "
                + spec.source().connection().display()
                + ", or has no tables that the user may see; nothing was touched. Correct its name,"
                + " grant the user SELECT on it, or leave it out.");
      }
    }
  }
}
