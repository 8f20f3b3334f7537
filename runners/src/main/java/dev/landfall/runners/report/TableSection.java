package dev.landfall.runners.report;

import static dev.landfall.runners.view.Numbers.count;

import dev.landfall.pipelines.report.Report;
import dev.landfall.pipelines.report.Report.TableVerdict;
import dev.landfall.runners.report.Page.Block;
import dev.landfall.runners.report.Page.Cell;
import dev.landfall.runners.report.Page.Head;
import dev.landfall.runners.report.Page.Row;
import dev.landfall.runners.report.Page.Section;
import dev.landfall.runners.report.Page.Share;
import dev.landfall.runners.report.Page.Table;
import dev.landfall.runners.view.VerdictWord;
import dev.landfall.transforms.ledger.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** All tables with their rows: those with something to say first where there are many. */
final class TableSection {
  /** As many tables are shown at once. */
  private static final int MANY = 50;

  /** As many of those that have something to say. */
  private static final int MOST = 500;

  private static final List<Head> HEADS =
      Head.all(
          "Source table",
          "Target table",
          "#Source rows",
          "#Loaded",
          "#Left out",
          "#Rejected",
          "#Rows compared: source",
          "#target",
          "#Differ",
          "Verdict");

  private final Report report;
  private final Map<Integer, List<TableVerdict>> verdicts;

  TableSection(Report report) {
    this.report = report;
    this.verdicts = report.verdictsByTable();
  }

  private Snapshot.Verdict verdict(int position) {
    return Report.verified(verdicts.getOrDefault(position, List.of()));
  }

  Section section() {
    List<Snapshot.Table> tables = report.snapshot().tables();
    List<Row> telling = new ArrayList<>();
    List<Row> others = new ArrayList<>();
    long equal = 0;
    long different = 0;
    for (int i = 0; i < tables.size(); i++) {
      Snapshot.Table table = tables.get(i);
      boolean plain = plain(table, verdict(i));
      List<Row> to = tables.size() <= MANY || (!plain && telling.size() < MOST) ? telling : others;
      to.addAll(rows(table, verdicts.getOrDefault(i, List.of())));
      equal += verdict(i) == Snapshot.Verdict.EQUAL ? 1 : 0;
      different += verdict(i) == Snapshot.Verdict.DIFFERENT ? 1 : 0;
    }
    long open = tables.size() - equal - different;
    return Section.of(
        "Tables",
        List.of(),
        Block.of(share(equal, different, open)),
        Block.of(
            Table.of(
                tables.size() <= MANY
                    ? "Rows of each table"
                    : "Tables that differ, or that not every row was loaded or compared of",
                HEADS,
                telling)),
        Block.of(
            new Table(
                "Rows of the other tables",
                count(others.size(), "more target table"),
                HEADS,
                others)));
  }

  private static Share share(long equal, long different, long open) {
    List<String> styles = List.of("good", "bad", "pale");
    List<Long> shares = List.of(equal, different, open);
    List<String> words =
        List.of(
            count(equal) + " equal",
            count(different) + " different",
            count(open) + " not compared");
    return new Share(
        "share-of-tables",
        "Tables by verdict",
        String.join(", ", words),
        List.of(Charts.stacked(shares, styles)),
        IntStream.range(0, styles.size())
            .mapToObj(i -> new Page.Key(styles.get(i), words.get(i)))
            .toList());
  }

  private static boolean plain(Snapshot.Table table, Snapshot.Verdict verdict) {
    return table.done()
        && table.rowsRejected() == 0
        && table.rowsFiltered() == 0
        && verdict == Snapshot.Verdict.EQUAL;
  }

  private static List<Row> rows(Snapshot.Table table, List<TableVerdict> found) {
    List<Row> rows = new ArrayList<>();
    for (String target : table.targets()) {
      rows.add(
          row(
              table,
              target,
              found.stream().filter(v -> v.target().equals(target)).findAny().orElse(null)));
    }
    return rows;
  }

  private static Row row(Snapshot.Table table, String target, @Nullable TableVerdict verdict) {
    return Row.of(
        Cell.head(table.table()),
        Cell.text(target),
        Cell.number(
            table.done() ? count(table.rowsRead()) : "about " + count(table.estimatedRows())),
        Cell.number(count(table.rowsLoaded())),
        Cell.number(count(table.rowsFiltered())),
        Cell.styled(table.rowsRejected() == 0 ? "n" : "n bad", count(table.rowsRejected())),
        Cell.number(verdict == null ? "" : count(verdict.sourceRows())),
        Cell.number(verdict == null ? "" : count(verdict.targetRows())),
        Cell.styled(
            verdict == null || verdict.differences() == 0 ? "n" : "n bad",
            verdict == null ? "" : count(verdict.differences())),
        verdict(table, verdict));
  }

  private static Cell verdict(Snapshot.Table table, @Nullable TableVerdict newest) {
    VerdictWord verdict = VerdictWord.of(table, newest);
    return Cell.styled(CellTexts.style(verdict.tone()), verdict.word());
  }
}
