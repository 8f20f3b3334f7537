package dev.landfall.transforms.convert;

import dev.landfall.transforms.compute.UnfitException;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Each;
import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.ValueSource;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.value.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Applies one table's mapping to batches. Rows that need no change are passed on in the very arrays
 * that were read. Not thread-safe.
 */
public final class TableConverter {
  private final TableMapping mapping;
  private final ColumnConverter[][] targets;
  private final int[][] keys;
  private final Uses uses = new Uses();

  /** Which rows each target takes; null where each takes all. */
  private final @Nullable RowTest @Nullable [] filters;

  /** What of a row becomes rows of each target; null where the row itself does. */
  private final @Nullable Parts[] parts;

  /** Whether a target has the columns that are read, all of them and in order. */
  private final boolean[] sameLayout;

  /** A converter for that table. */
  public TableConverter(TableMapping mapping) {
    this.mapping = mapping;
    this.targets = new ColumnConverter[mapping.targets().size()][];
    this.keys = mapping.targets().stream().map(TargetTable::keyPositions).toArray(int[][]::new);
    this.sameLayout = new boolean[targets.length];
    this.parts = new @Nullable Parts[targets.length];
    for (int t = 0; t < targets.length; t++) {
      TargetTable target = mapping.targets().get(t);
      Each each = target.each();
      parts[t] = each == null ? null : new Parts(each);
      int position = t;
      targets[t] =
          target.columns().stream()
              .map(column -> converter(column, position))
              .toArray(ColumnConverter[]::new);
      sameLayout[t] = sameLayout(target, mapping.read().size());
    }
    this.filters = filters();
  }

  private @Nullable RowTest @Nullable [] filters() {
    if (mapping.targets().stream().allMatch(TargetTable::takesAllRows)) {
      return null;
    }
    @Nullable RowTest[] filters = new @Nullable RowTest[mapping.targets().size()];
    for (int t = 0; t < filters.length; t++) {
      int position = t;
      filters[t] =
          RowTest.of(mapping, mapping.targets().get(t), columns -> inputs(columns, position));
    }
    return filters;
  }

  private ColumnConverter converter(ColumnMapping column, int target) {
    if (column.source() instanceof ValueSource.Column read) {
      return converter(column, read, target);
    }
    if (column.source() instanceof ValueSource.Computed computed) {
      return new ComputedConverter(column, computed, inputs(computed.inputs(), target));
    }
    return new ConstantConverter(column, (ValueSource.Constant) column.source());
  }

  private ValueConverter converter(ColumnMapping column, ValueSource.Column read, int target) {
    SourceColumn source = mapping.read().get(read.position());
    ValueRules rules = ValueRules.of(new RuledColumn(source, column, target, uses));
    return new ValueConverter(column, read.position(), rules.isEmpty() ? null : rules);
  }

  private Inputs inputs(List<ColumnMapping> columns, int target) {
    return new Inputs(
        mapping.read(),
        columns,
        columns.stream()
            .map(input -> converter(input, (ValueSource.Column) input.source(), target))
            .toList());
  }

  private static boolean sameLayout(TargetTable target, int read) {
    return IntStream.range(0, target.columns().size())
            .allMatch(i -> target.columns().get(i).source().equals(new ValueSource.Column(i)))
        && target.columns().size() == read;
  }

  /** The batch as rows of the target tables. */
  public ConvertedBatch convert(RowBatch batch) {
    Rows in = batch.rows();
    if (filters != null) {
      return rebuild(batch);
    }
    List<Rows> out = new ArrayList<>(targets.length);
    for (int t = 0; t < targets.length; t++) {
      if (!sameLayout[t] || !unchanged(targets[t], in)) {
        return rebuild(batch);
      }
      out.add(in);
    }
    for (ColumnConverter[] target : targets) {
      for (ColumnConverter column : target) {
        column.countPassed(in);
      }
    }
    return new ConvertedBatch(batch, out, null, null, 0, List.of(), uses.take());
  }

  /**
   * Appends the key that a row gets in a target.
   *
   * @param target position of the table among the mapping's targets
   * @param in of which only the columns of that key are looked at
   * @param out rows of the key's columns in their order
   * @return false, and nothing is appended, when one of them can't be converted
   */
  public boolean key(int target, Rows in, int row, Rows.Builder out) {
    int before = out.size();
    boolean whole = true;
    for (int column : keys[target]) {
      whole = whole && targets[target][column].append(in, row, out) == null;
    }
    uses.discard();
    if (!whole) {
      out.truncate(before);
    }
    return whole;
  }

