package dev.landfall.pipelines.run;

import dev.landfall.pipelines.check.SourceWatch;
import dev.landfall.pipelines.prepare.Prepared;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.catalog.TargetCatalog;
import dev.landfall.transforms.check.Finding;
import dev.landfall.transforms.jdbc.Connections;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.SqlStates;
import dev.landfall.transforms.ledger.MigrationLedger;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what was done to either database while a run failed, where that is why: tables or the ledger
 * dropped, a table of the source altered. What a server says of it is only that it misses a name.
 */
final class Meanwhile {
  private static final Logger LOG = LoggerFactory.getLogger(Meanwhile.class);

  private final Spec spec;
  private final Prepared prepared;

  Meanwhile(Spec spec, Prepared prepared) {
    this.spec = spec;
    this.prepared = prepared;
  }

  /**
   * What to tell a person of a failure.
   *
   * @param phase what the run was at; before the load there need not be any table
   * @return null for a failure that has no words for a person and for which no reason is found
   */
  @Nullable MigrationException explain(RuntimeException failure, Snapshot.Phase phase) {
    MigrationException told = failure instanceof MigrationException known ? known : null;
    if (told != null && told.kind() != Kind.FAILED) {
      return told;
    }
    List<String> changes = new ArrayList<>();
    try {
      changes.addAll(ofTarget(phase));
      changes.addAll(ofSource());
    } catch (SQLException | MigrationException e) {
      LOG.info("what happened to the databases meanwhile is not known: {}", e.getMessage());
    }
    if (changes.isEmpty()) {
      return told;
    }
    SQLException error = SqlStates.in(failure);
    return new MigrationException(
        Kind.FAILED,
        String.join("\n", changes)
            + (error == null ? "" : "\nThe run ended with: " + Reachability.reason(error)),
        failure);
  }

  private List<String> ofTarget(Snapshot.Phase phase) throws SQLException {
    List<String> changes = new ArrayList<>();
    List<TableName> targets =
        prepared.mapping().tables().stream()
            .flatMap(t -> t.targets().stream())
            .map(TargetTable::name)
            .toList();
    try (Connection connection = Connections.open(spec.target().connection())) {
      TargetCatalog catalog = TargetCatalog.read(connection, targets);
      List<TableName> gone = targets.stream().filter(t -> catalog.table(t).isEmpty()).toList();
      MigrationLedger ledger = new MigrationLedger(connection, spec.name());
      String lacking = lacking(ledger);
      if (lacking != null) {
        changes.add(lacking);
      } else if (ledger.fixed().isEmpty()) {
        changes.add(
            "The ledger, schema landfall of the target, was dropped or emptied while this ran, and"
                + " with it the account of what is loaded, so migration \""
                + spec.name()
                + "\" can't go on. Put it back from a backup together with the tables, or drop what"
                + " is there of "
                + join(targets)
                + " and the schema landfall, and begin anew with \"landfall migrate\".");
      } else if (!gone.isEmpty() && expected(phase)) {
        changes.add(
            "Gone from the target, dropped or renamed while this ran: "
                + join(gone)
                + ". What was loaded there is gone with it, though the ledger has it as loaded. Put"
                + " it back with its rows, or begin anew with \"landfall migrate --restart\".");
      }
    }
    return changes;
  }

  /** What the ledger lacks of itself, in words; null where it is whole, or gone. */
  private static @Nullable String lacking(MigrationLedger ledger) throws SQLException {
    try {
      ledger.isInstalled();
      return null;
    } catch (MigrationException e) {
      return e.getMessage();
    }
  }

  private static boolean expected(Snapshot.Phase phase) {
    return switch (phase) {
      case BACKFILL, INDEXES, VERIFY, REPAIR -> true;
      case NEW, SCHEMA, DONE, STOPPED, FAILED -> false;
    };
  }

  private List<String> ofSource() throws SQLException {
    List<Finding> changes;
    try (Connection connection = Connections.open(spec.source().connection())) {
      changes = SourceWatch.changes(connection, spec, prepared);
    }
    return changes.isEmpty()
        ? List.of()
        : List.of(
            "The source was altered while this ran:"
                + changes.stream().map(Meanwhile::line).collect(Collectors.joining())
                + "\nChange it back to go on, or begin anew with \"landfall migrate --restart\".");
  }

  private static String line(Finding change) {
    return "\n  "
        + change.table()
        + "  "
        + change.what()
        + ": was "
        + Finding.orNone(change.expected())
        + ", is "
        + Finding.orNone(change.found());
  }

  private static String join(List<TableName> names) {
    return names.stream().map(TableName::toString).collect(Collectors.joining(", "));
  }
}
