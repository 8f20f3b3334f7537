package dev.landfall.pipelines.prepare;

import dev.landfall.pipelines.prepare.Changes.Extent;
import dev.landfall.pipelines.spec.MappingResolver;
import dev.landfall.pipelines.spec.MappingText;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.catalog.OddValueScan;
import dev.landfall.transforms.catalog.TargetCatalog;
import dev.landfall.transforms.catalog.ValueScan;
import dev.landfall.transforms.choose.ProvedTypes;
import dev.landfall.transforms.choose.TypeMapper;
import dev.landfall.transforms.ddl.EnumTypes;
import dev.landfall.transforms.ddl.GeneratedColumns;
import dev.landfall.transforms.ddl.TakenNames;
import dev.landfall.transforms.ddl.TargetCheck;
import dev.landfall.transforms.ddl.TargetDdl;
import dev.landfall.transforms.ddl.TargetStyle;
import dev.landfall.transforms.jdbc.Connections;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.ledger.MigrationLedger;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.ColumnName;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.types.PgType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/**
 * Looks at both databases and finds out what a spec means there. Reads only; every misfit is found
 * here, before anything is touched.
 */
public final class Preparation {
  /** Scans are the source's work: more of them at once would be felt there. */
  static final int SCANS_AT_ONCE = 4;

  private Preparation() {}

  /**
   * Prepares the migration as it was begun.
   *
   * @throws MigrationException for whatever stands in the way
   */
  public static Prepared prepare(Spec spec) {
    return prepare(spec, Extent.AS_BEGUN, new SameSource(spec));
  }

