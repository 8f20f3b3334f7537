package dev.landfall.pipelines.define;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.ddl.DdlApplier;
import dev.landfall.transforms.ddl.DdlStatement;
import dev.landfall.transforms.ddl.Unproved;
import dev.landfall.transforms.jdbc.SqlStates;
import dev.landfall.transforms.ledger.Event;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one definition, and judges why it can't be made. Any number of threads may do so. */
final class DefinitionMaker {
  private static final Logger LOG = LoggerFactory.getLogger(DefinitionMaker.class);

  private final BrokenRows broken;
  private final Consumer<Event> tell;

  /**
   * @param broken knows why rows break a constraint
   * @param tell is told of constraints that rows break, and of what is left out for that
   */
  DefinitionMaker(BrokenRows broken, Consumer<Event> tell) {
    this.broken = broken;
    this.tell = tell;
  }

  /**
   * What PostgreSQL says of rows that an index can't be built on: equal ones, which the source told
   * apart, and values too long for it.
   */
  private static final Set<String> ROWS_FORBID = Set.of("23505", "54000");

  /** Of the kinds that may be unique; an index that is not never says that rows are equal. */
  private static final Set<DdlStatement.Kind> UNIQUENESS =
      EnumSet.of(DdlStatement.Kind.PRIMARY_KEY, DdlStatement.Kind.UNIQUE, DdlStatement.Kind.INDEX);

  /** Makes it; tells a server that went away, a SQLException, from one that refuses. */
  void apply(Connection connection, DdlStatement statement) throws SQLException {
    long begun = System.nanoTime();
    try {
      DdlApplier.apply(connection, statement, this::tell);
      LOG.debug(
          "{} {} of {}: {} ms",
          statement.kind(),
          statement.name(),
          statement.table(),
          (System.nanoTime() - begun) / 1_000_000);
    } catch (MigrationException e) {
      SQLException failure = SqlStates.in(e);
      if (failure != null && !isForbidden(connection, statement, failure)) {
        rethrow(statement, e, failure);
      }
      if (failure == null) {
        throw e;
      }
    }
  }

  /**
   * Makes a foreign key for new rows only.
   *
   * @return false where the server can make it of all rows only
   */
  boolean claim(Connection connection, DdlStatement statement) throws SQLException {
    try {
      return DdlApplier.claim(connection, statement);
    } catch (MigrationException e) {
      SQLException failure = SqlStates.in(e);
      if (failure != null) {
        rethrow(statement, e, failure);
      }
      throw e;
    }
  }

  /** Tables are built side by side, and the ledger has one connection. */
  private synchronized void tell(Event event) {
    tell.accept(event);
  }

  /** A constraint that rows break. */
  void tell(Unproved unproved) {
    tell(
        Event.constraint(Unproved.name(unproved.table(), unproved.claim()), broken.text(unproved)));
  }

  /** Whether the rows forbid an index that need not be; then what they allow is in its place. */
  private boolean isForbidden(Connection connection, DdlStatement statement, SQLException failure)
      throws SQLException {
    if (statement.kind() != DdlStatement.Kind.EQUALITY
        || !ROWS_FORBID.contains(String.valueOf(failure.getSQLState()))) {
      return false;
    }
    String otherwise = statement.otherwise();
    boolean replaced = otherwise != null && isAllowed(connection, statement, otherwise);
    tell(
        Event.constraint(
            null,
            "The unique index "
                + statement.name()
                + " of "
                + statement.table()
                + " could not be built as it was meant: "
                + String.valueOf(failure.getMessage()).replaceAll("\\s*\\R\\s*", " ")
                + (replaced
                    ? " In its place is one for which only case does not count."
                    : " It is left out. The plain key beside it is in force, which tells apart what the"
                        + " source's collation calls equal.")));
    return true;
  }

  private boolean isAllowed(Connection connection, DdlStatement statement, String otherwise)
      throws SQLException {
    DdlStatement other =
        new DdlStatement(statement.table(), statement.name(), otherwise, statement.kind());
    try {
      DdlApplier.apply(connection, other, this::tell);
      return true;
    } catch (MigrationException e) {
      SQLException failure = SqlStates.in(e);
      if (failure == null) {
        throw e;
      }
      if (ROWS_FORBID.contains(String.valueOf(failure.getSQLState()))) {
        return false;
      }
      rethrow(other, e, failure);
      return false;
    }
  }

  private static void rethrow(DdlStatement statement, MigrationException e, SQLException failure)
      throws SQLException {
    if (UNIQUENESS.contains(statement.kind()) && "23505".equals(failure.getSQLState())) {
      throw new MigrationException(
          e.kind(),
          e.getMessage()
              + " Rows are equal here that the source tells apart, by a column's collation or"
              + " type: choose another `collation:` or `type:` for the key's columns and begin"
              + " anew with --restart.",
          e);
    }
    if (SqlStates.classify(failure) != SqlStates.Failure.TRANSIENT
        || String.valueOf(failure.getSQLState()).startsWith("53")) {
      throw e;
    }
    throw failure;
  }
}
