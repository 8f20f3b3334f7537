package dev.landfall.pipelines.define;

import dev.landfall.transforms.ddl.Unproved;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Connections;
import dev.landfall.transforms.ledger.RejectLedger;
import dev.landfall.transforms.model.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out why rows of the target break a constraint: nothing is said of a source not asked. */
public final class BrokenRows {
  private static final Logger LOG = LoggerFactory.getLogger(BrokenRows.class);

  private final ConnectionSettings source;
  private final ConnectionSettings target;
  private final String migration;

  public BrokenRows(ConnectionSettings source, ConnectionSettings target, String migration) {
    this.source = source;
    this.target = target;
    this.migration = migration;
  }

  /** What to tell of a constraint. */
  String text(Unproved unproved) {
    return unproved.text(why(unproved));
  }

  private String why(Unproved unproved) {
    String atSource = unproved.claim().atSource();
    if (atSource == null) {
      return ", as they came from the source";
    }
    OptionalLong there = count(source, atSource);
    if (there.isEmpty()) {
      return "; the source could not be asked whether rows of its own do";
    }
    if (there.getAsLong() >= unproved.rows()) {
      return ", in the source as well";
    }
    String some = there.getAsLong() == 0 ? "none" : "only " + there.getAsLong();
    TableName referenced = unproved.claim().referenced();
    if (referenced == null) {
      return "; in the source " + some + " does now";
    }
    OptionalLong rejects = rejects(referenced);
    return "; in the source "
        + some
        + " does now"
        + (rejects.orElse(0) > 0
            ? ": "
                + rejects.getAsLong()
                + (rejects.getAsLong() == 1 ? " row of " : " rows of ")
                + referenced
                + " could not be loaded (landfall.reject has each), and others refer to such rows"
            : ": rows that they refer to are in the source but not here, as of writes during the"
                + " load; landfall verify names them, and landfall repair --execute brings them");
  }

  private OptionalLong rejects(TableName table) {
    try (Connection connection = Connections.open(target)) {
      return OptionalLong.of(new RejectLedger(connection, migration).standing(table));
    } catch (SQLException e) {
      LOG.info("rejects of {} not counted: {}", table, e.getMessage());
      return OptionalLong.empty();
    }
  }

  private static OptionalLong count(ConnectionSettings settings, String query) {
    try (Connection connection = Connections.open(settings);
        Statement statement = connection.createStatement()) {
      return first(statement.executeQuery(query));
    } catch (SQLException e) {
      LOG.info("rows of the source that break a constraint not counted: {}", e.getMessage());
      return OptionalLong.empty();
    }
  }

  private static OptionalLong first(ResultSet rows) throws SQLException {
    try (rows) {
      rows.next();
      return OptionalLong.of(rows.getLong(1));
    }
  }
}
