package dev.landfall.pipelines.proof;

import dev.landfall.transforms.convert.ConvertedBatch;
import dev.landfall.transforms.convert.TableConverter;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.value.Rows;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows that were read of the source once and are in the copy too: what either side has, row by row
 * in the same order. A row that can't be converted, or that the target refuses, is on neither side.
 */
final class CopiedRows {
  private final ScratchTable scratch;
  private final TableConverter converter;
  private final int columns;
  private final List<RowBatch> batches = new ArrayList<>();
  private final List<Rows> converted = new ArrayList<>();
  private final List<Integer> representatives = new ArrayList<>();
  private final Map<List<@Nullable String>, Integer> bySource = new HashMap<>();
  private Rows source;
  private Rows target;
  private int refused;

  private CopiedRows(TableMapping mapping, ScratchTable scratch) {
    this.scratch = scratch;
    this.converter = new TableConverter(mapping);
    this.columns = scratch.table().columns().size();
    this.source = Rows.builder(columns).build();
    this.target = Rows.builder(columns + 1).build();
  }

  /**
   * Copies rows.
   *
   * @param mapping of the table to the copy alone
   * @param twice whether to have the first row twice, for a table that may have equal rows
   */
  static CopiedRows of(TableMapping mapping, Rows read, ScratchTable scratch, boolean twice)
      throws SQLException {
    CopiedRows rows = new CopiedRows(mapping, scratch);
    rows.load(read);
    if (twice && !rows.batches.isEmpty()) {
      Rows first = rows.batches.get(0).rows();
      rows.load(Rows.builder(first.columns()).addRow(first, 0).build());
    }
    scratch.loaded();
    rows.match();
    return rows;
  }

  private void load(Rows rows) throws SQLException {
    if (rows.size() == 0) {
      return;
    }
    RowBatch batch = new RowBatch(0, 0, batches.size(), false, rows);
    ConvertedBatch made = converter.convert(batch);
    Rows loaded = made.targets().get(0);
    if (!made.rejects().isEmpty()) {
      Rows.Builder kept = Rows.builder(rows.columns());
      for (int row = 0; row < loaded.size(); row++) {
        kept.addRow(rows, made.sourceRow(row));
      }
      refused += rows.size() - loaded.size();
      load(kept.build());
    } else if (scratch.load(loaded)) {
      batches.add(batch);
      converted.add(loaded);
    } else if (rows.size() == 1) {
      refused++;
    } else {
      int half = rows.size() / 2;
      load(part(rows, 0, half));
      load(part(rows, half, rows.size()));
    }
  }

  private static Rows part(Rows rows, int from, int to) {
    Rows.Builder part = Rows.builder(rows.columns());
    for (int row = from; row < to; row++) {
      part.addRow(rows, row);
    }
    return part.build();
  }

  private void match() throws SQLException {
    source = Rows.concat(columns, converted);
    target = scratch.numbered();
    if (source.size() != target.size()) {
      throw new IllegalStateException(
          "the copy of " + source.size() + " rows has " + target.size() + " rows");
    }
    Map<List<@Nullable String>, Integer> byTarget = new HashMap<>();
    for (int row = 0; row < source.size(); row++) {
      Integer same = byTarget.putIfAbsent(texts(target, row, all()), row);
      representatives.add(same == null ? row : same);
      bySource.putIfAbsent(texts(source, row, all()), row);
    }
  }

  /** How many rows are on both sides. */
  int size() {
    return source.size();
  }

  /** How many rows are on neither. */
  int refused() {
    return refused;
  }

  /** The rows as they were read of the source; at least one batch. */
  List<RowBatch> batches() {
    return batches;
  }

  /** The row's number in the copy. */
  long number(int row) {
    return number(target, row, columns);
  }

  static long number(Rows rows, int row, int column) {
    return Long.parseLong(String.valueOf(rows.text(row, column)));
  }

  /** What the copy has, as PostgreSQL prints it. */
  @Nullable String text(int row, int column) {
    return target.text(row, column);
  }

  /** What the copy has in some columns. */
  List<@Nullable String> texts(int row, int[] some) {
    return texts(target, row, some);
  }

  /** The same as the source has it, converted: by these texts a difference names its row. */
  List<@Nullable String> named(int row, int[] some) {
    return some.length == columns
        ? texts(source, representatives.get(row), some)
        : texts(source, row, some);
  }

  /**
   * Equal rows may be named by any of them: of whole rows, the texts of the first that is equal.
   */
  List<@Nullable String> first(List<@Nullable String> texts) {
    Integer row = texts.size() == columns ? bySource.get(texts) : null;
    return row == null ? texts : texts(source, representatives.get(row), all());
  }

  static List<@Nullable String> texts(Rows rows, int row, int[] some) {
    List<@Nullable String> texts = new ArrayList<>();
    for (int column : some) {
      texts.add(rows.text(row, column));
    }
    return texts;
  }

  private int[] all() {
    int[] all = new int[columns];
    for (int column = 0; column < columns; column++) {
      all[column] = column;
    }
    return all;
  }
}
