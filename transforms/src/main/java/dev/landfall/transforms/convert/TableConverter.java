package dev.landfall.transforms.convert;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.ValueSource;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.value.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies one table's mapping to batches. Rows that need no change are passed on in the very arrays
 * that were read. Not thread-safe.
 */
public final class TableConverter {
  private final TableMapping mapping;
  private final ColumnConverter[][] targets;
  private final Uses uses = new Uses();

  /** Whether a target has the columns that are read, all of them and in order. */
  private final boolean[] sameLayout;

  /** A converter for that table. */
  public TableConverter(TableMapping mapping) {
    this.mapping = mapping;
    this.targets = new ColumnConverter[mapping.targets().size()][];
    this.sameLayout = new boolean[targets.length];
    for (int t = 0; t < targets.length; t++) {
      TargetTable target = mapping.targets().get(t);
      int position = t;
      targets[t] =
          target.columns().stream()
              .map(column -> converter(column, position))
              .toArray(ColumnConverter[]::new);
      sameLayout[t] = sameLayout(target, mapping.read().size());
    }
  }

  private ColumnConverter converter(ColumnMapping column, int target) {
    if (column.source() instanceof ValueSource.Column read) {
      SourceColumn source = mapping.read().get(read.position());
      ValueRules rules = ValueRules.of(new RuledColumn(source, column, target, uses));
      return new ValueConverter(column, read.position(), rules.isEmpty() ? null : rules);
    }
    return new ConstantConverter(column, (ValueSource.Constant) column.source());
  }

  private static boolean sameLayout(TargetTable target, int read) {
    List<ColumnMapping> columns = target.columns();
    for (int i = 0; i < columns.size(); i++) {
      if (!columns.get(i).source().equals(new ValueSource.Column(i))) {
        return false;
      }
    }
    return columns.size() == read;
  }

  /** The batch as rows of the target tables. */
  public ConvertedBatch convert(RowBatch batch) {
    Rows in = batch.rows();
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
    return new ConvertedBatch(batch, out, null, List.of(), uses.take());
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
    List<Reject> rejects = new ArrayList<>();
    int[] sourceRows = new int[in.size()];
    int loaded = 0;
    for (int row = 0; row < in.size(); row++) {
      Reject reject = appendRow(in, row, out);
      if (reject == null) {
        uses.commit(row);
        sourceRows[loaded++] = row;
      } else {
        uses.discard();
        rejects.add(reject);
        for (Rows.Builder builder : out) {
          builder.truncate(loaded);
        }
      }
    }
    return new ConvertedBatch(
        batch,
        Arrays.stream(out).map(Rows.Builder::build).toList(),
        rejects.isEmpty() ? null : Arrays.copyOf(sourceRows, loaded),
        rejects,
        uses.take());
  }

  private @Nullable Reject appendRow(Rows in, int row, Rows.Builder[] out) {
    for (int t = 0; t < targets.length; t++) {
      for (ColumnConverter column : targets[t]) {
        Refusal refusal = column.append(in, row, out[t]);
        if (refusal != null) {
          return reject(in, row, mapping.targets().get(t), column.column(), refusal);
        }
      }
    }
    return null;
  }

  private Reject reject(
      Rows in, int row, TargetTable target, ColumnMapping column, Refusal refusal) {
    OddValue odd = refusal.odd();
    return odd == null
        ? Rejects.of(mapping, in, row, column, String.valueOf(refusal.reason()))
        : Rejects.odd(mapping, target, in, row, column, odd);
  }
}