  /**
   * Prepares the migration.
   *
   * @throws MigrationException for whatever stands in the way
   */
  public static Prepared prepare(Spec spec, Extent extent, SameSource source) {
    try {
      // Both sides at once: each is mostly waiting, and loading the classes of its driver.
      CompletableFuture<Begun> target =
          CompletableFuture.supplyAsync(() -> Begun.read(spec, extent));
      SourceCatalog catalog = SourceLook.read(spec);
      Begun known = target.join();
      if (known.isThere()) {
        source.require();
      }
      return fit(spec, catalog, known, extent);
    } catch (CompletionException e) {
      MigrationException known = MigrationException.in(e);
      throw known == null ? e : known;
    } catch (SQLException e) {
      throw failed("Looking at the databases failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MigrationException(MigrationException.Kind.STOPPED, "Stopped before the start.", e);
    }
  }

  private static Prepared fit(Spec spec, SourceCatalog catalog, Begun known, Extent extent)
      throws SQLException, InterruptedException {
    // Names do not depend on types: the first resolution finds the target tables, and all mistakes.
    Set<ColumnName> undecided = new HashSet<>();
    Set<ColumnName> ruled = new HashSet<>();
    TypeMapper plain = new TypeMapper(catalog.product(), known.proved(), known.extensionTypes());
    Mapping named =
        known.ordered(
            MappingResolver.resolve(
                spec,
                catalog,
                new MappedTypes(
                    plain,
                    known.unknownTypes(),
                    undecided::add,
                    column -> {
                      ruled.add(column);
                      return known.proved().filled().contains(column);
                    })));
    requireTables(spec, named);
    AskedColumns.require(spec.source().connection(), named);
    TargetCatalog target;
    try (Connection connection = Reachability.open(Side.TARGET, spec.target().connection())) {
      target = known.undone().in(TargetCatalog.read(connection, names(named)));
    }
    Set<TableName> fresh = without(names(named), known.tablesOfTarget());
    Set<TableName> made =
        Begun.both(
            known.made(),
            fresh.stream()
                .filter(name -> target.table(name).isEmpty())
                .collect(Collectors.toUnmodifiableSet()));
    undecided.removeIf(column -> MappingText.describes(known.mapping(), column));
    ruled.removeIf(column -> MappingText.describes(known.mapping(), column));
    ProvedTypes proved = known.proved();
    if (!known.isThere() || extent != Extent.AS_BEGUN) {
      proved = proved.and(scan(spec, catalog, named, undecided, made));
      proved = proved.and(filled(spec, named, ruled, made));
    }
    TypeMapper types = new TypeMapper(catalog.product(), proved, known.extensionTypes());
    Mapping resolved =
        known.ordered(
            GeneratedColumns.in(
                MappingResolver.resolve(
                    spec,
                    catalog,
                    new MappedTypes(
                        types, known.unknownTypes(), column -> {}, proved.filled()::contains)),
                catalog.product()));
    Set<TableName> own = without(names(named), made);
    Set<TableName> filled =
        fresh.stream()
            .filter(name -> target.table(name).filter(TargetCatalog.Table::hasRows).isPresent())
            .collect(Collectors.toUnmodifiableSet());
    Set<TableName> appended = Begun.both(known.appended(), filled);
    MigrationLedger.Fixed fixed =
        new MigrationLedger.Fixed(
            MappingText.describe(resolved),
            proved,
            known.extensionTypes(),
            known.enumTypes(spec, extent, EnumTypes.of(resolved, made)),
            made,
            without(own, appended),
            appended);
    Changes changes = known.changes(resolved);
    if (extent != Extent.LOOK && !changes.none()) {
      if (extent == Extent.AS_BEGUN || !changes.additions()) {
        throw changes.refusal(spec.name());
      }
      Begun.requireEmpty(spec, filled);
    }
    Mapping checked = TargetCheck.check(resolved, target.without(changes.anew()), made);
    TargetStyle style = new TargetStyle(spec.target().names(), target.texts().icu());
    TargetDdl ddl = TargetDdl.of(checked, catalog, style);
    if (!known.isThere()) {
      // Later a name may be the user's again: whoever only compares needs no index.
      try (Connection connection = Reachability.open(Side.TARGET, spec.target().connection())) {
        TakenNames.requireFree(connection, ddl, known.undone().dropped());
      }
    }
    return new Prepared(
        catalog,
        target,
        checked,
        // What came and does not move needs no line.
        changes.none() ? known.fixed().orElse(fixed) : fixed,
        known.isThere(),
        ddl,
        promised(resolved, checked),
        style,
        changes);
  }

  /** The tables as they were resolved, those of the user's own marked as they are found to be. */
  private static Mapping promised(Mapping resolved, Mapping checked) {
    List<TableMapping> tables = new ArrayList<>();
    for (int i = 0; i < resolved.tables().size(); i++) {
      TableMapping table = resolved.table(i);
      List<TargetTable> targets = new ArrayList<>();
      for (int j = 0; j < table.targets().size(); j++) {
        TargetTable promised = table.targets().get(j);
        TargetTable there = checked.table(i).targets().get(j);
        targets.add(there.existing() ? there : promised);
      }
      tables.add(table.withTargets(targets));
    }
    return new Mapping(tables);
  }

  private static void requireTables(Spec spec, Mapping mapping) {
    if (mapping.tables().isEmpty()) {
      throw new MigrationException(
          MigrationException.Kind.USAGE,
          "The source "
              + spec.source().connection().display()
              + " has no table to move: none that the user may see, or none that"
              + " \"tables\" of the spec selects.");
    }
  }

  private static List<TableName> names(Mapping mapping) {
    return mapping.tables().stream()
        .flatMap(t -> t.targets().stream())
        .map(TargetTable::name)
        .toList();
  }

  private static Set<TableName> without(Collection<TableName> all, Set<TableName> some) {
    return all.stream().filter(t -> !some.contains(t)).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Only columns whose type is left to Landfall, of tables that are to be made: a table of the
   * user's own has its types.
   *
   * @param asked the columns for which the spec names no type
   */
  private static ProvedTypes scan(
      Spec spec, SourceCatalog catalog, Mapping mapping, Set<ColumnName> asked, Set<TableName> made)
      throws SQLException, InterruptedException {
    Set<ColumnName> undecided = new HashSet<>();
    Map<ColumnName, PgType> chosen = new HashMap<>();
    for (TableMapping table : mapping.tables()) {
      for (TargetTable target : table.targets()) {
        for (ColumnMapping column : target.columns()) {
          Optional<SourceColumn> source = table.sourceOf(column);
          if (made.contains(target.name()) && source.isPresent()) {
            ColumnName name = new ColumnName(table.source().name(), source.get().name());
            if (asked.contains(name)) {
              undecided.add(name);
            } else {
              chosen.put(name, column.type());
            }
          }
        }
      }
    }
    return ValueScan.of(catalog, undecided::contains, chosen)
        .run(() -> Connections.open(spec.source().connection()), SCANS_AT_ONCE);
  }

  /**
   * Which of some columns of tables that are to be made have no value that rules make NULL.
   *
   * @param ruled columns that are NOT NULL, with rules for more than them
   */
  private static ProvedTypes filled(
      Spec spec, Mapping mapping, Set<ColumnName> ruled, Set<TableName> made) {
    Set<ColumnName> filled = new HashSet<>();
    for (TableMapping table : mapping.tables()) {
      if (table.targets().stream().anyMatch(target -> made.contains(target.name()))) {
        ruled.stream().filter(c -> c.table().equals(table.source().name())).forEach(filled::add);
      }
    }
    if (!filled.isEmpty()) {
      new OddValueLook(spec.source().connection(), OddValueScan.ofNulls(mapping, filled))
          .run()
          .forEach(count -> filled.remove(new ColumnName(count.table(), count.column())));
    }
    return new ProvedTypes(Set.of(), Set.of(), filled);
  }

  private static MigrationException failed(String what, SQLException e) {
    return new MigrationException(
        MigrationException.Kind.FAILED,
        what + ": " + e.getMessage() + " (SQLState " + e.getSQLState() + ").",
        e);
  }
}
