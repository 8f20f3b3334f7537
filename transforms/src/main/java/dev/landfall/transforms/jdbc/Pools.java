package dev.landfall.transforms.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.landfall.transforms.sql.SessionSql;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One pool of connections per process, database and use. Beam makes a copy of a DoFn for each
 * thread and bundle; they all share these. Whoever uses them has a {@link Lease}; with the last one
 * they close, for a process that goes on without them: a cluster's worker runs many jobs, each with
 * a class loader of its own, which threads and registered drivers would keep for ever.
 */
public final class Pools {
  /**
   * How many connections a pool has at most. Not meant to be reached: whoever works with that many
   * threads at once would have each other wait.
   */
  public static final int MAXIMUM = 64;

  private static final Map<Key, HikariDataSource> POOLS = new ConcurrentHashMap<>();

  private Pools() {}

  /** What the connections are used for; it decides a session setting. */
  public enum Use {
    /** Reading, and everything that is no bulk load. */
    GENERAL,
    /**
     * Loading chunks: commits do not wait for the disk, because a chunk's rows and its ledger row
     * are lost together or not at all.
     */
    LOAD
  }

  private record Key(ConnectionSettings settings, Use use) {}

  /**
   * The pool for these settings, made on first use. Connections are opened when asked for. A server
   * that refuses is told of within seconds; one that is busy is waited for as long as the settings'
   * patience.
   */
  public static DataSource of(ConnectionSettings settings, Use use) {
    return new PatientDataSource(() -> impatient(settings, use), settings.patience());
  }

  /** The same without patience, for who has its own or can do without a connection. */
  public static DataSource impatient(ConnectionSettings settings, Use use) {
    return POOLS.computeIfAbsent(new Key(settings, use), Pools::create);
  }

  /** Closes connections to that database which nobody uses: they may be what it has no room for. */
  public static void closeIdle(ConnectionSettings settings) {
    for (Use use : Use.values()) {
      HikariDataSource pool = POOLS.get(new Key(settings, use));
      HikariPoolMXBean open = pool == null ? null : pool.getHikariPoolMXBean();
      if (open != null) {
        open.softEvictConnections();
      }
    }
  }

  /** Closes all pools, with all connections that are not in use. */
  public static void closeAll() {
    // Out of the map first: who asks meanwhile gets a pool that is open.
    POOLS.keySet().forEach(key -> close(POOLS.remove(key)));
  }

  private static void close(@Nullable HikariDataSource pool) {
    if (pool != null) {
      pool.close();
    }
  }

  /** Somebody's wish that the pools stay open. */
  public static final class Lease implements AutoCloseable {
    private final AtomicBoolean open = new AtomicBoolean(true);

    private Lease() {}

    /** Gives the wish up; a second time does nothing. */
    @Override
    public void close() {
      if (open.compareAndSet(true, false)) {
        synchronized (LEASES) {
          if (LEASES.decrementAndGet() == 0) {
            closeAll();
            Drivers.release();
          }
        }
      }
    }
  }

  private static final AtomicInteger LEASES = new AtomicInteger();

  /** Keeps the pools open until the lease, and every other one, is closed. */
  public static Lease lease() {
    synchronized (LEASES) {
      LEASES.incrementAndGet();
    }
    return new Lease();
  }

  private static HikariDataSource create(Key key) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(
        "landfall-" + key.settings.product().name().toLowerCase(java.util.Locale.ROOT));
    config.setDataSource(new SettingsDataSource(key.settings));
    config.setMaximumPoolSize(MAXIMUM);
    config.setMinimumIdle(0);
    config.setIdleTimeout(TimeUnit.SECONDS.toMillis(30));
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(Retries.POOL_WAIT.toMillis());
    if (key.use == Use.LOAD) {
      config.setConnectionInitSql(SessionSql.OF_LOAD);
    }
    return new HikariDataSource(config);
  }
}
