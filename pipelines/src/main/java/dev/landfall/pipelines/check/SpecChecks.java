package dev.landfall.pipelines.check;

import dev.landfall.pipelines.spec.SpecCheck;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.check.CheckResult.Outcome;
import dev.landfall.transforms.check.Finding;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.jdbc.SqlStates;
import dev.landfall.transforms.ledger.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the spec says must be so, is: its checks, carried out one after the other, each in read-only
 * transactions. One that fails says why, and the others go on.
 */
final class SpecChecks implements Check<InRun> {
  /** query_canceled (PostgreSQL manual, appendix A). */
  private static final String CANCELED = "57014";

  @Override
  public String subject() {
    return "SPEC";
  }

  /** A check that can't be carried out: which side, and why. */
  private static final class FailedException extends Exception {
    @java.io.Serial private static final long serialVersionUID = 1L;

    FailedException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  @Override
  public @Nullable List<CheckResult> look(InRun at) {
    if (!(at.work() instanceof InRun.Compare)) {
      return null;
    }
    List<SpecCheck> checks = at.spec().checks();
    Step step = Step.begin(at.migration(), Step.Kind.CHECKS, checks.size(), 0);
    List<CheckResult> results = new ArrayList<>();
    for (SpecCheck check : checks) {
      if (at.stopped().getAsBoolean()) {
        throw new MigrationException(
            MigrationException.Kind.STOPPED,
            "The verification was stopped before its checks were done, so there is no verdict. Run"
                + " landfall verify to compare both sides from the beginning.");
      }
      results.add(run(at, check));
      step.add(1, 0, 0);
    }
    return results;
  }

  private CheckResult run(InRun at, SpecCheck check) {
    try {
      return check.none() ? none(at, check) : compared(at, check);
    } catch (FailedException | RowsOfBothSides.UnmatchedException e) {
      return new CheckResult(
          subject(), check.name(), Outcome.FAILED, e.getMessage(), List.of(), 0, List.of());
    }
  }

  private CheckResult compared(InRun at, SpecCheck check)
      throws FailedException, RowsOfBothSides.UnmatchedException {
    RowsOfBothSides both =
        new RowsOfBothSides(
                rows(at, check, Side.SOURCE),
                rows(at, check, Side.TARGET),
                check.tolerance(),
                check.percent())
            .compare(check.key());
    return result(check, both.differences(), both.rows());
  }

  private CheckResult none(InRun at, SpecCheck check) throws FailedException {
    long count = 0;
    List<Finding> told = new ArrayList<>();
    for (Side side : Side.values()) {
      if ((side == Side.SOURCE ? check.source() : check.target()) == null) {
        continue;
      }
      QueryRows found = rows(at, check, side);
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
            Finding.ofRow(
                side == Side.SOURCE ? "IN_SOURCE" : "IN_TARGET", values, null, null, null));
      }
    }
    return result(check, count, told);
  }

  private CheckResult result(SpecCheck check, long differences, List<Finding> rows) {
    return differences == 0
        ? CheckResult.held(subject(), check.name())
        : CheckResult.broken(
            subject(),
            check.name(),
            differences
                + (check.none() ? " row" : " difference")
                + (differences == 1 ? "" : "s")
                + (check.none() ? " where there must be none." : "."),
            differences,
            rows);
  }

  private QueryRows rows(InRun at, SpecCheck check, Side side) throws FailedException {
    ConnectionSettings settings =
        side == Side.SOURCE ? at.spec().source().connection() : at.spec().target().connection();
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
