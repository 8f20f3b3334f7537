package dev.landfall.pipelines.run;

import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.SnapshotReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a migration stands, as often as somebody asks. A target that does not answer is a note on
 * what was known before. Any thread may ask.
 */
public final class Standing {
  private final ConnectionSettings target;
  private final String name;
  private volatile @Nullable Snapshot last;
  private volatile @Nullable Instant preparing;

  public Standing(ConnectionSettings target, String name) {
    this.target = target;
    this.name = name;
  }

  /** From now on this process prepares a run: what the ledger has is of the one before. */
  void preparing() {
    preparing = Instant.now();
  }

  /** From now on the ledger knows what goes on. */
  void prepared() {
    preparing = null;
  }

  /** All of it. */
  public Snapshot now() {
    return read(SnapshotReader::read);
  }

  /** What a display needs that asks again and again; nothing is asked while a run is prepared. */
  public Snapshot progress() {
    Instant since = preparing;
    return since == null
        ? read(SnapshotReader::readProgress)
        : new Snapshot(name, Snapshot.Phase.NEW, since, Instant.now(), null, null, null, List.of());
  }

  /** One of the ways to read a snapshot. */
  private interface Reading {
    Snapshot read(Connection connection, String name) throws SQLException;
  }

  private Snapshot read(Reading reading) {
    Snapshot before = last;
    if (before == null) {
      // The first question is answered over a connection that explains its failure.
      try (Connection connection = Reachability.open(Side.TARGET, target)) {
        return remember(reading.read(connection, name));
      } catch (SQLException e) {
        throw Reachability.failed(Side.TARGET, target, "Reading the ledger", e);
      }
    }
    try (Connection connection = Pools.impatient(target, Pools.Use.GENERAL).getConnection()) {
      return remember(reading.read(connection, name));
    } catch (SQLException e) {
      return before.noting(Reachability.explain(Side.TARGET, target, e).getMessage());
    }
  }

  private Snapshot remember(Snapshot snapshot) {
    last = snapshot;
    return snapshot;
  }
}
