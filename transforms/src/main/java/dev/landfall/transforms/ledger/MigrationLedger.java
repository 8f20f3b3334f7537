package dev.landfall.transforms.ledger;

import dev.landfall.transforms.choose.ProvedTypes;
import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.jdbc.Row;
import dev.landfall.transforms.model.ColumnName;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the ledger knows of one migration as a whole. Works on the connection that it is given and
 * commits each call, unless the caller has turned auto-commit off.
 */
public final class MigrationLedger {
  private static final String FIXED =
      """
      SELECT mapping, booleans, bigints, filled, extension_types, enum_types, made, existing,
             appended
      FROM landfall.migration WHERE name = :name
      """;

  /** Adds a migration, or gives the one of that name another mapping. */
  private static final String ADD =
      """
      INSERT INTO landfall.migration (name, source, mapping, tables, targets, booleans, bigints,
        filled, extension_types, enum_types, made, existing, appended)
      VALUES (:name, :source, :mapping, :tables, :targets, :booleans, :bigints,
        :filled, :extension_types, :enum_types, :made, :existing, :appended)
      ON CONFLICT (name) DO UPDATE SET mapping = excluded.mapping, tables = excluded.tables,
        targets = excluded.targets, booleans = excluded.booleans, bigints = excluded.bigints,
        filled = excluded.filled, enum_types = excluded.enum_types, made = excluded.made,
        existing = excluded.existing, appended = excluded.appended
      """;

  private final Connection connection;
  private final String name;

  /** The ledger of that migration, over that connection to the target. */
  public MigrationLedger(Connection connection, String name) {
    this.connection = connection;
    this.name = name;
  }

  /**
   * What is fixed with a migration's first step.
   *
   * @param mapping the lines that describe mapping and source schema
   * @param proved what the source's values proved of its columns
   * @param extensionTypes the types of extensions that the target had, as definitions name them
   * @param types enum types that this migration makes
   * @param made target tables that this migration makes
   * @param existing target tables that are the user's own and were empty
   * @param appended target tables that are the user's own and had rows, which are added to
   */
  public record Fixed(
      List<String> mapping,
      ProvedTypes proved,
      Set<String> extensionTypes,
      Set<TableName> types,
      Set<TableName> made,
      Set<TableName> existing,
      Set<TableName> appended) {
    public Fixed {
      mapping = List.copyOf(mapping);
      extensionTypes = Set.copyOf(extensionTypes);
      types = Set.copyOf(types);
      made = Set.copyOf(made);
      existing = Set.copyOf(existing);
      appended = Set.copyOf(appended);
    }

    /** Without unsigned keys, extensions and enum types. */
    public Fixed(
        List<String> mapping,
        Set<ColumnName> booleans,
        Set<TableName> made,
        Set<TableName> existing,
        Set<TableName> appended) {
      this(
          mapping,
          new ProvedTypes(booleans, Set.of(), Set.of()),
          Set.of(),
          Set.of(),
          made,
          existing,
          appended);
    }
  }

  /** Makes the ledger, or brings it up to date, as {@link LedgerSchema#install} says. */
  public void install() throws SQLException {
    LedgerSchema.install(connection);
  }

  /**
   * Whether there is a ledger, which is up to date then.
   *
   * @throws dev.landfall.transforms.MigrationException of kind USAGE when there is one that this
   *     version must not touch, or that is to be brought up to date by another account
   */
  public boolean isInstalled() throws SQLException {
    return LedgerSchema.isInstalled(connection);
  }

  /** What is fixed, empty before the first step and where there is no ledger yet. */
  public Optional<Fixed> fixed() throws SQLException {
    return isInstalled() ? query(FIXED).one(MigrationLedger::fixed) : Optional.empty();
  }

  private static Fixed fixed(Row row) throws SQLException {
    return new Fixed(
        row.texts("mapping"),
        new ProvedTypes(
            StoredNames.columns(row.texts("booleans")),
            StoredNames.columns(row.texts("bigints")),
            StoredNames.columns(row.texts("filled"))),
        Set.copyOf(row.texts("extension_types")),
        StoredNames.tables(row.texts("enum_types")),
        StoredNames.tables(row.texts("made")),
        StoredNames.tables(row.texts("existing")),
        StoredNames.tables(row.texts("appended")));
  }

  /** Records a migration's first step, or what it is from now on. */
  public void add(String source, Fixed fixed, Mapping mapping) throws SQLException {
    query(ADD)
        .bind("source", source)
        .bind("mapping", "text", fixed.mapping())
        .bind(
            "tables",
            "text",
            mapping.tables().stream().map(t -> t.source().name().toString()).toList())
        .bind("targets", "text", mapping.tables().stream().map(MigrationLedger::targets).toList())
        .bind("booleans", "text", StoredNames.ofColumns(fixed.proved().booleans()))
        .bind("bigints", "text", StoredNames.ofColumns(fixed.proved().bigints()))
        .bind("filled", "text", StoredNames.ofColumns(fixed.proved().filled()))
        .bind("extension_types", "text", fixed.extensionTypes())
        .bind("enum_types", "text", StoredNames.ofTables(fixed.types()))
        .bind("made", "text", StoredNames.ofTables(fixed.made()))
        .bind("existing", "text", StoredNames.ofTables(fixed.existing()))
        .bind("appended", "text", StoredNames.ofTables(fixed.appended()))
        .update();
  }

  private static String targets(TableMapping table) {
    return table.targets().stream()
        .map(target -> target.name().toString())
        .collect(Collectors.joining("\n"));
  }

  /** Takes the migration out of the ledger, all but its history. */
  public void forget() throws SQLException {
    new EarlierLife(connection, name).add();
  }

  private Query query(String sql) {
    return Query.of(connection, sql).bind("name", name);
  }
}
