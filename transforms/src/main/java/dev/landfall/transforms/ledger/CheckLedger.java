package dev.landfall.transforms.ledger;

import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.check.CheckResult.Outcome;
import dev.landfall.transforms.check.Finding;
import dev.landfall.transforms.check.Finding.Severity;
import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.jdbc.Row;
import dev.landfall.transforms.jdbc.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows of checks: what they go by, and what they found. Works on the connection
 * that it is given, as part of its transaction where it has one.
 */
public final class CheckLedger {
  private final Connection connection;

  /** Over that connection to the target. */
  public CheckLedger(Connection connection) {
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

  /**
   * Writes down what a run found of a subject, in place of what it had written down of it before.
   * Nothing found is something too: from now on that is what stands.
   */
  public void keep(long run, String subject, List<CheckResult> results) throws SQLException {
    query(CheckStatements.FORGET, run, subject).update();
    Query result = query(CheckStatements.ADD, run, subject);
    Query finding = query(CheckStatements.ADD_FINDING, run, subject);
    for (int i = 0; i < results.size(); i++) {
      CheckResult one = results.get(i);
      result
          .bind("position", i)
          .bind("check", one.name())
          .bind("outcome", one.outcome().name())
          .bind("message", one.message())
          .bind("notes", "text", one.notes())
          .bind("differences", one.differences())
          .addBatch();
      finding.bind("position", i);
      for (int j = 0; j < one.findings().size(); j++) {
        bind(finding.bind("number", j), one.findings().get(j)).addBatch();
      }
    }
    result.executeBatch();
    finding.executeBatch();
    query(CheckStatements.LOOKED, run, subject).update();
  }

  private static Query bind(Query insert, Finding finding) {
    return insert
        .bind("severity", finding.severity().name())
        .bind("kind", finding.kind())
        .bind("table", finding.table())
        .bind("object", finding.object())
        .bind("key", storable(JsonKeys.json(finding.key())))
        .bind("expected", storable(finding.expected()))
        .bind("found", storable(finding.found()))
        .bind("reason", finding.reason())
        .bind("remedy", finding.remedy());
  }

  private Query query(String sql, long run, String subject) {
    return Query.of(connection, sql).bind("run", run).bind("subject", subject);
  }

  /** PostgreSQL's texts have no NUL character. */
  private static @Nullable String storable(@Nullable String text) {
    return text == null ? null : text.replace("\\u0000", "\\ufffd").replace('\0', '\ufffd');
  }

  private record Place(String subject, long position) {
    static Place of(Row row) throws SQLException {
      return new Place(row.text("subject"), row.number("position"));
    }
  }

  /**
   * What the newest look at each subject found: first what is about definitions.
   *
   * @param most how many findings of each subject to give, the worst before others
   */
  public List<KeptCheck> standing(String migration, int most) throws SQLException {
    Map<Place, List<Finding>> findings = new HashMap<>();
    Map<Place, Map<Severity, Long>> counts = new HashMap<>();
    Query.of(connection, CheckStatements.FINDINGS)
        .bind("name", migration)
        .bind("most", most)
        .each(
            row -> {
              Place place = Place.of(row);
              Finding finding = finding(row);
              findings.computeIfAbsent(place, p -> new ArrayList<>()).add(finding);
              counts
                  .computeIfAbsent(place, p -> new EnumMap<>(Severity.class))
                  .put(finding.severity(), row.number("of_severity"));
            });
    List<KeptCheck> standing =
        Query.of(connection, CheckStatements.STANDING)
            .bind("name", migration)
            .list(
                row -> {
                  Place place = Place.of(row);
                  return new KeptCheck(
                      new CheckResult(
                          place.subject(),
                          row.text("name"),
                          Outcome.valueOf(row.text("outcome")),
                          row.textOrNull("message"),
                          row.texts("notes"),
                          row.number("differences"),
                          findings.getOrDefault(place, List.of())),
                      row.number("run"),
                      row.instant("finished"),
                      row.isTrue("by_newest"),
                      counts.getOrDefault(place, Map.of()));
                });
    return standing.stream()
        .sorted(Comparator.comparing(kept -> !kept.result().ofSchema()))
        .toList();
  }

  private static Finding finding(Row row) throws SQLException {
    return new Finding(
        Severity.valueOf(row.text("severity")),
        row.text("kind"),
        row.textOrNull("table_name"),
        row.textOrNull("object"),
        row.pairs("key_columns", "key_texts"),
        row.textOrNull("expected"),
        row.textOrNull("found"),
        row.textOrNull("reason"),
        row.textOrNull("remedy"));
  }
}
