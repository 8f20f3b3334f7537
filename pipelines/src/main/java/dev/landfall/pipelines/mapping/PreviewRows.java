package dev.landfall.pipelines.mapping;

import dev.landfall.pipelines.mapping.Preview.Cell;
import dev.landfall.pipelines.mapping.Preview.Fate;
import dev.landfall.pipelines.mapping.Preview.Made;
import dev.landfall.pipelines.mapping.Preview.Row;
import dev.landfall.transforms.convert.ConvertedBatch;
import dev.landfall.transforms.convert.Reject;
import dev.landfall.transforms.convert.Rejects;
import dev.landfall.transforms.convert.TableConverter;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.value.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Converts rows one by one, as a load does it, and keeps what each was. */
final class PreviewRows {
  private final TableMapping table;
  private final List<TableName> wanted;
  private final TableConverter converter;

  /**
   * For rows of a source table.
   *
   * @param wanted the targets to show
   */
  PreviewRows(TableMapping table, List<TableName> wanted) {
    this.table = ShownNumbers.in(table);
    this.wanted = List.copyOf(wanted);
    this.converter = new TableConverter(this.table);
  }

  List<Row> of(Rows read) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      Rows.Builder one = Rows.builder(read.columns());
      one.addRow(read, i);
      rows.add(row(one.build()));
    }
    return rows;
  }

  private Row row(Rows one) {
    Map<String, @Nullable String> key = Rejects.key(table, one, 0);
    ConvertedBatch made = converter.convert(new RowBatch(0, 0, 0, true, one));
    List<Reject> rejects = made.rejects();
    if (!rejects.isEmpty()) {
      Reject reject = rejects.get(0);
      return new Row(key, Fate.REJECTED, reject.located() + value(reject), List.of());
    }
    List<Made> targets = new ArrayList<>();
    List<String> takes = new ArrayList<>();
    for (int t = 0; t < table.targets().size(); t++) {
      TargetTable target = table.targets().get(t);
      if (wanted.contains(target.name())) {
        takes.add(target.name() + " takes " + target.rows(table.read()));
        int end = made.size() == 0 ? 0 : made.start(t, 1);
        for (int row = made.size() == 0 ? 0 : made.start(t, 0); row < end; row++) {
          targets.add(new Made(target.name(), cells(t, one, made, row)));
        }
      }
    }
    return targets.isEmpty()
        ? new Row(key, Fate.FILTERED, String.join("; ", takes), targets)
        : new Row(key, Fate.MOVES, null, targets);
  }

  private static String value(Reject reject) {
    return reject.column() == null
            || (reject.value() != null && reject.reason().contains(reject.value()))
        ? ""
        : "; the source has " + (reject.value() == null ? "NULL" : "'" + reject.value() + "'");
  }

  private List<Cell> cells(int target, Rows one, ConvertedBatch made, int row) {
    List<Cell> cells = new ArrayList<>();
    List<ColumnMapping> columns = table.targets().get(target).columns();
    for (int i = 0; i < columns.size(); i++) {
      cells.add(cell(target, columns.get(i), one, made, made.targets().get(target).text(row, i)));
    }
    return cells;
  }

  private Cell cell(
      int target, ColumnMapping column, Rows one, ConvertedBatch made, @Nullable String after) {
    Map<String, @Nullable String> before = new LinkedHashMap<>();
    for (int position : column.source().positions()) {
      before.put(table.read().get(position).name(), Rejects.text(table, one, 0, position));
    }
    boolean same = before.size() == 1 && before.values().stream().allMatch(b -> is(b, after));
    List<String> odd =
        made.dispositions().stream()
            .filter(d -> d.target() == target && before.containsKey(d.column()))
            .map(d -> d.column() + ": " + d.rule())
            .collect(Collectors.toList());
    return new Cell(
        column.name(), before, after, !same, new SheetColumn(table, column).column().rule(), odd);
  }

  private static boolean is(@Nullable String before, @Nullable String after) {
    return Objects.equals(before, after);
  }
}
