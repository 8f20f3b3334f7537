package dev.landfall.pipelines.repair;

import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.ledger.MigrationLedger;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.refresh.RefreshedKey;
import dev.landfall.transforms.refresh.RefreshedKey.Action;
import dev.landfall.transforms.sql.RepairSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the ledger knows of the newest verification and of the repairs behind it. */
public final class RepairLedger {
  private final ConnectionSettings target;
  private final String name;

  public RepairLedger(ConnectionSettings target, String name) {
    this.target = target;
    this.name = name;
  }

  /**
   * The newest verification that came to a verdict.
   *
   * @param run its run
   * @param finished when its verdict was written
   * @param level how closely it compared
   * @param differences how many it counted, by target table: position of the source table and name
   * @param sliced whether it looked at a slice only
   * @param loadedSince whether rows were loaded after it
   */
  public record Verified(
      long run,
      Instant finished,
      VerifyRequest.Level level,
      Map<NamedTarget, Long> differences,
      boolean sliced,
      boolean loadedSince) {}

  /** A target table as the ledger names it. */
  record NamedTarget(int table, String target) {}

  /** Empty when there is none. */
  public Optional<Verified> newest(Connection connection) throws SQLException {
    if (!new MigrationLedger(connection, name).isInstalled()) {
      return Optional.empty();
    }
    Map<NamedTarget, Long> differences = new LinkedHashMap<>();
    long run = 0;
    Timestamp finished = null;
    VerifyRequest.Level level = VerifyRequest.Level.CHECKSUM;
    boolean sliced = false;
    try (PreparedStatement select = connection.prepareStatement(RepairSql.NEWEST_VERIFICATION)) {
      select.setString(1, name);
      select.setString(2, name);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          run = row.getLong(1);
          finished = row.getTimestamp(2);
          level = VerifyRequest.Level.valueOf(row.getString(6));
          sliced |= row.getBoolean(7);
          differences.put(new NamedTarget(row.getInt(3), row.getString(4)), row.getLong(5));
        }
      }
    }
    return finished == null
        ? Optional.empty()
        : Optional.of(
            new Verified(
                run,
                finished.toInstant(),
                level,
                differences,
                sliced,
                loadedSince(connection, finished)));
  }

  private boolean loadedSince(Connection connection, Timestamp moment) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(RepairSql.LOADED_SINCE)) {
      select.setString(1, name);
      select.setTimestamp(2, moment);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /** What became of keys on behalf of a verification, each as it was last seen. */
  Map<KeyName, RefreshedKey> outcomes(Mapping mapping, long verification) throws SQLException {
    Map<KeyName, RefreshedKey> outcomes = new LinkedHashMap<>();
    try (Connection connection = connect();
        PreparedStatement select = connection.prepareStatement(RepairSql.OUTCOMES)) {
      select.setLong(1, verification);
      try (ResultSet row = select.executeQuery()) {
        boolean more = row.next();
        while (more) {
          long id = row.getLong(1);
          TargetPosition position =
              position(mapping, new NamedTarget(row.getInt(2), row.getString(3)));
          Action action = Action.valueOf(row.getString(4));
          String reason = row.getString(5);
          Map<String, @Nullable String> key = new HashMap<>();
          do {
            key.put(row.getString(6), row.getString(7));
            more = row.next();
          } while (more && row.getLong(1) == id);
          KeyName named = KeyName.of(position, mapping.target(position), key);
          outcomes.put(named, new RefreshedKey(position, named.key(), action, null, null, reason));
        }
      }
    }
    return outcomes;
  }

  /** One key of one target table. */
  record KeyName(TargetPosition position, List<@Nullable String> key) {
    static KeyName of(
        TargetPosition position, TargetTable table, Map<String, @Nullable String> key) {
      List<String> names =
          table.key().isEmpty()
              ? table.columns().stream().map(ColumnMapping::name).toList()
              : table.key();
      List<@Nullable String> texts = new ArrayList<>();
      names.forEach(column -> texts.add(key.get(column)));
      return new KeyName(position, texts);
    }
  }

  static TargetPosition position(Mapping mapping, NamedTarget named) {
    return mapping.targets().stream()
        .filter(p -> p.table() == named.table())
        .filter(p -> mapping.target(p).name().toString().equals(named.target()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(named + " is not in the mapping"));
  }

  private Connection connect() throws SQLException {
    return Pools.of(target, Pools.Use.GENERAL).getConnection();
  }
}
