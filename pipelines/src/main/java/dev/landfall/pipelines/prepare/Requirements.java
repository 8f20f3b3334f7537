package dev.landfall.pipelines.prepare;

import dev.landfall.pipelines.preflight.Preflight;
import dev.landfall.pipelines.preflight.Scope;
import dev.landfall.pipelines.preflight.Surroundings;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.catalog.TargetCatalog;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must be so before a command may begin; each refuses with kind USAGE and touches nothing. */
public final class Requirements {
  private final Spec spec;
  private final Prepared prepared;
  private final Supplier<Snapshot> snapshot;

  Requirements(Spec spec, Prepared prepared, Supplier<Snapshot> snapshot) {
    this.spec = spec;
    this.prepared = prepared;
    this.snapshot = snapshot;
  }

  /** The target can do what is about to be asked of it. */
  public void preflight(Scope scope) {
    ConnectionSettings target = spec.target().connection();
    Set<String> loaded =
        prepared.known()
            ? snapshot.get().tables().stream()
                .filter(Snapshot.Table::done)
                .flatMap(table -> table.targets().stream())
                .collect(Collectors.toSet())
            : Set.of();
    try (Connection connection = Reachability.open(Side.TARGET, target)) {
      Preflight.require(
          new Surroundings(
              scope,
              connection,
              target.display(),
              prepared.target(),
              prepared.mapping(),
              prepared.fixed().made(),
              prepared.known(),
              loaded));
    } catch (SQLException e) {
      throw Reachability.failed(Side.TARGET, target, "Looking at the tables", e);
    }
  }

  /**
   * What the ledger calls loaded must be there, or a resumed run would call an empty table done.
   */
  void loadedTables() {
    if (!prepared.known()) {
      return;
    }
    Set<String> loaded = snapshot.get().loadedTargets();
    List<TableName> gone =
        targets(prepared)
            .map(TargetTable::name)
            .filter(name -> loaded.contains(name.toString()))
            .filter(name -> prepared.target().table(name).isEmpty())
            .toList();
    if (!gone.isEmpty()) {
      throw new MigrationException(
          Kind.USAGE,
          "Migration \""
              + spec.name()
              + "\" has loaded rows into tables that are gone from the target: "
              + join(gone)
              + ". Put them back with their rows, or begin anew with --restart. Nothing was"
              + " touched.");
    }
  }

  /** Rows that this migration did not load are not added to, unless the spec says so. */
  void emptyTables() {
    if (prepared.known() || spec.load().append()) {
      return;
    }
    List<TableName> filled =
        targets(prepared)
            .filter(TargetTable::existing)
            .map(TargetTable::name)
            .filter(
                name ->
                    prepared.target().table(name).filter(TargetCatalog.Table::hasRows).isPresent())
            .toList();
    if (!filled.isEmpty()) {
      throw new MigrationException(
          Kind.USAGE,
          "These target tables have rows that migration \""
              + spec.name()
              + "\" did not load: "
              + join(filled)
              + ". Empty them, or say \"append: true\" under \"load\" in the spec to add to them."
              + " Nothing was touched.");
    }
  }

  /**
   * For whoever only works with tables that are there.
   *
   * @param anew whether the tables that the migration made are taken for absent
   */
  public void tables(boolean anew) {
    List<TableName> absent =
        targets(prepared)
            .filter(t -> !t.existing() && prepared.target().table(t.name()).isEmpty())
            .map(TargetTable::name)
            .toList();
    if (!absent.isEmpty()) {
      throw new MigrationException(
          Kind.USAGE,
          anew
              ? "A load makes no tables, and --restart leaves none of these in the target: "
                  + join(absent)
                  + ". Begin anew with \"landfall migrate --restart\". Nothing was touched."
              : "These tables are not in the target yet: "
                  + join(absent)
                  + ". Run \"landfall schema --apply pre\" first, or \"landfall migrate\" for the"
                  + " whole move.");
    }
  }

  static Stream<TargetTable> targets(Prepared prepared) {
    return prepared.mapping().tables().stream().flatMap(t -> t.targets().stream());
  }

  static String join(List<TableName> names) {
    return names.stream().map(TableName::toString).collect(Collectors.joining(", "));
  }
}
