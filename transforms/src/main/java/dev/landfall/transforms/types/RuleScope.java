package dev.landfall.transforms.types;

import dev.landfall.transforms.model.Conversion;
import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.Policy;
import dev.landfall.transforms.model.Policy.Outcome;
import dev.landfall.transforms.model.Rules;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TargetType;
import dev.landfall.transforms.model.TargetType.Kind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Which kinds of odd values a column can have, and so which rules are of use for it. */
public final class RuleScope {
  private static final Set<String> TEXTS =
      Set.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext");

  private RuleScope() {}

  /**
   * The kinds that a column can have on its way to a type.
   *
   * @param typeChosen whether a person chose the type, so that values may be out of its range
   */
  public static Set<OddValue> of(
      SourceColumn source, TargetType type, Conversion conversion, boolean typeChosen) {
    Set<OddValue> odd = EnumSet.noneOf(OddValue.class);
    boolean text = isText(source);
    boolean labels = source.dataType().equals("enum") || source.dataType().equals("set");
    if (conversion == Conversion.DATE) {
      // The year 0 is out of the range of every type of PostgreSQL.
      odd.addAll(
          EnumSet.of(
              OddValue.ZERO_DATE,
              OddValue.PARTIAL_DATE,
              OddValue.IMPOSSIBLE_DATE,
              OddValue.OUT_OF_RANGE));
    }
    if (conversion == Conversion.TEXT || conversion == Conversion.SET) {
      odd.add(OddValue.NUL);
      odd.add(OddValue.BAD_TEXT);
    }
    if (text || labels) {
      odd.add(OddValue.BAD_TEXT);
    }
    if (text && conversion == Conversion.TEXT) {
      odd.add(OddValue.TWICE_ENCODED);
    }
    if (source.dataType().equals("enum")) {
      odd.add(OddValue.EMPTY_ENUM);
    }
    if (typeChosen && RangeFit.conversion(source, type).isPresent()) {
      odd.add(OddValue.OUT_OF_RANGE);
    }
    return odd;
  }

  /** Whether the source column holds texts of any characters. */
  public static boolean isText(SourceColumn source) {
    return TEXTS.contains(source.dataType());
  }

  /** Those of the rules that can be carried out for a column with these kinds of odd values. */
  public static Rules usable(
      Rules rules, Set<OddValue> odd, SourceColumn source, TargetType type, boolean key) {
    Map<OddValue, Policy> usable = new EnumMap<>(OddValue.class);
    rules
        .policies()
        .forEach(
            (kind, policy) -> {
              boolean use =
                  policy.outcome() == Outcome.BYTES
                      ? isText(source) && type.kind() == Kind.BYTEA
                      : odd.contains(kind) && !(key && policy.outcome() == Outcome.NULL);
              if (use) {
                usable.put(kind, policy);
              }
            });
    return new Rules(usable);
  }
}
