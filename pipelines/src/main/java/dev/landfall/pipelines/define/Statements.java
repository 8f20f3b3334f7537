package dev.landfall.pipelines.define;

import dev.landfall.pipelines.run.TaskContext;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.pipelines.spec.SpecStatement;
import dev.landfall.pipelines.spec.SpecStatement.Moment;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.ddl.DdlScript;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.jdbc.SqlStates;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.StatementLedger;
import dev.landfall.transforms.ledger.Step;
import dev.landfall.transforms.sql.PgStatements;
import dev.landfall.transforms.sql.TransactionSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the spec's statements, each once in a migration: in a session and a transaction of its own,
 * together with the note in the ledger that it ran. May be called again after whatever cut it
 * short.
 */
public final class Statements {
  private static final Logger LOG = LoggerFactory.getLogger(Statements.class);

  private final MigrationKey key;
  private final List<SpecStatement> all;
  private final BooleanSupplier stopped;

  private Statements(MigrationKey key, List<SpecStatement> all, BooleanSupplier stopped) {
    this.key = key;
    this.all = all;
    this.stopped = stopped;
  }

  /** Those of a run. */
  public static Statements of(TaskContext context) {
    return new Statements(context.key(), context.spec().sql(), context.stopped());
  }

  /**
   * Runs those of a moment that have not run yet, in the spec's order.
   *
   * @throws MigrationException of kind FAILED for one that the server refuses, which is where the
   *     next call goes on; STOPPED
   */
  public void run(Moment moment) {
    List<SpecStatement> wanted = all.stream().filter(s -> s.moment() == moment).toList();
    if (wanted.isEmpty()) {
      return;
    }
    Set<Integer> ran = ran(moment);
    List<SpecStatement> due = wanted.stream().filter(s -> !ran.contains(s.number())).toList();
    if (due.isEmpty()) {
      return;
    }
    Step step = Step.begin(key, Step.Kind.STATEMENTS, due.size(), 0);
    for (SpecStatement statement : due) {
      if (stopped.getAsBoolean()) {
        throw new MigrationException(
            Kind.STOPPED, "Stopped before " + statement.at() + "; what ran before it is done.");
      }
      try (Connection connection = Reachability.open(Side.TARGET, key.target())) {
        run(connection, statement);
      } catch (SQLException e) {
        throw Reachability.failed(Side.TARGET, key.target(), "Running " + statement.at(), e);
      }
      step.add(1, 0, 0);
    }
  }

  /** Those of a moment for people and for psql, each with its heading. */
  static List<DdlScript.Part> script(Spec spec, Moment moment) {
    return spec.sql().stream()
        .filter(statement -> statement.moment() == moment)
        .map(
            statement ->
                new DdlScript.Part(
                    statement.at().toString(),
                    PgStatements.split(statement.text()).stream()
                        .map(PgStatements.Statement::text)
                        .toList()))
        .toList();
  }

  private Set<Integer> ran(Moment moment) {
    try (Connection connection = Reachability.open(Side.TARGET, key.target())) {
      return new StatementLedger(connection, key.name())
          .ran().stream()
              .filter(ran -> ran.moment().equals(moment.word()))
              .map(StatementLedger.Ran::number)
              .collect(Collectors.toSet());
    } catch (SQLException e) {
      throw Reachability.failed(Side.TARGET, key.target(), "Reading the ledger", e);
    }
  }

  /** A failure leaves the connection to be closed, and with it nothing of what was done. */
  private void run(Connection connection, SpecStatement statement) throws SQLException {
    LOG.info("runs {}", statement.at());
    connection.setAutoCommit(false);
    try (Statement jdbc = connection.createStatement()) {
      // Braces are PostgreSQL's here, and none of JDBC's escapes.
      jdbc.setEscapeProcessing(false);
      jdbc.execute(TransactionSql.LIMIT_IDLE);
      for (PgStatements.Statement one : PgStatements.split(statement.text())) {
        try {
          jdbc.execute(one.text());
        } catch (SQLException e) {
          if (isGone(e)) {
            throw e;
          }
          throw failed(statement, one, e);
        }
      }
    }
    new StatementLedger(connection, key.name()).add(key, statement.ran());
    connection.commit();
  }

  /** The server, and not the statement: connection_exception, admin_shutdown and the like. */
  private static boolean isGone(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return state.startsWith("08") || state.startsWith("57P");
  }

  private MigrationException failed(
      SpecStatement statement, PgStatements.Statement one, SQLException failure) {
    ConnectionSettings target = key.target();
    String before =
        one.text().substring(0, one.text().offsetByCodePoints(0, position(one, failure)));
    String line = statement.line(one.offset() + before.length());
    return new MigrationException(
        Kind.FAILED,
        statement.at()
            + " failed in the target database "
            + target.display()
            + (line.isEmpty() ? "" : ", " + line)
            + ": "
            + message(failure)
            + " (SQLState "
            + failure.getSQLState()
            + ")."
            + (OUTSIDE.equals(failure.getSQLState())
                ? " Each entry is a transaction of its own: take it out of the spec and run it"
                    + " yourself."
                : "")
            + "\nNothing of it was kept; what came before it is done. Mend the cause or the entry and"
            + " run the same command again: it goes on with it.",
        failure);
  }

  /** The server counts characters, and Java halves of some. */
  private static int position(PgStatements.Statement one, SQLException failure) {
    return Math.min(SqlStates.position(failure), one.text().codePointCount(0, one.text().length()));
  }

  /** active_sql_transaction: what can't be part of a transaction. */
  private static final String OUTSIDE = "25001";

  /** With the server's details and hints; the line says better where it is. */
  private static String message(SQLException failure) {
    return String.valueOf(failure.getMessage())
        .replaceAll("(?m)^\\s*Position: \\d+$", "")
        .strip()
        .replaceAll("\\s*\\R\\s*", " ");
  }
}
