package dev.landfall.runners.document;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.landfall.pipelines.api.RepairReport;
import dev.landfall.runners.document.TableNames.Named;
import dev.landfall.runners.document.TableNames.Names;
import dev.landfall.transforms.refresh.RefreshedKey.Action;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** What {@code repair} says. */
public record RepairDocument(
    boolean executed,
    boolean equal,
    Instant verified,
    List<Table> tables,
    List<Named> keys,
    int keysLeftOut,
    List<String> warnings) {
  /** More are counted; {@code landfall.repair} in the target has each that was repaired. */
  private static final int MOST_KEYS = 1_000;

  /** One target table: its keys by what became of them, or would. */
  public record Table(
      @JsonUnwrapped Names names,
      long inserted,
      long updated,
      long deleted,
      long unchanged,
      long left,
      long failed,
      long unnamed,
      Collection<String> statements) {
    static Table of(RepairReport.Table table) {
      return new Table(
          Names.of(table.table(), table.target()),
          table.count(Action.INSERTED),
          table.count(Action.UPDATED),
          table.count(Action.DELETED),
          table.count(Action.UNCHANGED),
          table.count(Action.LEFT),
          table.count(Action.FAILED),
          table.unnamed(),
          table.statements().values());
    }
  }

  /** Of a report. */
  public static RepairDocument of(RepairReport report) {
    TableNames names = new TableNames();
    report.tables().forEach(table -> names.add(table.table(), table.target()));
    return new RepairDocument(
        report.executed(),
        report.equal(),
        report.verified(),
        report.tables().stream().map(Table::of).toList(),
        names.ofTarget(listed(report.keys()), RepairReport.Key::table),
        Math.max(0, report.keys().size() - MOST_KEYS),
        report.warnings());
  }

  /** No more keys than a reader can bear; first those on which both sides differ still. */
  private static List<RepairReport.Key> listed(List<RepairReport.Key> keys) {
    return keys.stream()
        .sorted(Comparator.comparing(key -> key.action().done()))
        .limit(MOST_KEYS)
        .toList();
  }
}
