package dev.landfall.pipelines.report;

import dev.landfall.pipelines.report.Report.Repair;
import dev.landfall.pipelines.report.ReportedConditions.Check;
import dev.landfall.pipelines.report.ReportedConditions.CheckRow;
import dev.landfall.pipelines.report.ReportedConditions.Finding;
import dev.landfall.pipelines.report.ReportedConditions.SchemaCheck;
import dev.landfall.pipelines.report.ReportedConditions.SelfTest;
import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.ledger.ReportStatements;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what the ledger has of a migration beside its rows: null for what was never looked at. */
final class ConditionReader {
  private final Rows rows;

  ConditionReader(Rows rows) {
    this.rows = rows;
  }

  private record Head(long run, boolean asPromised, List<String> notes, Instant finished) {}

  /** The newest comparison of the schema. */
  @Nullable SchemaCheck schema() throws SQLException {
    Optional<Head> newest =
        rows.of(ReportStatements.SCHEMA_CHECK)
            .one(
                r ->
                    new Head(
                        r.number("run"),
                        r.isTrue("as_promised"),
                        r.texts("notes"),
                        r.instant("finished")));
    if (newest.isEmpty()) {
      return null;
    }
    Head head = newest.get();
    Map<String, Long> counts = new LinkedHashMap<>();
    List<Finding> findings =
        rows.of(ReportStatements.SCHEMA_FINDINGS)
            .bind("most", ReportReader.MOST)
            .list(
                r -> {
                  counts.put(r.text("severity"), r.number("of_severity"));
                  return new Finding(
                      r.text("severity"),
                      r.text("kind"),
                      r.text("table_name"),
                      r.text("object"),
                      r.textOrNull("expected"),
                      r.textOrNull("found"),
                      r.textOrNull("reason"));
                });
    return new SchemaCheck(
        head.run(), head.asPromised(), head.notes(), head.finished(), findings, counts);
  }

  private record Placed(long position, long run, Check check) {}

  /** The spec's checks as they were last asked. */
  @Nullable List<Check> checks() throws SQLException {
    List<Placed> placed =
        rows.of(ReportStatements.CHECKS)
            .list(
                r ->
                    new Placed(
                        r.number("position"),
                        r.number("run"),
                        new Check(
                            r.text("name"),
                            r.text("outcome"),
                            r.textOrNull("message"),
                            r.number("differences"),
                            r.instant("finished"),
                            List.of())));
    if (placed.isEmpty()) {
      return null;
    }
    Map<Long, List<CheckRow>> broken = new HashMap<>();
    Query.of(rows.connection(), ReportStatements.CHECK_ROWS)
        .bind("run", placed.get(0).run())
        .each(
            r ->
                broken
                    .computeIfAbsent(r.number("position"), p -> new ArrayList<>())
                    .add(
                        new CheckRow(
                            r.text("kind"),
                            r.pairs("key_columns", "key_texts"),
                            r.textOrNull("object"),
                            r.textOrNull("expected"),
                            r.textOrNull("found"))));
    List<Check> checks = new ArrayList<>();
    for (Placed one : placed) {
      Check check = one.check();
      checks.add(
          new Check(
              check.name(),
              check.outcome(),
              check.message(),
              check.differences(),
              check.finished(),
              broken.getOrDefault(one.position(), List.of())));
    }
    return checks;
  }

  /** The newest sensitivity proof of each table. */
  @Nullable SelfTest selfTest() throws SQLException {
    List<SelfTest.TestedTable> tables =
        rows.of(ReportStatements.SELF_TEST_TABLES)
            .list(
                r ->
                    new SelfTest.TestedTable(
                        r.text("target_table"),
                        r.number("cases"),
                        r.number("passed"),
                        r.number("run")));
    if (tables.isEmpty()) {
      return null;
    }
    return new SelfTest(
        tables.get(tables.size() - 1).run(),
        tables,
        rows.of(ReportStatements.SELF_TEST_CASES)
            .bind("most", ReportReader.MOST)
            .list(
                r ->
                    new SelfTest.Case(
                        r.text("target_table"),
                        r.texts("columns"),
                        r.textOrNull("type"),
                        r.text("fault"),
                        r.text("wanted"),
                        r.text("found"),
                        r.isTrue("passed"))));
  }

  /** What repairs did. */
  @Nullable List<Repair> repairs() throws SQLException {
    List<Repair> repairs =
        rows.of(ReportStatements.REPAIRS)
            .list(
                r ->
                    new Repair(
                        r.text("target_table"),
                        r.text("action"),
                        r.number("keys"),
                        r.instant("newest"),
                        r.isTrue("changed_since")));
    return repairs.isEmpty() ? null : repairs;
  }
}
