package dev.landfall.runners.document;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.landfall.pipelines.api.SelfTestReport;
import dev.landfall.runners.document.TableNames.Named;
import dev.landfall.runners.document.TableNames.Names;
import java.util.List;

/** What {@code verify --self-test} says. */
public record SelfTestDocument(
    boolean proved,
    List<Named> tables,
    List<Named> cases,
    List<Named> unexpected,
    List<Named> notSeeded) {
  /** A target table and some of its columns in one text. */
  record Columns(@JsonUnwrapped Names names, String column) {
    static Columns of(String table, List<String> columns) {
      return new Columns(new TableNames().ofTarget(table), String.join(", ", columns));
    }
  }

  /** Of a report. */
  public static SelfTestDocument of(SelfTestReport report) {
    TableNames names = new TableNames();
    return new SelfTestDocument(
        report.proved(),
        names.ofTarget(report.tables(), SelfTestReport.Table::table),
        TableNames.named(report.cases(), one -> Columns.of(one.table(), one.columns())),
        names.ofTarget(report.unexpected(), SelfTestReport.Unexpected::table),
        TableNames.named(report.notSeeded(), one -> Columns.of(one.table(), one.columns())));
  }
}
