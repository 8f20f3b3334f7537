package dev.landfall.transforms.ledger;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a migration: made by the method that is called as it is, and kept by
 * {@link Events}.
 *
 * @param facts texts by their names, as the kind has them
 * @param text the same for a person
 */
public record Event(Kind kind, Map<String, @Nullable String> facts, String text) {
  /** Where an event is shown as such; other events tell of what displays know from elsewhere. */
  private enum Shown {
    /** In the report, and while the run goes on as what is going on. */
    NOTED,
    REPORTED,
    NOWHERE
  }

  /** Kinds of events, by the names that they have in the ledger and in documents. */
  public enum Kind {
    /** A run began: {@code command}, {@code holder}. */
    RUN_BEGUN(Shown.NOWHERE),
    /** A run ended, or whoever came next ended it: {@code command}, {@code outcome}. */
    RUN_ENDED(Shown.NOWHERE),
    /** A run has come to another {@code phase}. */
    PHASE(Shown.NOWHERE),
    /** The source is another server: {@code before}, {@code now}. */
    SOURCE_MOVED(Shown.NOWHERE),
    /** The source was altered while a run relied on how it was: in how many {@code places}. */
    SOURCE_ALTERED(Shown.NOWHERE),
    /** The mapping got more tables or columns. */
    EXTENDED(Shown.NOTED),
    /** All definitions behind the load are made. */
    DEFINED(Shown.NOWHERE),
    /**
     * A constraint that rows break holds for new rows only, or was left out ({@code constraint});
     * or an index could not be built.
     */
    CONSTRAINT(Shown.NOTED),
    /** A {@code constraint} is tried again; whether it holds is what is said behind that. */
    TRIED(Shown.REPORTED),
    /** A database is away, or back ({@code over}): {@code reason}. */
    OUTAGE(Shown.NOTED),
    /** A cluster has taken a job: {@code cluster}, {@code id}, {@code name}. */
    JOB_TAKEN(Shown.NOWHERE),
    /** A {@code job} was lost and is begun again: {@code reason}. */
    JOB(Shown.NOTED),
    /** A job waits for its cluster. */
    WAITING(Shown.NOTED),
    /** A session that did nothing was ended for the {@code chunk} of a {@code table} it held. */
    TAKEOVER(Shown.NOTED),
    /**
     * A statement of the spec ran: {@code moment}, {@code number}, {@code hash} of its text, {@code
     * place} in the spec. Written in the statement's own transaction, so it ran if this is there.
     */
    STATEMENT(Shown.REPORTED),
    /** A verification came to its verdict: {@code rows}, {@code differences}, {@code new}. */
    VERDICT(Shown.NOWHERE),
    /** New differences are to be told. */
    ALARM(Shown.NOWHERE),
    /** They were told. */
    ALARM_TOLD(Shown.NOWHERE),
    /** They reached nobody: {@code error}. */
    ALARM_FAILED(Shown.NOWHERE),
    /** A command could not start: {@code command}, {@code started}, {@code outcome}, message. */
    REFUSED(Shown.NOWHERE),
    /** The migration was begun anew behind this: {@code command}, {@code started}, and so on. */
    RESTARTED(Shown.NOWHERE);

    private final Shown shown;

    Kind(Shown shown) {
      this.shown = shown;
    }

    /** Those that the report lists. */
    public static List<String> reported() {
      return names(shown -> shown != Shown.NOWHERE);
    }

    /** Those that say what is going on. */
    static List<String> noted() {
      return names(shown -> shown == Shown.NOTED);
    }

    private static List<String> names(Predicate<Shown> wanted) {
      return Arrays.stream(values()).filter(k -> wanted.test(k.shown)).map(Kind::name).toList();
    }
  }

  public Event {
    facts = Collections.unmodifiableMap(new TreeMap<>(facts));
  }

  static Event runBegun(String command, String holder) {
    return new Event(
        Kind.RUN_BEGUN,
        Map.of("command", command, "holder", holder),
        command + " was begun by " + holder);
  }

  static Event runEnded(String command, String outcome) {
    return new Event(
        Kind.RUN_ENDED,
        Map.of("command", command, "outcome", outcome),
        command + " ended: " + outcome);
  }

  static Event phase(Snapshot.Phase phase) {
    return new Event(Kind.PHASE, Map.of("phase", phase.name()), "phase " + phase);
  }

