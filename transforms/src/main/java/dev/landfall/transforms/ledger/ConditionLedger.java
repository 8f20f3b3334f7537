package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.jdbc.Transactions;
import dev.landfall.transforms.promise.SchemaFinding;
import dev.landfall.transforms.promise.SchemaReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows of promises beside rows. Works on the connection that it is given, as part
 * of its transaction where it has one.
 */
public final class ConditionLedger {
  /** The place of the source's count among a run's checks: behind all of the spec. */
  public static final int COUNTED = ConditionStatements.COUNTED;

  private final Connection connection;

  /** Over that connection to the target. */
  public ConditionLedger(Connection connection) {
    this.connection = connection;
  }

  /** Notes that all definitions that come after the load were made, by that run. */
  public void addAfterLoad(String migration, long run) throws SQLException {
    Transactions.in(
        connection,
        () -> {
          Query.of(
                  connection,
                  "UPDATE landfall.migration SET after_load = clock_timestamp() WHERE name = :name")
              .bind("name", migration)
              .update();
          Events.add(connection, migration, run, Event.defined());
          return run;
        });
  }

  /** Whether all definitions that come after the load were made once. */
  public boolean isAfterLoad(String migration) throws SQLException {
    return Query.of(
            connection,
            "SELECT 1 FROM landfall.migration WHERE name = :name AND after_load IS NOT NULL")
        .bind("name", migration)
        .exists();
  }

  /** What the migration said of constraints and indexes that it could not make. */
  public List<String> said(String migration) throws SQLException {
    return Query.of(
            connection,
            """
            SELECT text FROM landfall.event WHERE migration = :name AND kind = 'CONSTRAINT'
            ORDER BY id
            """)
        .bind("name", migration)
        .list(row -> row.text("text"));
  }

  /** What a run may look at: what it finds there takes the place of what was found before. */
  public enum Look {
    SOURCE,
    TARGET,
    CHECKS,
    COUNT
  }

  /** Notes that a run has looked at something, whether it found anything or not. */
  public void looked(long run, Look what) throws SQLException {
    query(
            """
            UPDATE landfall.run
            SET looked = array_append(array_remove(coalesce(looked, '{}'), :what), :what)
            WHERE id = :run
            """,
            run)
        .bind("what", what.name())
        .update();
  }

  /** Forgets what a run found but for the source's count, for one that begins again. */
  public void forget(long run) throws SQLException {
    query("DELETE FROM landfall.check_result WHERE run = :run AND position <> :counted", run)
        .bind("counted", COUNTED)
        .update();
    query(
            """
            UPDATE landfall.run SET looked = ARRAY(SELECT l FROM unnest(looked) l WHERE l = 'COUNT')
            WHERE id = :run AND looked IS NOT NULL
            """,
            run)
        .update();
  }

  /** Forgets how a run's rows stood to the source's count. */
  public void forgetCount(long run) throws SQLException {
    query("DELETE FROM landfall.check_result WHERE run = :run AND position = :counted", run)
        .bind("counted", COUNTED)
        .update();
    query("UPDATE landfall.run SET looked = array_remove(looked, 'COUNT') WHERE id = :run", run)
        .update();
  }

  /** Writes down what a run found of the schema. */
  public void add(long run, SchemaReport report) throws SQLException {
    addSchema(ConditionStatements.ADD, run, report.asPromised(), report.notes()).update();
    addFindings(run, 0, report.findings());
    looked(run, Look.TARGET);
  }

  /**
   * Writes down whether the source was altered, beside what the run found of the target, in place
   * of what it wrote down of the source before.
   *
   * @param changes none where it was not
   * @param note for a run that did not compare the target's schema
   */
  public void addOfSource(long run, List<SchemaFinding> changes, String note) throws SQLException {
    query(ConditionStatements.FORGET_SOURCE, run).update();
    looked(run, Look.SOURCE);
    if (changes.isEmpty()) {
      return;
    }
    addSchema(
            ConditionStatements.ADD
                + " ON CONFLICT (run, position) DO UPDATE SET outcome = excluded.outcome",
            run,
            false,
            List.of(note))
        .update();
    addFindings(run, (int) query(ConditionStatements.NEXT_FINDING, run).number(), changes);
  }

  private Query addSchema(String sql, long run, boolean asPromised, List<String> notes) {
    return query(sql, run)
        .bind("position", ConditionStatements.SCHEMA)
        .bind("check", "schema")
        .bind("outcome", asPromised ? "HELD" : "BROKEN")
        .bind("message", null)
        .bind("notes", "text", notes)
        .bind("differences", 0);
  }

  private void addFindings(long run, int from, List<SchemaFinding> findings) throws SQLException {
    Query insert = query(ConditionStatements.ADD_FINDING, run);
    insert.bind("position", ConditionStatements.SCHEMA).bind("key", null);
    for (int i = 0; i < findings.size(); i++) {
      SchemaFinding finding = findings.get(i);
      insert
          .bind("number", from + i)
          .bind("kind", finding.kind().name())
          .bind("table", finding.table().toString())
          .bind("object", finding.object())
          .bind("expected", finding.promised())
          .bind("found", finding.found())
          .bind("severity", finding.severity().name())
          .bind("reason", finding.reason())
          .addBatch();
    }
    insert.executeBatch();
  }

  /** Writes down what became of a check. */
  public void addCheck(
      long run,
      int position,
      String name,
      String outcome,
      @Nullable String message,
      long differences)
      throws SQLException {
    query(ConditionStatements.ADD, run)
        .bind("position", position)
        .bind("check", name)
        .bind("outcome", outcome)
        .bind("message", message)
        .bind("notes", "text", List.of())
        .bind("differences", differences)
        .update();
  }

  /** Writes down one row that breaks a check. */
  public void addCheckRow(
      long run,
      int position,
      int number,
      String kind,
      Map<String, @Nullable String> key,
      @Nullable String column,
      @Nullable String source,
      @Nullable String target)
      throws SQLException {
    query(ConditionStatements.ADD_FINDING, run)
        .bind("position", position)
        .bind("number", number)
        .bind("kind", kind)
        .bind("table", null)
        .bind("object", column)
        .bind("key", storable(JsonKeys.json(key)))
        .bind("expected", storable(source))
        .bind("found", storable(target))
        .bind("severity", null)
        .bind("reason", null)
        .update();
  }

  private Query query(String sql, long run) {
    return Query.of(connection, sql).bind("run", run);
  }

  /** PostgreSQL's texts have no NUL character. */
  private static @Nullable String storable(@Nullable String text) {
    return text == null ? null : text.replace("\\u0000", "\\ufffd").replace('\0', '\ufffd');
  }

  /**
   * Something that is other than promised.
   *
   * @param byNewestRun whether the newest run of all found it
   */
  public record Broken(String text, boolean byNewestRun) {}

  /** What is other than promised, by the newest look at each of what there is to look at. */
  public List<Broken> broken(String migration) throws SQLException {
    return Query.of(connection, ConditionStatements.BROKEN)
        .bind("name", migration)
        .list(row -> new Broken(row.text("text"), row.isTrue("by_newest")));
  }
}
