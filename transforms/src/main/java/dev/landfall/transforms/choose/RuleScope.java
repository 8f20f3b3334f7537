package dev.landfall.transforms.choose;

import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.Policy;
import dev.landfall.transforms.model.Policy.Outcome;
import dev.landfall.transforms.model.Rules;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.MySqlEnum;
import dev.landfall.transforms.types.MySqlSet;
import dev.landfall.transforms.types.MySqlText;
import dev.landfall.transforms.types.PgBytea;
import dev.landfall.transforms.types.PgType;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Which kinds of odd values a column can have, and so which rules are of use for it. */
public final class RuleScope {
  private RuleScope() {}

  /**
   * The kinds that a column can have on its way to a type.
   *
   * @param typeChosen whether a person chose the type, so that values may be out of its range
   */
  public static Set<OddValue> of(
      SourceColumn source, PgType type, Conversion conversion, boolean typeChosen) {
    Set<OddValue> odd = EnumSet.noneOf(OddValue.class);
    boolean text = isText(source);
    boolean labels = source.type() instanceof MySqlEnum || source.type() instanceof MySqlSet;
    if (conversion.equals(Conversion.DATE)) {
      // The year 0 is out of the range of every type of PostgreSQL.
      odd.addAll(
          EnumSet.of(
              OddValue.ZERO_DATE,
              OddValue.PARTIAL_DATE,
              OddValue.IMPOSSIBLE_DATE,
              OddValue.OUT_OF_RANGE));
    }
    if (conversion.isText() && !conversion.equals(Conversion.ENUM)) {
      odd.add(OddValue.NUL);
      odd.add(OddValue.BAD_TEXT);
    }
    if (text || labels) {
      odd.add(OddValue.BAD_TEXT);
    }
    if (text && conversion.equals(Conversion.TEXT)) {
      odd.add(OddValue.TWICE_ENCODED);
    }
    if (source.type() instanceof MySqlEnum) {
      odd.add(OddValue.EMPTY_ENUM);
    }
    if (typeChosen && source.type().narrowedTo(type).isPresent()) {
      odd.add(OddValue.OUT_OF_RANGE);
    }
    return odd;
  }

  /** Whether the source column holds texts of any characters. */
  public static boolean isText(SourceColumn source) {
    return source.type() instanceof MySqlText;
  }

  /** Those of the rules that can be carried out for a column with these kinds of odd values. */
  public static Rules usable(
      Rules rules, Set<OddValue> odd, SourceColumn source, PgType type, boolean key) {
    Map<OddValue, Policy> usable = new EnumMap<>(OddValue.class);
    rules
        .policies()
        .forEach(
            (kind, policy) -> {
              boolean use =
                  policy.outcome() == Outcome.BYTES
                      ? isText(source) && type instanceof PgBytea
                      : odd.contains(kind) && !(key && policy.outcome() == Outcome.NULL);
              if (use) {
                usable.put(kind, policy);
              }
            });
    return new Rules(usable);
  }
}
