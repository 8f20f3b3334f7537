package dev.landfall.transforms.convert;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.OddValue;
import org.jspecify.annotations.Nullable;

/**
 * Why a value makes its row a reject: because a rule says so of values that are odd like it, or
 * because it is none of its type.
 *
 * @param odd the kind of odd value, null where no rule is about it
 * @param reason for a person, null where {@code odd} says it
 * @param input the column at fault where the value is made of others, else null
 */
record Refusal(@Nullable OddValue odd, @Nullable String reason, @Nullable ColumnMapping input) {
  static Refusal of(OddValue odd) {
    return new Refusal(odd, null, null);
  }

  /** The same of something that the value would have been made of. */
  Refusal in(ColumnMapping column) {
    return new Refusal(odd, reason, column);
  }

  /** No refusal for no reason. */
  static @Nullable Refusal of(@Nullable String reason) {
    return reason == null ? null : new Refusal(null, reason, null);
  }
}
