package dev.landfall.transforms.ledger;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.compute.Winners;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.model.TableName;
import java.lang.ref.SoftReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The winners of one target, as the ledger has them. They are in memory of each process that needs
 * them, so they may be a million at most.
 *
 * @param ledger the database that has the ledger
 * @param migration the migration's name
 * @param target the target table
 */
public record LedgerWinners(ConnectionSettings ledger, String migration, String target)
    implements Winners {
  private static final long serialVersionUID = 1L;

  /** So many rows that lost fit into memory beside everything else. */
  static final long MOST = 1_000_000;

  private static final String SETTLED =
      """
      SELECT id FROM landfall.settled WHERE migration = :name AND target_table = :target
      """;

  private static final String ALL =
      """
      SELECT source_table, source_key, key, winner FROM landfall.duplicate
      WHERE migration = :name AND target_table = :target
      """;

  private static final Settled NONE = new Known(-1, Set.of(), Map.of());

  /** What this process has read, for as long as there is room. */
  private static final Map<LedgerWinners, SoftReference<Known>> KNOWN = new ConcurrentHashMap<>();

  @Override
  public Settled settled() {
    Pools.Lease lease = Pools.lease();
    try (lease;
        Connection connection = Pools.of(ledger, Pools.Use.GENERAL).getConnection()) {
      if (!Query.of(connection, "SELECT to_regclass('landfall.settled') IS NOT NULL").isTrue()) {
        return NONE;
      }
      Optional<Long> id = query(connection, SETTLED).one(row -> row.number("id"));
      if (id.isEmpty()) {
        return NONE;
      }
      SoftReference<Known> reference = KNOWN.get(this);
      Known known = reference == null ? null : reference.get();
      if (known == null || known.id != id.get()) {
        known = read(connection, id.get());
        KNOWN.put(this, new SoftReference<>(known));
      }
      return known;
    } catch (SQLException e) {
      throw new IllegalStateException("Reading which rows of " + target + " count failed", e);
    }
  }

  private Known read(Connection connection, long id) throws SQLException {
    Set<String> losers = new HashSet<>();
    Map<String, String> winners = new HashMap<>();
    query(connection, ALL)
        .each(
            row -> {
              losers.add(row.text("source_table") + ":" + row.text("source_key"));
              if (!row.text("key").equals(row.text("winner"))) {
                winners.put(row.text("key"), row.text("winner"));
              }
            });
    return new Known(id, losers, winners);
  }

  private Query query(Connection connection, String sql) {
    return Query.of(connection, sql).bind("name", migration).bind("target", target);
  }

  /** Keeps what is settled for a target, as part of the connection's transaction. */
  public static final class Keeper {
    private final Connection connection;
    private final String migration;
    private final String target;

    /** For that target. */
    public Keeper(Connection connection, String migration, String target) {
      this.connection = connection;
      this.migration = migration;
      this.target = target;
    }

    /** Whether it was settled. */
    public boolean isSettled() throws SQLException {
      return query(SETTLED).exists();
    }

    /**
     * Settles it.
     *
     * @param losers inserts the rows that lose
     * @param position of the target's first writer
     * @param rows how many rows were looked at
     * @throws MigrationException FAILED where too many lose
     */
    public void keep(String losers, int position, long rows) throws SQLException {
      int lost = query(losers).bind("position", position).update();
      if (lost > MOST) {
        throw new MigrationException(
            MigrationException.Kind.FAILED,
            lost
                + " of "
                + rows
                + " rows are one with others in "
                + target
                + ", and no more than "
                + MOST
                + " are kept in memory. Move them as they are, and bring them together behind the"
                + " load.");
      }
      query(
              "INSERT INTO landfall.settled (migration, table_position, target_table, rows)"
                  + " VALUES (:name, :position, :target, :rows)")
          .bind("position", position)
          .bind("rows", rows)
          .update();
    }

    /** How many rows lost. */
    public long lost() throws SQLException {
      return query(
              "SELECT count(*) FROM landfall.duplicate"
                  + " WHERE migration = :name AND target_table = :target")
          .number();
    }

    /** How many rows of a source table lost. */
    public long lost(TableName source) throws SQLException {
      return query(
              "SELECT count(*) FROM landfall.duplicate WHERE migration = :name"
                  + " AND target_table = :target AND source_table = :source")
          .bind("source", source.toString())
          .number();
    }

    private Query query(String sql) {
      return Query.of(connection, sql).bind("name", migration).bind("target", target);
    }
  }

  /**
   * What was settled.
   *
   * @param id which time
   */
  private record Known(long id, Set<String> losers, Map<String, String> winners)
      implements Settled {
    @Override
    public boolean isEmpty() {
      return losers.isEmpty();
    }

    @Override
    public boolean loses(String table, String key) {
      return losers.contains(table + ":" + key);
    }

    @Override
    public @Nullable String winner(String key) {
      return winners.get(key);
    }
  }
}
