package dev.landfall.transforms.ddl;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.catalog.TargetCatalog;
import dev.landfall.transforms.catalog.TargetCatalog.Column;
import dev.landfall.transforms.catalog.TargetCatalog.Kind;
import dev.landfall.transforms.catalog.TargetCatalog.SchemaRights;
import dev.landfall.transforms.catalog.TargetCatalog.Table;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.ValueSource;
import dev.landfall.transforms.sql.PreflightSql;
import dev.landfall.transforms.sql.TargetCatalogSql;
import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.PgBytea;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out, before anything is touched, whether a mapping can be carried out in a target: whether
 * each mapped column fits the tables that are there, and whether the user has the rights.
 */
public final class TargetCheck {
  private final TargetCatalog catalog;
  private final Set<TableName> made;
  private final List<String> misfits = new ArrayList<>();

  /** Ordered and without repetition: several tables want the same right in one schema. */
  private final Set<String> grants = new LinkedHashSet<>();

  private TargetCheck(TargetCatalog catalog, Set<TableName> made) {
    this.catalog = catalog;
    this.made = made;
  }

  /** Checks a migration that has made no table yet. */
  public static Mapping check(Mapping mapping, TargetCatalog catalog) {
    return check(mapping, catalog, Set.of());
  }

  /**
   * The mapping with every table that is there marked as existing, its columns with the types they
   * have and the conversions that lead there.
   *
   * @param made tables that are there because this migration made them, as its ledger knows: they
   *     are checked too but not marked
   * @throws MigrationException listing everything that does not fit and every right that is missing
   */
  public static Mapping check(Mapping mapping, TargetCatalog catalog, Set<TableName> made) {
    return new TargetCheck(catalog, made).check(mapping);
  }

  /** Tables of which policies decide what the user sees. */
  private final Set<TableName> secured = new LinkedHashSet<>();

  private Mapping check(Mapping mapping) {
    checkSchema(TargetCatalog.LEDGER_SCHEMA);
    List<TableMapping> tables = new ArrayList<>();
    for (TableMapping table : mapping.tables()) {
      List<TargetTable> targets = new ArrayList<>();
      for (TargetTable target : table.targets()) {
        Optional<Table> existing = catalog.table(target.name());
        if (existing.isPresent()) {
          targets.add(checkTable(table, target, existing.get()));
        } else {
          checkSchema(target.name().schema());
          TextCheck.misfits(target, catalog).forEach(misfits::add);
          targets.add(target);
        }
      }
      tables.add(table.withTargets(targets));
    }
    if (!misfits.isEmpty() || !grants.isEmpty() || !secured.isEmpty()) {
      throw new MigrationException(MigrationException.Kind.USAGE, message());
    }
    return new Mapping(tables);
  }

  private String message() {
    StringBuilder message = new StringBuilder();
    if (!misfits.isEmpty()) {
      message
          .append("The mapping does not fit the tables of the target database ")
          .append(catalog.database())
          .append("; nothing was touched. Change the tables or the mapping:");
      misfits.forEach(misfit -> message.append("\n  ").append(misfit));
    }
    if (!grants.isEmpty()) {
      message
          .append(message.isEmpty() ? "" : "\n")
          .append("The user ")
          .append(catalog.user())
          .append(" lacks rights in the target database ")
          .append(catalog.database())
          .append("; nothing was touched. Let an owner run:");
      grants.forEach(grant -> message.append("\n  ").append(grant));
    }
    if (!secured.isEmpty()) {
      message
          .append(message.isEmpty() ? "" : "\n")
          .append("Row security decides which rows of ")
          .append(secured.stream().map(TableName::toString).collect(Collectors.joining(", ")))
          .append(" the user ")
          .append(catalog.user())
          .append(" sees, and COPY is refused; nothing was touched. Let an administrator run this,")
          .append(" or turn row security off for these tables:\n  ")
          .append(PreflightSql.bypassRowSecurity(catalog.user()));
    }
    return message.toString();
  }

  /** A schema in which tables will be made, or which will be made itself. */
  private void checkSchema(String schema) {
    SchemaRights rights = catalog.schemas().get(schema);
    if (rights == null) {
      if (!catalog.createsSchemas()) {
        grants.add(TargetCatalogSql.grantCreateOnDatabase(catalog.database(), catalog.user()));
      }
    } else if (!rights.create() || !rights.use()) {
      grants.add(TargetCatalogSql.grantOnSchema("CREATE, USAGE", schema, catalog.user()));
    }
  }

