package dev.landfall.transforms.convert;

import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.Policy;
import dev.landfall.transforms.model.Policy.Outcome;
import dev.landfall.transforms.value.Rows;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A look at each value of a column for some kinds of odd values, and what becomes of those. */
abstract class Look {
  /** A rule is shown in tables: of a long replacement the beginning is enough. */
  private static final int LONGEST = 40;

  private final RuledColumn column;
  private final Map<OddValue, Uses.Tally> tallies = new EnumMap<>(OddValue.class);

  Look(RuledColumn column, OddValue... kinds) {
    this.column = column;
    for (OddValue odd : kinds) {
      tallies.put(odd, column.tally(words(odd, column.policy(odd))));
    }
  }

  /** Whether the value must be treated: never for one that would pass as it is. */
  abstract boolean isOdd(byte[] bytes, int start, int end);

  /** Whether no value of a column of those rows must be treated. */
  boolean passAll(Rows rows, int position) {
    byte[] bytes = rows.bytes();
    for (int row = 0; row < rows.size(); row++) {
      if (!rows.isNull(row, position)
          && isOdd(bytes, rows.start(row, position), rows.end(row, position))) {
        return false;
      }
    }
    return true;
  }

  /** Treats a value, if it is odd. */
  abstract void treat(Value value);

  final RuledColumn column() {
    return column;
  }

  final Policy policy(OddValue odd) {
    return column.policy(odd);
  }

  final void count(OddValue odd) {
    Objects.requireNonNull(tallies.get(odd)).use();
  }

  /** Counts a value that passes in a batch that needs no treatment. */
  final void count(OddValue odd, int row) {
    Objects.requireNonNull(tallies.get(odd)).use(row);
  }

  /** Puts into place what has nothing of the value itself: a refusal, NULL or a given value. */
  final void settle(Value value, OddValue odd) {
    Policy policy = policy(odd);
    switch (policy.outcome()) {
      case NULL -> {
        byte @Nullable [] instead = column.ifNull();
        if (instead == null && !column.mapping().nullable()) {
          value.refuse(odd);
          return;
        }
        count(odd);
        value.settle(instead);
      }
      case VALUE -> {
        count(odd);
        value.settle(bytes(Objects.requireNonNull(policy.value())));
      }
      case REFUSE, STRIP, REPLACE, BYTES, KEEP, DECODE -> value.refuse(odd);
    }
  }

  /** Puts the text in the value's place that is left when what is odd is taken out of it. */
  final void settle(Value value, OddValue odd, byte @Nullable [] text) {
    if (text == null) {
      value.refuse(odd);
      return;
    }
    count(odd);
    value.change(text);
  }

  /** What stands in a text for what is odd in it. */
  final byte[] replacement(OddValue odd) {
    Policy policy = policy(odd);
    return policy.outcome() == Outcome.REPLACE
        ? bytes(Objects.requireNonNull(policy.value()))
        : new byte[0];
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The rule in words: {@code zero date → NULL}. */
  private String words(OddValue odd, Policy policy) {
    String ifNull = column.mapping().nullDefault();
    return odd.words()
        + " → "
        + switch (policy.outcome()) {
          case REFUSE -> "reject";
          case NULL -> ifNull == null ? "NULL" : shortened(ifNull);
          case VALUE -> shortened(Objects.requireNonNull(policy.value()));
          case STRIP -> "stripped";
          case REPLACE -> "\"" + shortened(Objects.requireNonNull(policy.value())) + "\"";
          case BYTES -> "bytes";
          case KEEP -> "kept";
          case DECODE -> "decoded";
        };
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
  }
}
