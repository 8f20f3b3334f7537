package dev.landfall.pipelines.report;

import dev.landfall.pipelines.api.SelfTestReport;
import dev.landfall.pipelines.report.Report.Repair;
import dev.landfall.transforms.ledger.CheckLedger;
import dev.landfall.transforms.ledger.KeptCheck;
import dev.landfall.transforms.ledger.ReportStatements;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what the ledger has of a migration beside its rows: null for what was never looked at. */
final class ConditionReader {
  private final Rows rows;

  ConditionReader(Rows rows) {
    this.rows = rows;
  }

  /** What the newest looks found. */
  List<KeptCheck> checks() throws SQLException {
    return new CheckLedger(rows.connection()).standing(rows.name(), ReportReader.MOST);
  }

  /** The newest sensitivity proof of each table. */
  @Nullable Proof selfTest() throws SQLException {
    List<Proof.TestedTable> tables =
        rows.of(ReportStatements.SELF_TEST_TABLES)
            .list(
                r ->
                    new Proof.TestedTable(
                        r.text("target_table"),
                        r.number("cases"),
                        r.number("passed"),
                        r.number("run")));
    if (tables.isEmpty()) {
      return null;
    }
    return new Proof(
        tables.get(tables.size() - 1).run(),
        tables,
        rows.of(ReportStatements.SELF_TEST_CASES)
            .bind("most", ReportReader.MOST)
            .list(
                r ->
                    new SelfTestReport.Case(
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
