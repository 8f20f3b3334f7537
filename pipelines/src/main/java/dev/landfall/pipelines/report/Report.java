package dev.landfall.pipelines.report;

import dev.landfall.pipelines.api.Difference;
import dev.landfall.transforms.ledger.KeptCheck;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.model.SchemaObject;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All there is to say of a migration at one moment. The ledger's part is one consistent view of it.
 *
 * @param snapshot where the migration stands
 * @param created when its first step was
 * @param source where rows come from
 * @param target where they go
 * @param load how the rows were loaded
 * @param verdicts the newest verdict of the whole of each target table
 * @param differences the first rows that differ, of those verdicts
 * @param laterParts how many differences comparisons of parts of tables found after those verdicts
 * @param rejects rows that could not be loaded
 * @param beside what checks found beside the rows, each when it was last asked
 * @param selfTest the newest sensitivity proof, null when there was none
 * @param repairs what repairs did, null when there was none
 * @param history verifications, the newest first
 * @param events what happened meanwhile, in order
 * @param mapping what moves to where, as it was fixed with the first step
 * @param objects what becomes of the source's objects
 */
public record Report(
    Snapshot snapshot,
    Instant created,
    Server source,
    Server target,
    Load load,
    List<TableVerdict> verdicts,
    List<Difference> differences,
    long laterParts,
    Rejects rejects,
    List<KeptCheck> beside,
    @Nullable Proof selfTest,
    @Nullable List<Repair> repairs,
    Some<Verification> history,
    Some<Event> events,
    List<String> mapping,
    Objects objects) {
  public Report {
    verdicts = List.copyOf(verdicts);
    differences = List.copyOf(differences);
    beside = List.copyOf(beside);
    repairs = repairs == null ? null : List.copyOf(repairs);
    mapping = List.copyOf(mapping);
  }

  /** The newest comparison of the schema, null when there was none. */
  public @Nullable KeptCheck schema() {
    return KeptCheck.schema(beside);
  }

  /** The other checks, the spec's first, as they were last asked. */
  public List<KeptCheck> checks() {
    return beside.stream().filter(kept -> !kept.result().ofSchema()).toList();
  }

  /** The verdict that all of it comes to. */
  public Verdict verdict() {
    return Verdict.of(this);
  }

  /**
   * The verdicts on what a source table writes, by its place among the snapshot's tables; a target
   * that several write has one with each.
   */
  public Map<Integer, List<TableVerdict>> verdictsByTable() {
    Map<String, TableVerdict> byTarget =
        verdicts.stream()
            .collect(
                Collectors.toMap(
                    TableVerdict::target,
                    verdict -> verdict,
                    (one, other) -> one.run() > other.run() ? one : other));
    Map<Integer, List<TableVerdict>> byTable = new HashMap<>();
    for (int i = 0; i < snapshot.tables().size(); i++) {
      List<TableVerdict> found =
          snapshot.tables().get(i).targets().stream()
              .filter(byTarget::containsKey)
              .map(byTarget::get)
              .toList();
      if (!found.isEmpty()) {
        byTable.put(i, found);
      }
    }
    return byTable;
  }

  /** What a source table's verdicts say of it; there may be none. */
  public static Snapshot.Verdict verified(List<TableVerdict> found) {
    if (found.stream().anyMatch(v -> v.differences() > 0)) {
      return Snapshot.Verdict.DIFFERENT;
    }
    return found.isEmpty() || found.stream().anyMatch(TableVerdict::loadedSince)
        ? Snapshot.Verdict.NOT_VERIFIED
        : Snapshot.Verdict.EQUAL;
  }

  /**
   * The first or newest of a list.
   *
   * @param all how many there are
   */
  public record Some<T>(List<T> shown, long all) {
    public Some {
      shown = List.copyOf(shown);
    }
  }

  /**
   * One side.
   *
   * @param where {@code user@host:port/database}
   * @param version what the server says of itself, null when it could not be asked
   * @param unreachable why it could not be asked
   */
  public record Server(String where, @Nullable String version, @Nullable String unreachable) {}

  /**
   * How rows were loaded.
   *
   * @param runs runs that loaded something and the newest others, in order
   * @param parts rows over time
   * @param seconds how long each table was worked on, by its place among the snapshot's tables
   */
  public record Load(Some<Run> runs, List<Part> parts, Map<Integer, Double> seconds) {
    /** Each run's time of loading is cut into so many equal parts. */
    public static final int PARTS = 60;

    public Load {
      parts = List.copyOf(parts);
      seconds = Map.copyOf(seconds);
    }
  }

  /**
   * One run of a command.
   *
   * @param ended null while it goes on
   * @param outcome null while it goes on
   * @param firstChunk when it began to load, null when it loaded nothing
   * @param lastCommit when it committed its last rows
   * @param verified when it came to a verdict, null when it did not
   */
  public record Run(
      long id,
      String command,
      String holder,
      Instant started,
      @Nullable Instant ended,
      @Nullable String outcome,
      @Nullable Instant firstChunk,
      @Nullable Instant lastCommit,
      long rows,
      long bytes,
      @Nullable Instant verified) {}

  /** What a run committed in one of the {@link Load#PARTS} of its time. */
  public record Part(long run, int number, long rows, long bytes) {}

  /**
   * What was last found of a target table.
   *
   * @param run the run that found it
   * @param position the source table's place among the snapshot's tables
   * @param level how closely it was compared
   * @param seed what the choice of rows depended on, null when all were compared
   * @param loadedSince whether rows were loaded afterwards
   */
  public record TableVerdict(
      long run,
      int position,
      String target,
      Instant finished,
      long sourceRows,
      long targetRows,
      long matched,
      long changed,
      long missing,
      long extra,
      String level,
      long settled,
      int looks,
      @Nullable String seed,
      boolean loadedSince) {
    /** Rows that differ. */
    public long differences() {
      return changed + missing + extra;
    }
  }

  /**
   * Rows that could not be loaded.
   *
   * @param reasons how many rows of which table and column for which reason, the most first
   * @param rows the first of them
   */
  public record Rejects(List<Reason> reasons, List<Row> rows) {
    public Rejects {
      reasons = List.copyOf(reasons);
      rows = List.copyOf(rows);
    }

    /** Rows of one table that were rejected for one reason. */
    public record Reason(String table, @Nullable String column, String reason, long rows) {}

    /** A rejected row; the value is that of the column. */
    public record Row(
        String table,
        Map<String, @Nullable String> key,
        @Nullable String column,
        String reason,
        @Nullable String value) {
      public Row {
        key = ordered(key);
      }
    }
  }

  /**
   * What repairs did with keys of a target table.
   *
   * @param action what was done
   * @param newest when it was last done
   * @param sinceVerdict whether rows were changed after the table's newest verdict
   */
  public record Repair(
      String target, String action, long keys, Instant newest, boolean sinceVerdict) {}

  /** A verification that came to a verdict. */
  public record Verification(
      long run,
      String command,
      Instant started,
      Instant finished,
      String level,
      long tables,
      long sourceRows,
      long targetRows,
      long differences,
      long settled) {}

  /** Something that a person should know of. */
  public record Event(Instant at, @Nullable Long run, String kind, String text) {}

  /**
   * What becomes of the source's objects.
   *
   * @param known null when the source could not be looked at
   * @param unknown why it could not
   */
  public record Objects(@Nullable List<SchemaObject> known, @Nullable String unknown) {
    public Objects {
      known = known == null ? null : List.copyOf(known);
    }
  }

  static <V extends @Nullable Object> Map<String, V> ordered(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
