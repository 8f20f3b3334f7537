package dev.landfall.pipelines.check;

import dev.landfall.pipelines.spec.SpecStatement;
import dev.landfall.pipelines.spec.SpecStatement.Moment;
import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.StatementLedger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A statement of the spec that ran is what it was, and none is to run whose moment has passed: it
 * could do away with rows that were loaded since.
 */
final class RanStatements implements Check<Surroundings> {
  @Override
  public List<CheckResult> look(Surroundings at) {
    Snapshot standing = at.snapshot();
    if (standing == null
        || at.anew()
        || at.spec().sql().isEmpty()
        || !at.isOneOf(Purpose.SCHEMA, Purpose.MIGRATE, Purpose.LOAD)) {
      return List.of();
    }
    Map<Place, StatementLedger.Ran> ran = ran(at);
    Set<Moment> passed = passed(at, standing);
    List<CheckResult> found = new ArrayList<>();
    for (SpecStatement statement : at.spec().sql()) {
      StatementLedger.Ran now = statement.ran();
      StatementLedger.Ran then = ran.get(Place.of(now));
      if (then != null && !then.hash().equals(now.hash())) {
        found.addAll(
            broken(
                statement.at()
                    + ": in its place another text ran ("
                    + then.place()
                    + "). Each runs once: put it back as it was, and write what is to be done now"
                    + " behind those that ran; or begin anew with --restart."));
      } else if (then == null && passed.contains(statement.moment())) {
        found.addAll(
            broken(
                statement.at()
                    + ": its moment has passed, "
                    + (statement.moment() == Moment.BEFORE_TABLES
                        ? "tables are made"
                        : "rows are loaded")
                    + ". Take it out of the spec and run it yourself if it still does what it"
                    + " should; or give it a later moment; or begin anew with --restart."));
      }
    }
    return found;
  }

  private record Place(String moment, int number) {
    static Place of(StatementLedger.Ran ran) {
      return new Place(ran.moment(), ran.number());
    }
  }

  private static Map<Place, StatementLedger.Ran> ran(Surroundings at) {
    Map<Place, StatementLedger.Ran> ran = new HashMap<>();
    try {
      new StatementLedger(at.connection(), at.spec().name())
          .ran()
          .forEach(one -> ran.put(Place.of(one), one));
    } catch (SQLException e) {
      throw Reachability.failed(Side.TARGET, at.target(), "Reading the ledger", e);
    }
    return ran;
  }

  /** Later ones may be caught up on: nothing follows them but keys and a comparison. */
  private static Set<Moment> passed(Surroundings at, Snapshot standing) {
    if (standing.tables().stream().anyMatch(table -> table.chunksDone() > 0)) {
      return Set.of(Moment.BEFORE_TABLES, Moment.BEFORE_LOAD);
    }
    return at.prepared().fixed().made().stream().anyMatch(at::isThere)
        ? Set.of(Moment.BEFORE_TABLES)
        : Set.of();
  }
}