  static Event sourceMoved(String before, String now) {
    return new Event(
        Kind.SOURCE_MOVED,
        Map.of("before", before, "now", now),
        "the source moved from server " + before + " to " + now);
  }

  /** The source was altered in so many places. */
  public static Event sourceAltered(int places) {
    return new Event(
        Kind.SOURCE_ALTERED,
        Map.of("places", String.valueOf(places)),
        "the source was altered meanwhile");
  }

  /** What came to the mapping, in words. */
  public static Event extended(String what) {
    return new Event(Kind.EXTENDED, Map.of(), what);
  }

  static Event defined() {
    return new Event(Kind.DEFINED, Map.of(), "all definitions behind the load are made");
  }

  /**
   * What the target lacks of its definitions.
   *
   * @param constraint its table and name; null for what is no constraint
   */
  public static Event constraint(@Nullable String constraint, String text) {
    return new Event(
        Kind.CONSTRAINT, constraint == null ? Map.of() : Map.of("constraint", constraint), text);
  }

  /** A constraint that holds for new rows only is tried again. */
  public static Event tried(String constraint) {
    return new Event(Kind.TRIED, Map.of("constraint", constraint), constraint);
  }

  /** The source is away; there is nowhere to note that the target is. */
  public static Event sourceAway(String reason) {
    return new Event(
        Kind.OUTAGE,
        Map.of("over", "false", "reason", reason),
        "waiting for the source: " + reason);
  }

  /** Both databases are back. */
  public static Event wentOn(String reason) {
    return new Event(
        Kind.OUTAGE,
        Map.of("over", "true", "reason", reason),
        "went on after an outage: " + reason);
  }

  /** A cluster has taken a job of the run. */
  public static Event jobTaken(Snapshot.Job job) {
    return new Event(
        Kind.JOB_TAKEN,
        Map.of("cluster", job.cluster(), "id", job.id(), "name", job.name()),
        "job " + job.id() + " on " + job.cluster() + ": " + job.name());
  }

  /** A job of the run was lost by its cluster. */
  public static Event jobLost(String job, String reason) {
    return new Event(
        Kind.JOB, Map.of("job", job, "reason", reason), job + " is begun again: " + reason);
  }

  /** A job waits, in words. */
  public static Event waiting(String what) {
    return new Event(Kind.WAITING, Map.of(), what);
  }

  /**
   * A session was ended.
   *
   * @param what it had and did not do, in words
   */
  public static Event takeover(String table, long chunk, String what) {
    return new Event(
        Kind.TAKEOVER,
        Map.of("table", table, "chunk", String.valueOf(chunk)),
        what + "; that session was ended");
  }

  static Event statement(StatementLedger.Ran ran) {
    return new Event(
        Kind.STATEMENT,
        Map.of(
            "moment",
            ran.moment(),
            "number",
            String.valueOf(ran.number()),
            "hash",
            ran.hash(),
            "place",
            ran.place()),
        ran.place() + " ran");
  }

  static Event verdict(long rows, long differences, long news) {
    return new Event(
        Kind.VERDICT,
        Map.of(
            "rows", String.valueOf(rows),
            "differences", String.valueOf(differences),
            "new", String.valueOf(news)),
        differences == 0
            ? "no difference"
            : differences + " differences, " + news + " of them new");
  }

  static Event alarm(long news) {
    return new Event(Kind.ALARM, Map.of("new", String.valueOf(news)), news + " new differences");
  }

  static Event alarmTold() {
    return new Event(Kind.ALARM_TOLD, Map.of(), "the alarm was told");
  }

  static Event alarmFailed(String error) {
    return new Event(
        Kind.ALARM_FAILED, Map.of("error", error), "the alarm reached nobody: " + error);
  }

  static Event refused(String command, Instant started, String outcome, String message) {
    return noRun(Kind.REFUSED, command, started, outcome, message);
  }

  static Event restarted(Instant started) {
    return noRun(
        Kind.RESTARTED,
        "restart",
        started,
        "DONE",
        "began anew: what was moved before was removed from the target");
  }

  private static Event noRun(
      Kind kind, String command, Instant started, String outcome, String message) {
    return new Event(
        kind,
        Map.of("command", command, "started", started.toString(), "outcome", outcome),
        message);
  }
}
