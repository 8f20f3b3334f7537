package dev.landfall.transforms.convert;

import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.Policy.Outcome;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.types.MySqlEnum;
import dev.landfall.transforms.value.Rows;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds index 0 of an enum, whose text is empty, and counts it where it stays. */
final class EmptyEnumLook extends Look {
  private static final Pattern LABEL = Pattern.compile("'((?:[^']|'')*)'");

  private final boolean keeps;

  EmptyEnumLook(RuledColumn column) {
    super(column, OddValue.EMPTY_ENUM);
    this.keeps = column.policy(OddValue.EMPTY_ENUM).outcome() == Outcome.KEEP;
  }

  /** Whether the empty text can't be one of the column's labels. */
  static boolean isOf(SourceColumn column) {
    if (!(column.type() instanceof MySqlEnum)) {
      return false;
    }
    Matcher label = LABEL.matcher(column.columnType());
    while (label.find()) {
      if (label.group(1).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Whether values pass, so that they have to be counted when nothing else is done. */
  boolean keeps() {
    return keeps;
  }

  @Override
  boolean passAll(Rows rows, int position) {
    return keeps || super.passAll(rows, position);
  }

  @Override
  boolean isOdd(byte[] bytes, int start, int end) {
    return !keeps && start == end;
  }

  @Override
  void treat(Value value) {
    if (value.start() != value.end()) {
      return;
    }
    if (keeps) {
      count(OddValue.EMPTY_ENUM);
    } else {
      settle(value, OddValue.EMPTY_ENUM);
    }
  }
}
