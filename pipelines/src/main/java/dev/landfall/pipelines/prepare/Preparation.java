package dev.landfall.pipelines.prepare;

import dev.landfall.pipelines.prepare.Changes.Extent;
import dev.landfall.pipelines.spec.MappingText;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.catalog.TargetCatalog;
import dev.landfall.transforms.choose.ProvedTypes;
import dev.landfall.transforms.ddl.EnumTypes;
import dev.landfall.transforms.ddl.TakenNames;
import dev.landfall.transforms.ddl.TargetCheck;
import dev.landfall.transforms.ddl.TargetDdl;
import dev.landfall.transforms.ddl.TargetStyle;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.ledger.MigrationLedger;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
    Resolution resolution = new Resolution(spec, catalog, known);
    Mapping named = resolution.named();
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
    ProvedTypes proved =
        known.isThere() && extent == Extent.AS_BEGUN ? known.proved() : resolution.prove(made);
    Mapping resolved = resolution.resolved(proved);
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

  static void requireTables(Spec spec, Mapping mapping) {
    if (mapping.tables().isEmpty()) {
      throw new MigrationException(
          MigrationException.Kind.USAGE,
          "The source "
              + spec.source().connection().display()
              + " has no table to move: none that the user may see, or none that"
              + " \"tables\" of the spec selects.");
    }
  }

  static List<TableName> names(Mapping mapping) {
    return mapping.tables().stream()
        .flatMap(t -> t.targets().stream())
        .map(TargetTable::name)
        .toList();
  }

  private static Set<TableName> without(Collection<TableName> all, Set<TableName> some) {
    return all.stream().filter(t -> !some.contains(t)).collect(Collectors.toUnmodifiableSet());
  }

  static MigrationException failed(String what, SQLException e) {
    return new MigrationException(
        MigrationException.Kind.FAILED,
        what + ": " + e.getMessage() + " (SQLState " + e.getSQLState() + ").",
        e);
  }
}
