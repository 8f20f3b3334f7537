package dev.landfall.transforms.convert;

import dev.landfall.transforms.choose.RuleScope;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.Policy.Outcome;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.SourceCharset;
import dev.landfall.transforms.value.Rows;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of one column, applied one after another. There is a look for a kind of odd value only
 * where its rule needs one, so most columns have none.
 */
final class ValueRules {
  private final List<Look> looks;
  private final Value value = new Value();

  private ValueRules(List<Look> looks) {
    this.looks = List.copyOf(looks);
  }

  /** The rules of a column that is read. */
  static ValueRules of(RuledColumn column) {
    List<Look> looks = new ArrayList<>();
    ColumnMapping mapping = column.mapping();
    SourceColumn source = column.source();
    Conversion conversion = mapping.conversion();
    boolean text = conversion.isText();
    if (conversion.equals(Conversion.DATE)) {
      looks.add(new DateLook(column));
    }
    boolean marked = SourceCharset.of(source.characterSet()).marks();
    if (!mapping.takesStoredBytes() && (marked || (text && BadTextLook.isTreated(column)))) {
      looks.add(new BadTextLook(column));
    }
    if (text && column.policy(OddValue.NUL).outcome() != Outcome.REFUSE) {
      looks.add(new NulLook(column));
    }
    if (conversion.equals(Conversion.TEXT)
        && RuleScope.isText(source)
        && column.policy(OddValue.TWICE_ENCODED).outcome() == Outcome.DECODE) {
      looks.add(new TwiceEncodedLook(column));
    }
    if (EmptyEnumLook.isOf(source)) {
      looks.add(new EmptyEnumLook(column));
    }
    if (column.isSet(OddValue.OUT_OF_RANGE)
        && source.type().narrowedTo(mapping.type()).isPresent()
        && !(conversion.equals(Conversion.DATE)
            && source.type().fit(mapping.type()).conversion().isPresent())) {
      looks.add(new RangeLook(column));
    }
    return new ValueRules(looks);
  }

  /** Whether there is nothing to look for. */
  boolean isEmpty() {
    return looks.isEmpty();
  }

  /** Whether no value of the column of those rows has to be treated. */
  boolean passAll(Rows rows, int position) {
    for (Look look : looks) {
      if (!look.passAll(rows, position)) {
        return false;
      }
    }
    return true;
  }

  /** Counts what passed in rows none of which had to be treated. */
  void countPassed(Rows rows, int position) {
    for (Look look : looks) {
      if (look instanceof EmptyEnumLook empty && empty.keeps()) {
        for (int row = 0; row < rows.size(); row++) {
          if (!rows.isNull(row, position) && rows.start(row, position) == rows.end(row, position)) {
            empty.count(OddValue.EMPTY_ENUM, row);
          }
        }
      }
    }
  }

  /** What the rules make of a value. The answer is good until the next call. */
  Value treat(byte[] bytes, int start, int end) {
    value.set(bytes, start, end);
    for (Look look : looks) {
      look.treat(value);
      if (value.state() != Value.State.OPEN) {
        break;
      }
    }
    return value;
  }
}
