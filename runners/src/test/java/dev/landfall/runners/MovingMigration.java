package dev.landfall.runners;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.Snapshot.Compared;
import dev.landfall.transforms.ledger.Snapshot.Phase;
import dev.landfall.transforms.ledger.Snapshot.Table;
import dev.landfall.transforms.ledger.Snapshot.Verdict;
import dev.landfall.transforms.ledger.Snapshot.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A migration that only looks as if it moved, for looking at the displays and for trying Ctrl-C:
 * {@code MovingMigration TABLES ROWS_PER_SECOND COMMAND…}.
 */
final class MovingMigration extends FakeMigration {
  private static final int CHUNK = 20_000;
  private static final double INDEX_SECONDS = 1.5;
  private static final double VERIFY_SECONDS = 2;

  private final int tables;
  private final long rate;
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile Instant started = Instant.EPOCH;

  private MovingMigration(int tables, long rate) {
    this.tables = tables;
    this.rate = rate;
  }

  /** Runs a command line on such a migration. */
  public static void main(String[] args) {
    MovingMigration migration =
        new MovingMigration(Integer.parseInt(args[0]), Long.parseLong(args[1]));
    List<String> rest = List.of(args).subList(2, args.length);
    System.exit(
        Landfall.process(
            rest.toArray(String[]::new),
            options -> {
              hang(migration.tables);
              return migration;
            }));
  }

  /** Nothing of this gets on: preparing, the hooks of the JVM's end, and with 0 whoever reads. */
  private static void hang(int tables) {
    if (tables > 0) {
      return;
    }
    CountDownLatch never = new CountDownLatch(1);
    Runnable waiting =
        () -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    Runtime.getRuntime().addShutdownHook(new Thread(waiting));
    System.err.println("hanging");
    if (tables < 0) {
      // More than a pipe holds.
      System.err.println("x".repeat(1 << 20));
    }
    waiting.run();
  }

  @Override
  void migrate(boolean verify, Runnable begun) {
    started = Instant.now();
    while (snapshot().phase() != Phase.DONE) {
      try {
        if (stop.await(50, TimeUnit.MILLISECONDS)) {
          throw new MigrationException(
              MigrationException.Kind.STOPPED, "Stopped; 12 of 40 chunks are committed.");
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void requestStop() {
    if (rate > 1000) {
      stop.countDown();
    }
  }

  @Override
  public Snapshot snapshot() {
    if (started.equals(Instant.EPOCH)) {
      return new Snapshot("shop", Phase.NEW, null, Instant.now(), null, null, null, tables(0, 0));
    }
    Instant now = Instant.now();
    double seconds = Duration.between(started, now).toMillis() / 1000.0;
    double loaded = (double) total() / rate;
    Phase phase =
        seconds < loaded
            ? Phase.BACKFILL
            : seconds < loaded + INDEX_SECONDS
                ? Phase.INDEXES
                : seconds < loaded + INDEX_SECONDS + VERIFY_SECONDS ? Phase.VERIFY : Phase.DONE;
    double verified = (seconds - loaded - INDEX_SECONDS) / VERIFY_SECONDS;
    return new Snapshot(
        "shop",
        phase,
        started,
        now,
        phase == Phase.DONE ? null : "ada@quay, process 4711, since 10:00",
        seconds > 4 && seconds < 6
            ? "the source does not answer; trying again for 5 minutes"
            : null,
        null,
        tables((long) (seconds * rate), verified));
  }

  private long total() {
    long total = 0;
    for (int i = 0; i < tables; i++) {
      total += rows(i);
    }
    return total;
  }

  /** Two tables at a time get the rows; the others wait. */
  private List<Table> tables(long budget, double verified) {
    List<Table> result = new ArrayList<>();
    long left = budget;
    for (int i = 0; i < tables; i += 4) {
      long group = 0;
      for (int j = i; j < Math.min(tables, i + 4); j++) {
        group += rows(j);
      }
      double share = Math.min(1, left <= 0 ? 0 : (double) left / group);
      for (int j = i; j < Math.min(tables, i + 4); j++) {
        result.add(table(j, share, j < verified * tables));
      }
      left -= group;
    }
    return result;
  }

  private Table table(int i, double share, boolean verified) {
    long rows = rows(i);
    long chunks = rows / CHUNK + 1;
    long done = share >= 1 ? chunks : (long) (chunks * share);
    long read = share >= 1 ? rows : Math.min(rows, done * CHUNK);
    return new Table(
        name(i),
        i == 0
            ? List.of("public.accounts", "public.profiles")
            : List.of("public." + name(i).substring(5)),
        true,
        rows,
        chunks,
        done,
        read,
        read,
        0,
        0,
        read * 240,
        share > 0
            ? List.of(
                new Work(1, started, done > 0 ? started.plusMillis(total() * 1000 / rate) : null))
            : List.of(),
        verified ? Verdict.EQUAL : Verdict.NOT_VERIFIED,
        0,
        verified ? new Compared(Instant.now(), "CHECKSUM", 0) : null);
  }

  private static long rows(int i) {
    return i == 0 ? 500_000 : i % 5 == 4 ? 60 : 20_000L * (i % 7 + 1) + 1234;
  }

  private static String name(int i) {
    String[] names = {
      "users", "orders", "order_items", "products", "categories", "page_views", "payments"
    };
    return "shop." + names[i % names.length] + (i < names.length ? "" : "_" + i / names.length);
  }
}
