package dev.landfall.runners.display;

import dev.landfall.transforms.ledger.NewestRun;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.Snapshot.Compared;
import dev.landfall.transforms.ledger.Snapshot.Phase;
import dev.landfall.transforms.ledger.Snapshot.Table;
import dev.landfall.transforms.ledger.Snapshot.Verdict;
import dev.landfall.transforms.ledger.Snapshot.Work;
import dev.landfall.transforms.ledger.Step;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Snapshots for tests. */
public final class Snapshots {
  /** When all of them begin. */
  public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  private Snapshots() {}

  /** A snapshot that many seconds after the start. */
  public static Snapshot at(double seconds, Phase phase, List<Table> tables) {
    return at(seconds, phase, null, tables);
  }

  /** The same with a note. */
  public static Snapshot at(
      double seconds, Phase phase, @Nullable String note, List<Table> tables) {
    return new Snapshot("shop", phase, START, after(seconds), null, note, null, tables);
  }

  /** A snapshot of a run that is going on, and at that step. */
  public static Snapshot going(
      double seconds, Phase phase, Step.@Nullable State step, List<Table> tables) {
    return new Snapshot(
        "shop",
        phase,
        START,
        after(seconds),
        "me@here, process 1",
        null,
        null,
        tables,
        List.of(),
        List.of(),
        List.of(),
        step,
        new NewestRun(false, List.of()));
  }

  /** The same with something that a rule did. */
  public static Snapshot ruled(Snapshot snapshot) {
    return new Snapshot(
        snapshot.migration(),
        snapshot.phase(),
        snapshot.started(),
        snapshot.taken(),
        snapshot.holder(),
        snapshot.note(),
        snapshot.job(),
        snapshot.tables(),
        List.of(
            new Snapshot.Disposition(
                "shop.users",
                "public.users",
                "born",
                "zero date → NULL",
                1_234_567,
                List.of("{\"id\": \"7\"}", "{\"id\": \"9\"}"))),
        List.of(),
        List.of());
  }

  /** The same with a promise that is broken beside the rows. */
  public static Snapshot broken(Snapshot snapshot, String promise) {
    return new Snapshot(
        snapshot.migration(),
        snapshot.phase(),
        snapshot.started(),
        snapshot.taken(),
        snapshot.holder(),
        snapshot.note(),
        snapshot.job(),
        snapshot.tables(),
        snapshot.dispositions(),
        snapshot.warnings(),
        List.of(promise));
  }

  /** A table whose chunks are planned but not begun. */
  public static Table waiting(String name, long rows) {
    return table(name, rows, 10, 0, 0, Verdict.NOT_VERIFIED, 0, null, null);
  }

  /** A table in work since the start. */
  public static Table active(String name, long rows, long chunks, long done, long read) {
    return table(name, rows, chunks, done, read, Verdict.NOT_VERIFIED, 0, START, null);
  }

  /** A table that took that long and has that verdict. */
  public static Table done(String name, long rows, double seconds, Verdict verdict) {
    return table(
        name,
        rows,
        10,
        10,
        rows,
        verdict,
        verdict == Verdict.DIFFERENT ? 3 : 0,
        START,
        after(seconds));
  }

  /** A loaded table, some rows of which were rejected. */
  public static Table rejecting(String name, long rows, long rejects, double seconds) {
    return new Table(
        "shop." + name,
        List.of("public." + name),
        true,
        rows,
        10,
        10,
        rows,
        rows - rejects,
        0,
        rejects,
        rows * 100,
        work(START, after(seconds)),
        Verdict.NOT_VERIFIED,
        0,
        null);
  }

  /** A loaded table, some rows of which go to no target. */
  public static Table filtering(String name, long rows, long filtered, double seconds) {
    return new Table(
        "shop." + name,
        List.of("public." + name),
        true,
        rows,
        10,
        10,
        rows,
        rows - filtered,
        filtered,
        0,
        rows * 100,
        work(START, after(seconds)),
        Verdict.NOT_VERIFIED,
        0,
        null);
  }

  private static Table table(
      String name,
      long rows,
      long chunks,
      long done,
      long read,
      Verdict verdict,
      long differences,
      @Nullable Instant started,
      @Nullable Instant committed) {
    return new Table(
        "shop." + name,
        List.of("public." + name),
        true,
        rows,
        chunks,
        done,
        read,
        read,
        0,
        0,
        read * 100,
        work(started, committed),
        verdict,
        differences,
        verdict == Verdict.NOT_VERIFIED || committed == null
            ? null
            : new Compared(committed.plusSeconds(1), "CHECKSUM", differences));
  }

  private static List<Work> work(@Nullable Instant started, @Nullable Instant committed) {
    return started == null ? List.of() : List.of(new Work(1, started, committed));
  }

  private static Instant after(double seconds) {
    return START.plusMillis((long) (seconds * 1000));
  }
}
