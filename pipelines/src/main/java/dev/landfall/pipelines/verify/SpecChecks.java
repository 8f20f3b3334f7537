package dev.landfall.pipelines.verify;

import dev.landfall.pipelines.api.CheckResult;
import dev.landfall.pipelines.api.CheckResult.Outcome;
import dev.landfall.pipelines.api.CheckResult.Row;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.pipelines.spec.SpecCheck;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.jdbc.SqlStates;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the spec's checks, one after the other, each in read-only transactions. One that
 * fails says why, and the others go on.
 */
final class SpecChecks {
  /** query_canceled (PostgreSQL manual, appendix A). */
  private static final String CANCELED = "57014";

  private final Spec spec;
  private final BooleanSupplier stopped;
  private final Runnable done;

  /**
   * The checks of a spec.
   *
   * @param done is run when one is carried out
   */
  SpecChecks(Spec spec, BooleanSupplier stopped, Runnable done) {
    this.spec = spec;
    this.stopped = stopped;
    this.done = done;
  }

  /** A check that can't be carried out: which side, and why. */
  private static final class FailedException extends Exception {
    @java.io.Serial private static final long serialVersionUID = 1L;

    FailedException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * What became of each.
   *
   * @throws MigrationException when a database can't be reached, or of kind STOPPED
   */
  List<CheckResult> run() {
    List<CheckResult> results = new ArrayList<>();
    for (SpecCheck check : spec.checks()) {
      if (stopped.getAsBoolean()) {
        throw new MigrationException(
            MigrationException.Kind.STOPPED,
            "The verification was stopped before its checks were done, so there is no verdict. Run"
                + " landfall verify to compare both sides from the beginning.");
      }
      results.add(run(check));
      done.run();
    }
    return results;
  }

  private CheckResult run(SpecCheck check) {
    try {
      return check.none() ? none(check) : compared(check);
    } catch (FailedException | RowsOfBothSides.UnmatchedException e) {
      return new CheckResult(check.name(), Outcome.FAILED, e.getMessage(), 0, List.of());
    }
  }

  private CheckResult compared(SpecCheck check)
      throws FailedException, RowsOfBothSides.UnmatchedException {
    RowsOfBothSides both =
        new RowsOfBothSides(
                rows(check, Side.SOURCE),
                rows(check, Side.TARGET),
                check.tolerance(),
                check.percent())
            .compare(check.key());
    return result(check, both.differences(), both.rows());
  }

  private CheckResult none(SpecCheck check) throws FailedException {
    long count = 0;
    List<Row> told = new ArrayList<>();
    for (Side side : Side.values()) {
      if ((side == Side.SOURCE ? check.source() : check.target()) == null) {
        continue;
      }
      QueryRows found = rows(check, side);
      count += found.rows().size();
      for (List<@Nullable String> row : found.rows()) {
        if (told.size() == RowsOfBothSides.TOLD) {
          break;
        }
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
          values.put(found.labels().get(i), row.get(i));
        }
        told.add(
            new Row(
                side == Side.SOURCE ? Row.Kind.IN_SOURCE : Row.Kind.IN_TARGET,
                values,
                null,
                null,
                null));
      }
    }
    return result(check, count, told);
  }

  private static CheckResult result(SpecCheck check, long differences, List<Row> rows) {
    return differences == 0
        ? new CheckResult(check.name(), Outcome.HELD, null, 0, List.of())
        : new CheckResult(
            check.name(),
            Outcome.BROKEN,
            differences
                + (check.none() ? " row" : " difference")
                + (differences == 1 ? "" : "s")
                + (check.none() ? " where there must be none." : "."),
            differences,
            rows);
  }

  private QueryRows rows(SpecCheck check, Side side) throws FailedException {
    ConnectionSettings settings =
        side == Side.SOURCE ? spec.source().connection() : spec.target().connection();
    String sql = side == Side.SOURCE ? check.source() : check.target();
    if (sql == null) {
      throw new IllegalStateException(check.name() + " has no query for the " + side.word());
    }
    try (Connection connection = Reachability.open(side, settings)) {
      return QueryRows.of(connection, sql, check.timeout());
    } catch (QueryRows.TooManyException e) {
      throw new FailedException(
          "the "
              + side.word()
              + "'s query gives more than "
              + QueryRows.MOST
              + " rows. Let it sum them up, or choose fewer.",
          e);
    } catch (SQLException e) {
      if (e instanceof SQLTimeoutException || CANCELED.equals(e.getSQLState())) {
        throw new FailedException(
            "the "
                + side.word()
                + "'s query took longer than "
                + check.timeout().toSeconds()
                + " s. Let it do less, or give the check a longer `timeout:`.",
            e);
      }
      if (SqlStates.classify(e) == SqlStates.Failure.TRANSIENT) {
        throw Reachability.failed(side, settings, "The check \"" + check.name() + "\"", e);
      }
      throw new FailedException(
          "the "
              + side.word()
              + " refused its query: "
              + String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " "),
          e);
    }
  }
}
