package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.jdbc.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A migration's runs, from their beginning to their end. Works on the connection that it is given
 * and commits each call, unless the caller has turned auto-commit off.
 */
public final class RunLedger {
  private final Connection connection;
  private final String name;

  /** The runs of that migration, over that connection to the target. */
  public RunLedger(Connection connection, String name) {
    this.connection = connection;
    this.name = name;
  }

  /** Jobs of clusters that belong to runs which an activity excludes and which have not ended. */
  public List<Snapshot.Job> openJobs(Activity activity) throws SQLException {
    return ofActivities(RunStatements.OPEN_JOBS, activity.excluding())
        .list(row -> new Snapshot.Job(row.text("cluster"), row.text("id"), row.text("name")));
  }

  /**
   * A run that has not ended.
   *
   * @param holder who runs it, and since when
   */
  public record OpenRun(long id, Activity activity, String holder) {}

  /** The newest run of each activity that has not ended. */
  public List<OpenRun> openRuns() throws SQLException {
    return query(RunStatements.OPEN_RUNS)
        .list(
            row ->
                new OpenRun(
                    row.number("id"), Activity.valueOf(row.text("activity")), row.text("holder")));
  }

  /**
   * Ends runs that a killed process left open, and the phase of a migration that they moved. Only
   * under the lock of all activities.
   */
  public void endStale(String outcome) throws SQLException {
    endStale(outcome, List.of(Activity.values()));
  }

  /** The same for runs that an activity excludes. Only under its lock. */
  public void endStale(String outcome, Activity activity) throws SQLException {
    endStale(outcome, activity.excluding());
  }

  private void endStale(String outcome, List<Activity> activities) throws SQLException {
    end(
        outcome,
        ofActivities(
            RunStatements.END_RUNS.formatted(
                "migration = :name AND activity = ANY (:activities)", RunStatements.MOVING),
            activities));
  }

  private Query ofActivities(String sql, List<Activity> activities) {
    return query(sql).bind("activities", "text", activities.stream().map(Activity::name).toList());
  }

  /** Whether there were any. */
  private boolean end(String outcome, Query runs) throws SQLException {
    return Transactions.in(
        connection,
        () -> {
          List<Ended> ended =
              runs.bind("outcome", outcome)
                  .list(row -> new Ended(row.number("id"), row.text("command")));
          for (Ended run : ended) {
            Events.add(connection, name, run.id(), Event.runEnded(run.command(), outcome));
          }
          return !ended.isEmpty();
        });
  }

  private record Ended(long id, String command) {}

  /** Begins a run; runs that a killed process left open end. Only under its lock. */
  public long startRun(String command, String holder) throws SQLException {
    Activity activity = Activity.of(command);
    return Transactions.in(
        connection,
        () -> {
          endStale("ABANDONED", activity);
          query(RunStatements.FORGET_STEPS).update();
          long run =
              query(
                      """
                      INSERT INTO landfall.run (migration, command, activity, phase, holder)
                      VALUES (:name, :command, :activity, :phase, :holder) RETURNING id
                      """)
                  .bind("command", command)
                  .bind("activity", activity.name())
                  .bind("phase", activity.phase() == null ? null : activity.phase().name())
                  .bind("holder", holder)
                  .number();
          Events.add(connection, name, run, Event.runBegun(command, holder));
          return run;
        });
  }

  /**
   * Ends a run, and with it the phase of a migration that it moved; false when it has ended
   * already, and nothing is changed.
   */
  public boolean endRun(long run, String outcome) throws SQLException {
    return end(
        outcome,
        Query.of(connection, RunStatements.END_RUNS.formatted("id = :run", RunStatements.MOVING))
            .bind("run", run));
  }

  /** Who began the run behind that one and when, empty when there is none. */
  public Optional<String> successor(long run) throws SQLException {
    return query(RunStatements.HOLDER + "id > :run ORDER BY id LIMIT 1")
        .bind("run", run)
        .one(row -> row.text("holder"));
  }

  /**
   * Sets the phase that the run has come to, and the migration where it is a load. With this
   * connection's synchronous commit everything that was committed before is on the target's disk
   * when it returns, the chunks' commits that did not wait included.
   */
  public void setPhase(long run, Snapshot.Phase phase) throws SQLException {
    Transactions.in(
        connection,
        () -> {
          query(RunStatements.SET_PHASE).bind("run", run).bind("phase", phase.name()).exists();
          Events.add(connection, name, run, Event.phase(phase));
          return phase;
        });
  }

  private Query query(String sql) {
    return Query.of(connection, sql).bind("name", name);
  }
}
