package dev.landfall.transforms.ddl;

import dev.landfall.transforms.ddl.DdlStatement.Claim;
import dev.landfall.transforms.sql.ConstraintSql;
import dev.landfall.transforms.sql.PresentSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the constraints of one statement, whatever the rows that are there say to them. */
final class Claims {
  /** integrity_constraint_violation (PostgreSQL manual, appendix A). */
  private static final String VIOLATION = "23";

  /** feature_not_supported, and wrong_object_type, which servers below 18 have in its place. */
  private static final String NOT_SUPPORTED = "0A000";

  private static final String WRONG_OBJECT = "42809";

  private final Connection connection;
  private final DdlStatement statement;
  private final Consumer<Unproved> unproved;

  Claims(Connection connection, DdlStatement statement, Consumer<Unproved> unproved) {
    this.connection = connection;
    this.statement = statement;
    this.unproved = unproved;
  }

  /**
   * Makes what is not there for new rows only, which takes no time.
   *
   * @return whether the server can
   */
  boolean claim() throws SQLException {
    for (Claim claim : statement.claims()) {
      if (proved(claim) == null && !supported(claim)) {
        return false;
      }
    }
    return true;
  }

  /** Makes what is not there, all at once where no row stands against it. */
  boolean make() throws SQLException {
    boolean none = true;
    for (Claim claim : statement.claims()) {
      none &= proved(claim) == null;
    }
    if (none && executed(statement.sql())) {
      return true;
    }
    boolean made = false;
    for (Claim claim : statement.claims()) {
      made |= make(claim);
    }
    return made;
  }

  /**
   * Proves those that hold for new rows only, as far as rows allow.
   *
   * @param tried is told of each of them first
   */
  void prove(Consumer<Claim> tried) throws SQLException {
    for (Claim claim : statement.claims()) {
      if (Boolean.FALSE.equals(proved(claim))) {
        tried.accept(claim);
        make(claim);
      }
    }
  }

  /** Makes one for new rows, then proves it of all, as far as possible. */
  private boolean make(Claim claim) throws SQLException {
    Boolean before = proved(claim);
    if (before == null && !supported(claim)) {
      unproved.accept(unproved(claim, false));
      return false;
    }
    if (!Boolean.TRUE.equals(before)
        && !executed(ConstraintSql.validate(statement.table(), claim.name()))) {
      unproved.accept(unproved(claim, true));
    }
    return before == null;
  }

  private boolean supported(Claim claim) throws SQLException {
    try {
      execute(claim.sql());
      return true;
    } catch (SQLException e) {
      if (NOT_SUPPORTED.equals(e.getSQLState()) || WRONG_OBJECT.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  private Unproved unproved(Claim claim, boolean made) throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet count = query.executeQuery(claim.breaking())) {
      count.next();
      return new Unproved(statement.table(), claim, count.getLong(1), made);
    }
  }

  /** Whether it went through; false when rows stand against it. */
  private boolean executed(String sql) throws SQLException {
    try {
      execute(sql);
      return true;
    } catch (SQLException e) {
      // A transaction of the caller's is over with its first failure.
      if (connection.getAutoCommit() && String.valueOf(e.getSQLState()).startsWith(VIOLATION)) {
        return false;
      }
      throw e;
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement execution = connection.createStatement()) {
      execution.execute(sql);
    }
  }

  /** Whether the constraint is proved of all rows; null when it is not there. */
  private @Nullable Boolean proved(Claim claim) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(PresentSql.constraintProved())) {
      query.setString(1, statement.table().schema());
      query.setString(2, statement.table().table());
      query.setString(3, claim.name());
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Boolean.valueOf(row.getBoolean(1)) : null;
      }
    }
  }
}