  /** Whether a target may have a row, as far as its filter tells. */
  public boolean mayTake(int target, Rows in, int row) {
    try {
      return parts[target] != null || takes(target, in, row);
    } catch (UnfitException e) {
      // Nobody knows.
      return true;
    }
  }

  private static boolean unchanged(ColumnConverter[] columns, Rows in) {
    for (ColumnConverter column : columns) {
      if (!column.unchanged(in)) {
        return false;
      }
    }
    return true;
  }

  private ConvertedBatch rebuild(RowBatch batch) {
    Rows in = batch.rows();
    Rows.Builder[] out = new Rows.Builder[targets.length];
    for (int t = 0; t < targets.length; t++) {
      out[t] = Rows.builder(targets[t].length, in.size(), in.byteCount() / targets.length);
    }
    List<ConvertedBatch.Rejected> rejects = new ArrayList<>();
    int[] sourceRows = new int[in.size()];
    int[][] starts = filters == null ? null : new int[targets.length][in.size() + 1];
    int kept = 0;
    int filtered = 0;
    for (int row = 0; row < in.size(); row++) {
      Reject reject = appendRow(in, row, out);
      if (reject != null) {
        uses.discard();
        rejects.add(new ConvertedBatch.Rejected(reject, takers(in, row)));
        for (int t = 0; t < out.length; t++) {
          out[t].truncate(starts == null ? kept : starts[t][kept]);
        }
      } else if (starts != null && !grew(out, starts, kept)) {
        filtered++;
      } else {
        uses.commit(row);
        sourceRows[kept++] = row;
        for (int t = 0; starts != null && t < out.length; t++) {
          starts[t][kept] = out[t].size();
        }
      }
    }
    return new ConvertedBatch(
        batch,
        Arrays.stream(out).map(Rows.Builder::build).toList(),
        kept == in.size() ? null : Arrays.copyOf(sourceRows, kept),
        starts,
        filtered,
        rejects,
        uses.take());
  }

  private static boolean grew(Rows.Builder[] out, int[][] starts, int before) {
    for (int t = 0; t < out.length; t++) {
      if (out[t].size() > starts[t][before]) {
        return true;
      }
    }
    return false;
  }

  private boolean takes(int target, Rows in, int row) throws UnfitException {
    RowTest filter = filters == null ? null : filters[target];
    return filter == null || filter.passes(in, row);
  }

  /** The targets that take a row; null for all. */
  private @Nullable BitSet takers(Rows in, int row) {
    if (filters == null) {
      return null;
    }
    BitSet takers = new BitSet();
    for (int t = 0; t < targets.length; t++) {
      // Where nobody knows whether the target should have it, it lacks there.
      takers.set(t, mayTake(t, in, row));
    }
    return takers;
  }

  private @Nullable Reject appendRow(Rows in, int row, Rows.Builder[] out) {
    for (int t = 0; t < targets.length; t++) {
      Parts apart = parts[t];
      Reject reject;
      if (apart == null) {
        reject = append(t, in, row, in, row, out[t]);
      } else {
        try {
          Rows rows = apart.of(in, row);
          reject = null;
          for (int i = 0; reject == null && i < rows.size(); i++) {
            reject = append(t, rows, i, in, row, out[t]);
          }
        } catch (UnfitException e) {
          reject = Rejects.of(mapping, in, row, null, e.reason());
        }
      }
      if (reject != null) {
        return reject;
      }
    }
    return null;
  }

  /**
   * @param rows what the target's row is made of, and {@code at} which of it
   * @param in what was read for it
   */
  private @Nullable Reject append(int t, Rows rows, int at, Rows in, int row, Rows.Builder out) {
    try {
      if (filters != null && !takes(t, rows, at)) {
        return null;
      }
    } catch (UnfitException e) {
      return Rejects.of(mapping, in, row, null, "whether it moves can't be told: " + e.reason());
    }
    for (ColumnConverter column : targets[t]) {
      Refusal refusal = column.append(rows, at, out);
      if (refusal != null) {
        return reject(in, row, mapping.targets().get(t), column.column(), refusal);
      }
    }
    return null;
  }

  private Reject reject(
      Rows in, int row, TargetTable target, ColumnMapping column, Refusal refusal) {
    ColumnMapping input = refusal.input();
    ColumnMapping at = input == null ? column : input;
    OddValue odd = refusal.odd();
    return odd == null
        ? Rejects.of(mapping, in, row, at, String.valueOf(refusal.reason()))
        : Rejects.odd(mapping, target, in, row, at, odd);
  }
}
