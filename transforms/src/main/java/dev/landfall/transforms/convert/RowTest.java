package dev.landfall.transforms.convert;

import dev.landfall.transforms.compute.Formula;
import dev.landfall.transforms.compute.UnfitException;
import dev.landfall.transforms.compute.Winners;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Duplicates;
import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.RowFilter;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.value.Rows;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Says of rows as they were read whether a {@link RowFilter} lets them pass. */
interface RowTest {
  /**
   * Whether the row goes to the target.
   *
   * @throws UnfitException when that can't be told
   */
  boolean passes(Rows rows, int row) throws UnfitException;

  /**
   * The test whether a target takes a row; null where it takes all.
   *
   * @param inputs makes what a formula is given
   */
  static @Nullable RowTest of(
      TableMapping mapping, TargetTable target, Function<List<ColumnMapping>, Inputs> inputs) {
    RowFilter filter = target.filter();
    RowTest test = null;
    if (filter instanceof RowFilter.OneOf one) {
      test = oneOf(one);
    } else if (filter instanceof RowFilter.Where where) {
      test = where(where, inputs.apply(where.inputs()));
    }
    Duplicates duplicates = target.duplicates();
    if (duplicates == null) {
      return test;
    }
    RowTest wins = wins(duplicates.winners(), mapping);
    return test == null ? wins : test.and(wins);
  }

  /** The test that a formula makes of what it is made of. */
  static RowTest where(RowFilter.Where filter, Inputs inputs) {
    Formula.Maker maker = filter.formula().maker();
    Memo memo = inputs.memo();
    return (rows, row) -> {
      if (memo != null && memo.find(rows, row)) {
        return memo.made() != null;
      }
      Refusal refusal = inputs.read(rows, row);
      if (refusal != null) {
        OddValue odd = refusal.odd();
        throw new UnfitException(odd == null ? String.valueOf(refusal.reason()) : odd.words());
      }
      try {
        boolean passes = "t".equals(maker.make(inputs.texts()));
        if (memo != null) {
          memo.keep(passes ? new byte[0] : null);
        }
        return passes;
      } catch (UnfitException e) {
        throw new UnfitException(e.reason() + inputs.shown());
      }
    };
  }

  /** The test whether a row is the one that a target has of those that are one to it. */
  static RowTest wins(Winners winners, TableMapping mapping) {
    Winners.Settled settled = winners.settled();
    if (settled.isEmpty()) {
      return (rows, row) -> true;
    }
    String table = mapping.source().name().toString();
    SourceKeys keys = new SourceKeys(mapping);
    return (rows, row) -> !settled.loses(table, keys.of(rows, row));
  }

  /** The test whether a row passes both. */
  default RowTest and(RowTest other) {
    return (rows, row) -> passes(rows, row) && other.passes(rows, row);
  }

  /** The test whether a column has one of some texts. */
  static RowTest oneOf(RowFilter.OneOf filter) {
    int column = filter.position();
    byte[][] texts =
        filter.texts().stream()
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    return (rows, row) -> {
      if (rows.isNull(row, column)) {
        return false;
      }
      int start = rows.start(row, column);
      int end = rows.end(row, column);
      for (byte[] text : texts) {
        if (Arrays.equals(rows.bytes(), start, end, text, 0, text.length)) {
          return true;
        }
      }
      return false;
    };
  }
}