  private TargetTable checkTable(TableMapping mapping, TargetTable target, Table table) {
    if (table.kind() != Kind.TABLE) {
      misfits.add(target.name() + ": is a " + table.kind() + ", not a table that can be loaded");
      return target;
    }
    SchemaRights schema = catalog.schemas().get(target.name().schema());
    if (schema != null && !schema.use()) {
      grants.add(TargetCatalogSql.grantOnSchema("USAGE", target.name().schema(), catalog.user()));
    }
    if (table.rowSecurity()) {
      secured.add(target.name());
    }
    if (!table.inserts() || !table.selects()) {
      grants.add(TargetCatalogSql.grantOnTable("SELECT, INSERT", target.name(), catalog.user()));
    }
    List<ColumnMapping> columns = new ArrayList<>();
    for (ColumnMapping column : target.columns()) {
      Optional<Column> existing = table.column(column.name());
      if (existing.isEmpty()) {
        misfits.add(
            at(target, column.name()) + "there is no such column; " + origin(mapping, column));
      }
      columns.add(existing.map(e -> checkColumn(mapping, target, column, e)).orElse(column));
    }
    checkUnmapped(target, table);
    return target.withColumns(columns).existing(!made.contains(target.name()));
  }

  /** Whether NULL would come into it: it has no other value in its place, nor makes a reject. */
  private static boolean takesNull(ColumnMapping column) {
    return column.nullable() && column.nullDefault() == null;
  }

  private ColumnMapping checkColumn(
      TableMapping mapping, TargetTable target, ColumnMapping column, Column existing) {
    String at = at(target, column.name());
    if (existing.generated() && GeneratedColumns.generated(mapping, column).isEmpty()) {
      misfits.add(at + "is generated by the target and can't be loaded; omit it in the mapping");
      return column;
    }
    if (column.source() instanceof ValueSource.Constant constant) {
      if (constant.text() == null && !existing.nullable()) {
        misfits.add(at + "is NOT NULL, but its constant is NULL; give it another `constant:`");
      }
      return with(column, existing, Conversion.NONE);
    }
    if (column.source() instanceof ValueSource.Computed computed) {
      if (computed.nullable() && takesNull(column) && !existing.nullable()) {
        misfits.add(
            at
                + "is NOT NULL, but what is made for it can be NULL; give the column an `ifNull:` value");
      }
      return with(column, existing, Conversion.NONE);
    }
    if (column.conversion().equals(Conversion.ENUM) && made.contains(target.name())) {
      return column;
    }
    SourceColumn source = mapping.sourceOf(column).orElseThrow();
    if (!existing.nullable() && source.nullable() && takesNull(column)) {
      misfits.add(
          at
              + "is NOT NULL, but "
              + name(mapping, source)
              + " can be NULL; give the column an `ifNull:` value");
    }
    Optional<Conversion> conversion = source.type().fit(existing.type()).conversion();
    if (conversion.isEmpty() && column.rules().policy(OddValue.OUT_OF_RANGE).isPresent()) {
      conversion = source.type().narrowedTo(existing.type());
    }
    if (column.takesStoredBytes() && !(existing.type() instanceof PgBytea)) {
      misfits.add(
          at
              + "is "
              + existing.type()
              + ", but a rule of the mapping makes bytea of "
              + name(mapping, source)
              + "; choose another rule than `bytes`");
    }
    if (conversion.isEmpty()) {
      misfits.add(
          at
              + source.type().fit(existing.type()).misfit().orElse("does not fit")
              + " "
              + name(mapping, source));
    }
    return with(column, existing, conversion.orElse(column.conversion()));
  }

  private static ColumnMapping with(ColumnMapping column, Column existing, Conversion conversion) {
    return new ColumnMapping(
        column.name(),
        existing.type(),
        existing.nullable(),
        column.source(),
        conversion,
        column.nullDefault(),
        column.rules(),
        generated(column, existing),
        column.equality());
  }

  /** What the target generates is compared and not loaded, whatever its own expression is. */
  private static @Nullable String generated(ColumnMapping column, Column existing) {
    if (!existing.generated()) {
      return null;
    }
    return column.generated() == null ? "the target's own expression" : column.generated();
  }

  private void checkUnmapped(TargetTable target, Table table) {
    List<String> mapped = target.columns().stream().map(ColumnMapping::name).toList();
    for (Column column : table.columns()) {
      boolean filled =
          column.nullable() || column.hasDefault() || column.identity() || column.generated();
      if (!filled && !mapped.contains(column.name())) {
        misfits.add(
            at(target, column.name())
                + "is NOT NULL and has no default, but nothing is mapped to it; map a column or a"
                + " `constant:` to it");
      }
    }
  }

  private static String origin(TableMapping mapping, ColumnMapping column) {
    return column.source() instanceof ValueSource.Constant
        ? "the mapping gives it a constant"
        : column.source().positions().stream()
            .map(position -> name(mapping, mapping.read().get(position)))
            .collect(Collectors.joining(", ", "", " is mapped to it"));
  }

  private static String name(TableMapping mapping, SourceColumn column) {
    return mapping.source().name() + "." + column.name();
  }

  private static String at(TargetTable target, String column) {
    return target.name() + "." + column + ": ";
  }
}
