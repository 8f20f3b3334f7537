package dev.landfall.transforms.ledger;

import dev.landfall.transforms.ledger.Step.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a migration stands, read from the ledger in one statement's view. Every display (progress,
 * status, result) is made from one of these and from nothing else.
 *
 * @param migration the migration's name
 * @param phase what is going on, or how it ended
 * @param started when the current or last run began, null before the first
 * @param taken when this was read, by the target's clock
 * @param holder who runs it now ({@code user@host, process 123, since …}), null when nobody does
 * @param note the newest event worth showing, such as an outage being ridden out; null for none
 * @param job what the run has running on a cluster, null when it needs none or has ended
 * @param tables in the mapping's order
 * @param dispositions what rules did so far, by table, target, column and rule; empty too where a
 *     display that is made again and again did not ask for it
 * @param warnings what the target's definitions lack, such as a foreign key that rows break
 * @param broken what was last found to be other than promised, beside rows
 * @param step what the run that is going on is doing, where the tables do not show it; else null
 * @param newest what the current or last run found itself
 */
public record Snapshot(
    String migration,
    Phase phase,
    @Nullable Instant started,
    Instant taken,
    @Nullable String holder,
    @Nullable String note,
    @Nullable Job job,
    List<Table> tables,
    List<Disposition> dispositions,
    List<String> warnings,
    List<String> broken,
    @Nullable State step,
    NewestRun newest) {
  /**
   * Values of one column that a rule changed, or let pass and counted.
   *
   * @param table {@code database.table} of the source
   * @param target the target table
   * @param column the source's column
   * @param rule in words: {@code zero date → NULL}
   * @param rows how many rows were loaded with such a value
   * @param sampleKeys the source's keys of at most five of them as JSON objects; none of a table
   *     without a key
   */
  public record Disposition(
      String table, String target, String column, String rule, long rows, List<String> sampleKeys) {
    public Disposition {
      sampleKeys = List.copyOf(sampleKeys);
    }
  }

  /** A snapshot that tells nothing of what rules did, and of no warnings. */
  public Snapshot(
      String migration,
      Phase phase,
      @Nullable Instant started,
      Instant taken,
      @Nullable String holder,
      @Nullable String note,
      @Nullable Job job,
      List<Table> tables) {
    this(
        migration, phase, started, taken, holder, note, job, tables, List.of(), List.of(),
        List.of());
  }

  /** A snapshot of a run whose tables show what it does. */
  public Snapshot(
      String migration,
      Phase phase,
      @Nullable Instant started,
      Instant taken,
      @Nullable String holder,
      @Nullable String note,
      @Nullable Job job,
      List<Table> tables,
      List<Disposition> dispositions,
      List<String> warnings,
      List<String> broken) {
    this(
        migration,
        phase,
        started,
        taken,
        holder,
        note,
        job,
        tables,
        dispositions,
        warnings,
        broken,
        null,
        NewestRun.since(started, tables, broken));
  }

  /**
   * A job of a cluster that works, or worked last, for the run.
   *
   * @param cluster the cluster's address as the run knows it
   * @param id the job's id there
   * @param name what it is called there
   */
  public record Job(String cluster, String id, String name) {}

  /** Phases of a migration, in order, and its ends. */
  public enum Phase {
    NEW,
    SCHEMA,
    BACKFILL,
    INDEXES,
    VERIFY,
    REPAIR,
    DONE,
    STOPPED,
    FAILED
  }

  public Snapshot {
    tables = List.copyOf(tables);
    dispositions = List.copyOf(dispositions);
    warnings = List.copyOf(warnings);
    broken = List.copyOf(broken);
  }

  /** The same with another note. */
  public Snapshot noting(@Nullable String other) {
    return new Snapshot(
        migration,
        phase,
        started,
        taken,
        holder,
        other,
        job,
        tables,
        dispositions,
        warnings,
        broken,
        step,
        newest);
  }

  /** The names of the target tables that rows were loaded into. */
  public Set<String> loadedTargets() {
    return tables.stream()
        .filter(table -> table.rowsLoaded() > 0)
        .flatMap(table -> table.targets().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * One source table.
   *
   * @param table {@code database.table} of the source
   * @param targets the target tables' names
   * @param planned whether its chunks are known; before that {@code chunks} is 0
   * @param estimatedRows the planner's or the catalogue's estimate
   * @param chunks how many chunks are planned
   * @param chunksDone how many are committed
   * @param rowsRead rows of committed chunks: {@code read = loaded + filtered + rejected}, the
   *     rejected ones that were mended since included
   * @param rowsLoaded source rows loaded
   * @param rowsFiltered source rows that the mapping left out
   * @param rowsRejected source rows that could not be loaded, without those that were mended since
   * @param bytes bytes of the values of loaded rows
   * @param work the runs that loaded chunks of it, in order
   * @param verified what is known of the rows that are there: nothing once rows were loaded after
   *     they were compared, and nothing of equal ones by a look at less than all of them
   * @param differences how many differing keys that is
   * @param compared the comparison that counts: the closest one, or a later one of less that found
   *     differences where it found none; null before the first
   */
  public record Table(
      String table,
      List<String> targets,
      boolean planned,
      long estimatedRows,
      long chunks,
      long chunksDone,
      long rowsRead,
      long rowsLoaded,
      long rowsFiltered,
      long rowsRejected,
      long bytes,
      List<Work> work,
      Verdict verified,
      long differences,
      @Nullable Compared compared) {
    public Table {
      targets = List.copyOf(targets);
      work = List.copyOf(work);
    }

    /** When work on the first chunk began, null before. */
    public @Nullable Instant firstStarted() {
      return work.isEmpty() ? null : work.get(0).from();
    }

    /** When the newest chunk was committed, null before. */
    public @Nullable Instant lastCommitted() {
      return Work.end(work);
    }

    /** Whether rows were loaded after the comparison that counts. */
    public boolean loadedSince() {
      Instant loaded = lastCommitted();
      return compared != null && loaded != null && loaded.isAfter(compared.at());
    }

    /** Whether all planned chunks are committed. */
    public boolean done() {
      return planned && chunksDone == chunks;
    }
  }

  /**
   * A run's work on a table.
   *
   * @param from when its first chunk was begun
   * @param until when its last one was committed; null when none was yet
   */
  public record Work(long run, Instant from, @Nullable Instant until) {
    /**
     * For how many seconds runs worked, side by side or not; the time between two does not count.
     */
    public static double seconds(Stream<Work> work) {
      return work.collect(Collectors.groupingBy(Work::run)).values().stream()
          .mapToDouble(
              run -> {
                Instant end = end(run);
                Instant begin =
                    run.stream().map(Work::from).min(Comparator.naturalOrder()).orElseThrow();
                return end == null ? 0 : Math.max(0, Duration.between(begin, end).toMillis()) / 1e3;
              })
          .sum();
    }

    /** The last moment of all of them, null when there is none. */
    static @Nullable Instant end(List<Work> work) {
      return work.stream()
          .map(Work::until)
          .filter(Objects::nonNull)
          .max(Comparator.naturalOrder())
          .orElse(null);
    }
  }

  /**
   * A comparison of a table.
   *
   * @param at when its verdict was written
   * @param level how closely it looked: {@code COUNT}, {@code SAMPLE}, {@code CHECKSUM} or {@code
   *     FULL}
   * @param differences how many differing keys it found
   */
  public record Compared(Instant at, String level, long differences) {
    /** The level as documents have it. */
    public String word() {
      return level.toLowerCase(Locale.ROOT);
    }

    /** Whether it looked at every row. */
    public boolean whole() {
      return !level.equals("COUNT") && !level.equals("SAMPLE");
    }
  }

  /** What a verification said of a table. */
  public enum Verdict {
    NOT_VERIFIED,
    EQUAL,
    DIFFERENT
  }
}
