package dev.landfall.transforms.ledger;

import dev.landfall.transforms.promise.SchemaFinding;
import dev.landfall.transforms.promise.SchemaReport;
import dev.landfall.transforms.sql.ConditionSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows of promises beside rows. Works on the connection that it is given, as part
 * of its transaction where it has one.
 */
public final class ConditionLedger {
  private final Connection connection;

  /** Over that connection to the target. */
  public ConditionLedger(Connection connection) {
    this.connection = connection;
  }

  /** Notes that all definitions that come after the load were made. */
  public void addAfterLoad(String migration) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ConditionSql.ADD_AFTER_LOAD)) {
      insert.setString(1, migration);
      insert.executeUpdate();
    }
  }

  /** Whether all definitions that come after the load were made once. */
  public boolean isAfterLoad(String migration) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(ConditionSql.AFTER_LOAD)) {
      select.setString(1, migration);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /** What the migration said of constraints and indexes that it could not make. */
  public List<String> said(String migration) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(ConditionSql.SAID)) {
      select.setString(1, migration);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          texts.add(row.getString(1));
        }
      }
    }
    return texts;
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
    try (PreparedStatement update = connection.prepareStatement(ConditionSql.LOOKED)) {
      update.setString(1, what.name());
      update.setString(2, what.name());
      update.setLong(3, run);
      update.executeUpdate();
    }
  }

  /** Forgets what a run found but for the source's count, for one that begins again. */
  public void forget(long run) throws SQLException {
    forget(run, ConditionSql.FORGET);
  }

  /** Forgets how a run's rows stood to the source's count. */
  public void forgetCount(long run) throws SQLException {
    forget(run, ConditionSql.FORGET_COUNT);
  }

  private void forget(long run, List<String> statements) throws SQLException {
    for (String sql : statements) {
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        delete.setLong(1, run);
        delete.executeUpdate();
      }
    }
  }

  /** Writes down what a run found of the schema. */
  public void add(long run, SchemaReport report) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ConditionSql.ADD_SCHEMA_CHECK)) {
      insert.setLong(1, run);
      insert.setBoolean(2, report.asPromised());
      insert.setArray(3, connection.createArrayOf("text", report.notes().toArray()));
      insert.executeUpdate();
    }
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
    try (PreparedStatement delete = connection.prepareStatement(ConditionSql.FORGET_SOURCE);
        PreparedStatement add = connection.prepareStatement(ConditionSql.BREAK_SCHEMA_CHECK);
        PreparedStatement next = connection.prepareStatement(ConditionSql.NEXT_FINDING)) {
      delete.setLong(1, run);
      delete.executeUpdate();
      looked(run, Look.SOURCE);
      if (changes.isEmpty()) {
        return;
      }
      add.setLong(1, run);
      add.setArray(2, connection.createArrayOf("text", new String[] {note}));
      add.executeUpdate();
      next.setLong(1, run);
      try (ResultSet row = next.executeQuery()) {
        row.next();
        addFindings(run, row.getInt(1), changes);
      }
    }
  }

  private void addFindings(long run, int from, List<SchemaFinding> findings) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ConditionSql.ADD_SCHEMA_FINDING)) {
      for (int i = 0; i < findings.size(); i++) {
        SchemaFinding finding = findings.get(i);
        insert.setLong(1, run);
        insert.setInt(2, from + i);
        insert.setString(3, finding.kind().name());
        insert.setString(4, finding.table().toString());
        insert.setString(5, finding.object());
        insert.setString(6, finding.promised());
        insert.setString(7, finding.found());
        insert.setString(8, finding.severity().name());
        insert.setString(9, finding.reason());
        insert.addBatch();
      }
      insert.executeBatch();
    }
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
    try (PreparedStatement insert = connection.prepareStatement(ConditionSql.ADD_RULE_CHECK)) {
      insert.setLong(1, run);
      insert.setInt(2, position);
      insert.setString(3, name);
      insert.setString(4, outcome);
      insert.setString(5, message);
      insert.setLong(6, differences);
      insert.executeUpdate();
    }
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
    try (PreparedStatement insert = connection.prepareStatement(ConditionSql.ADD_RULE_CHECK_ROW)) {
      insert.setLong(1, run);
      insert.setInt(2, position);
      insert.setInt(3, number);
      insert.setString(4, storable(JsonKeys.json(key)));
      insert.setString(5, column);
      insert.setString(6, storable(source));
      insert.setString(7, storable(target));
      insert.setString(8, kind);
      insert.executeUpdate();
    }
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
    List<Broken> broken = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(ConditionSql.BROKEN)) {
      select.setString(1, migration);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          broken.add(new Broken(row.getString(1), row.getBoolean(2)));
        }
      }
    }
    return broken;
  }
}
