package dev.landfall.pipelines.report;

import dev.landfall.pipelines.report.Report.Check;
import dev.landfall.pipelines.report.Report.CheckRow;
import dev.landfall.pipelines.report.Report.Finding;
import dev.landfall.pipelines.report.Report.Repair;
import dev.landfall.pipelines.report.Report.SchemaCheck;
import dev.landfall.pipelines.report.Report.SelfTest;
import dev.landfall.transforms.sql.ReportSql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what the ledger has of a migration beside its rows: null for what was never looked at. */
final class ConditionReader {
  private final Rows rows;
  private final String name;

  ConditionReader(Rows rows, String name) {
    this.rows = rows;
    this.name = name;
  }

  private record Head(long run, boolean asPromised, List<String> notes, Instant finished) {}

  /** The newest comparison of the schema. */
  @Nullable SchemaCheck schema() throws SQLException {
    List<Head> heads =
        rows.read(
            ReportSql.SCHEMA_CHECK,
            r -> new Head(r.number(1), r.bool(2), r.texts(3), r.instant(4)),
            name);
    if (heads.isEmpty()) {
      return null;
    }
    Head head = heads.get(0);
    Map<String, Long> counts = new LinkedHashMap<>();
    List<Finding> findings =
        rows.read(
            ReportSql.SCHEMA_FINDINGS,
            r -> {
              counts.put(r.text(1), r.number(8));
              return new Finding(
                  r.text(1),
                  r.text(2),
                  r.text(3),
                  r.text(4),
                  r.textOrNull(5),
                  r.textOrNull(6),
                  r.textOrNull(7));
            },
            name,
            ReportReader.MOST);
    return new SchemaCheck(
        head.run(), head.asPromised(), head.notes(), head.finished(), findings, counts);
  }

  private record Placed(long position, long run, Check check) {}

  private record PlacedRow(long position, CheckRow row) {}

  /** The spec's checks as they were last asked. */
  @Nullable List<Check> checks() throws SQLException {
    List<Placed> placed =
        rows.read(
            ReportSql.CHECKS,
            r ->
                new Placed(
                    r.number(1),
                    r.number(7),
                    new Check(
                        r.text(2),
                        r.text(3),
                        r.textOrNull(4),
                        r.number(5),
                        r.instant(6),
                        List.of())),
            name);
    if (placed.isEmpty()) {
      return null;
    }
    List<PlacedRow> broken =
        rows.read(
            ReportSql.CHECK_ROWS,
            r ->
                new PlacedRow(
                    r.number(1),
                    new CheckRow(
                        r.text(2),
                        r.pairs(3, 4),
                        r.textOrNull(5),
                        r.textOrNull(6),
                        r.textOrNull(7))),
            placed.get(0).run());
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
              broken.stream()
                  .filter(row -> row.position() == one.position())
                  .map(PlacedRow::row)
                  .toList()));
    }
    return checks;
  }

  /** The newest sensitivity proof of each table. */
  @Nullable SelfTest selfTest() throws SQLException {
    List<SelfTest.TestedTable> tables =
        rows.read(
            ReportSql.SELF_TEST_TABLES,
            r -> new SelfTest.TestedTable(r.text(1), r.number(2), r.number(3), r.number(4)),
            name);
    if (tables.isEmpty()) {
      return null;
    }
    return new SelfTest(
        tables.get(tables.size() - 1).run(),
        tables,
        rows.read(
            ReportSql.SELF_TEST_CASES,
            r ->
                new SelfTest.Case(
                    r.text(1),
                    r.texts(2),
                    r.textOrNull(3),
                    r.text(4),
                    r.text(5),
                    r.text(6),
                    r.bool(7)),
            name,
            ReportReader.MOST));
  }

  /** What repairs did. */
  @Nullable List<Repair> repairs() throws SQLException {
    List<Repair> repairs =
        rows.read(
            ReportSql.REPAIRS,
            r -> new Repair(r.text(1), r.text(2), r.number(3), r.instant(4), r.bool(5)),
            name,
            name);
    return repairs.isEmpty() ? null : repairs;
  }
}
