package dev.landfall.pipelines.prepare;

import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.catalog.SourceServer;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.ledger.MigrationLedger;
import dev.landfall.transforms.sql.SourceServerSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Keeps a migration to the server that it was begun from. Another one may have a database of the
 * same name and schema, whose rows would be taken for those that were moved.
 */
public final class SameSource {
  private final Spec spec;
  private volatile boolean moved;

  public SameSource(Spec spec) {
    this.spec = spec;
  }

  /** The server may be another one this time: the next run that begins notes it in its place. */
  public void moved() {
    moved = true;
  }

  /**
   * Refuses another server than the one that the ledger has. Nothing is known of a migration that
   * is not begun.
   *
   * @throws MigrationException of kind USAGE
   */
  void require() {
    if (moved) {
      return;
    }
    SourceServer now = ask();
    ConnectionSettings target = spec.target().connection();
    try (Connection connection = Reachability.open(Side.TARGET, target)) {
      if (!new MigrationLedger(connection, spec.name()).isInstalled()) {
        return;
      }
      try (PreparedStatement select = connection.prepareStatement(SourceServerSql.READ)) {
        select.setString(1, spec.name());
        try (ResultSet row = select.executeQuery()) {
          if (row.next()) {
            SourceServer before = new SourceServer(row.getString(1), row.getString(2));
            if (!before.isSame(now)) {
              throw another(before, row.getString(3), now);
            }
          }
        }
      }
    } catch (SQLException e) {
      throw Reachability.failed(Side.TARGET, target, "Reading the ledger", e);
    }
  }

  private MigrationException another(SourceServer before, String since, SourceServer now) {
    return new MigrationException(
        Kind.USAGE,
        "Migration \""
            + spec.name()
            + "\" reads from the server "
            + before
            + ", as was noted "
            + since
            + "; this source is another server, "
            + now
            + ". Nothing was touched. If it is the same database there, on a replica that took over"
            + " or a host that it was moved to, say so once: \"landfall verify --source-moved\","
            + " or the same with migrate or backfill. If it is another database, give the spec"
            + " another name and other tables.");
  }

  /**
   * Notes the server where none is noted yet, or it has moved.
   *
   * @param connection to the target; the migration's lock is held
   */
  public void note(Connection connection) throws SQLException {
    if (moved) {
      SourceServer now = ask();
      try (PreparedStatement move = connection.prepareStatement(SourceServerSql.MOVE)) {
        move.setString(1, now.identity());
        move.setString(2, now.address());
        move.setString(3, spec.name());
        move.executeUpdate();
      }
      moved = false;
      return;
    }
    try (PreparedStatement select = connection.prepareStatement(SourceServerSql.READ)) {
      select.setString(1, spec.name());
      try (ResultSet row = select.executeQuery()) {
        if (row.next()) {
          return;
        }
      }
    }
    SourceServer now = ask();
    try (PreparedStatement insert = connection.prepareStatement(SourceServerSql.ADD)) {
      insert.setString(1, spec.name());
      insert.setString(2, now.identity());
      insert.setString(3, now.address());
      insert.executeUpdate();
    }
  }

  private SourceServer ask() {
    ConnectionSettings source = spec.source().connection();
    try (Connection connection = Reachability.open(Side.SOURCE, source)) {
      return SourceServer.of(connection, source.host() + ":" + source.port());
    } catch (SQLException e) {
      throw Reachability.failed(Side.SOURCE, source, "Asking which server it is", e);
    }
  }
}
