package dev.landfall.pipelines.prepare;

import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.catalog.SourceServer;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.ledger.SourceLedger;
import java.sql.Connection;
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
      SourceLedger.Noted noted = new SourceLedger(connection, spec.name()).read().orElse(null);
      if (noted != null) {
        SourceServer before = new SourceServer(noted.identity(), noted.address());
        if (!before.isSame(now)) {
          throw another(before, noted.since(), now);
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
   * @param run that begins
   */
  public void note(Connection connection, long run) throws SQLException {
    SourceLedger ledger = new SourceLedger(connection, spec.name());
    if (moved || ledger.read().isEmpty()) {
      SourceServer now = ask();
      ledger.note(run, now.identity(), now.address());
      moved = false;
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
