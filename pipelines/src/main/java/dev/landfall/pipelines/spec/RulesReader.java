package dev.landfall.pipelines.spec;

import static dev.landfall.pipelines.spec.shape.Key.key;

import dev.landfall.pipelines.spec.shape.Key;
import dev.landfall.pipelines.spec.shape.Shape;
import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.Policy;
import dev.landfall.transforms.model.Policy.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code rules} of any level. */
final class RulesReader {
  /** Outcomes that need a text of the user's. */
  private static final Set<Outcome> WITH_TEXT = EnumSet.of(Outcome.VALUE, Outcome.REPLACE);

  private static final Shape.Scalar PUT = Shape.Scalar.TEXT.with("pattern", "^[^\\u0000]*$");

  /** What they may say. */
  static final Shape SHAPE =
      new Shape.Named(
          "rules",
          Shape.fields(
              Arrays.stream(OddValue.values())
                  .map(odd -> key(odd.key(), shape(odd), description(odd)))
                  .toArray(Key[]::new)));

  private RulesReader() {}

  private static String description(OddValue odd) {
    return switch (odd) {
      case ZERO_DATE -> "0000-00-00. Without it: null where the column takes NULL, else refuse.";
      case PARTIAL_DATE -> "Month or day 00 in another date. Without it: refuse.";
      case IMPOSSIBLE_DATE -> "A day that its month does not have. Without it: refuse.";
      case OUT_OF_RANGE ->
          "A date of the year 0, or a value that does not fit a narrower type. Without it: refuse.";
      case NUL -> "A text with a NUL character. Without it: refuse.";
      case BAD_TEXT -> "A text with bytes that are none of its character set. Without it: refuse.";
      case TWICE_ENCODED -> "UTF-8 that was stored as if it were latin1. Without it: keep.";
      case EMPTY_ENUM -> "The empty text at index 0 of an enum. Without it: keep.";
    };
  }

  private static Shape shape(OddValue odd) {
    List<@Nullable Object> words = new ArrayList<>();
    List<Key> texts = new ArrayList<>();
    for (Outcome outcome : odd.outcomes()) {
      if (WITH_TEXT.contains(outcome)) {
        texts.add(key(word(outcome), PUT, description(outcome)));
      } else {
        words.add(word(outcome));
      }
      if (outcome == Outcome.NULL) {
        words.add(null);
      }
    }
    Shape.Scalar word = new Shape.Scalar(Map.of("enum", words));
    return texts.isEmpty()
        ? word
        : Shape.anyOf(word, Shape.fields(texts.toArray(Key[]::new)).single());
  }

  private static String description(Outcome outcome) {
    return outcome == Outcome.VALUE
        ? "What comes in place of the value."
        : "What comes in place of what can't stay.";
  }

  static SpecRules read(@Nullable YamlValue rules) {
    if (rules == null) {
      return SpecRules.NONE;
    }
    Map<String, YamlValue> fields = rules.fields();
    Map<OddValue, Located<Policy>> policies = new EnumMap<>(OddValue.class);
    for (OddValue odd : OddValue.values()) {
      YamlValue value = fields.get(odd.key());
      if (value != null) {
        policy(odd, value).ifPresent(p -> policies.put(odd, new Located<>(p, value.at())));
      }
    }
    return new SpecRules(policies);
  }

  private static Optional<Policy> policy(OddValue odd, YamlValue value) {
    if (value.isMap()) {
      return withText(odd, value);
    }
    if (value.isList()) {
      value.mistake("expected " + expected(odd) + "; found a list.");
      return Optional.empty();
    }
    String word = value.isNull() ? "null" : value.text().orElse("");
    List<Outcome> words =
        odd.outcomes().stream().filter(outcome -> !WITH_TEXT.contains(outcome)).toList();
    Optional<Policy> found =
        words.stream().filter(o -> word(o).equals(word)).findFirst().map(Policy::of);
    if (found.isEmpty()) {
      value.mistake(
          "expected "
              + expected(odd)
              + "; found \""
              + word
              + "\"."
              + NearestName.of(word, words.stream().map(RulesReader::word).toList())
                  .map(near -> " Did you mean \"" + near + "\"?")
                  .orElse(""));
    }
    return found;
  }

  private static Optional<Policy> withText(OddValue odd, YamlValue value) {
    List<Outcome> outcomes = odd.outcomes().stream().filter(WITH_TEXT::contains).toList();
    if (outcomes.isEmpty()) {
      value.mistake("expected " + expected(odd) + "; found a map.");
      return Optional.empty();
    }
    Map<String, YamlValue> fields = value.fields();
    if (fields.size() != 1) {
      if (value.size() != 1) {
        value.mistake("expected " + expected(odd) + "; found " + fields.size() + " keys.");
      }
      return Optional.empty();
    }
    Map.Entry<String, YamlValue> field = fields.entrySet().iterator().next();
    if (field.getValue().isNull()) {
      field.getValue().mistake("for NULL write `" + odd.key() + ": null`.");
      return Optional.empty();
    }
    Optional<String> text = field.getValue().text();
    if (text.isPresent() && text.get().indexOf('\0') >= 0) {
      field.getValue().mistake("PostgreSQL's texts can't hold a NUL character.");
      return Optional.empty();
    }
    Outcome outcome = field.getKey().equals(word(Outcome.VALUE)) ? Outcome.VALUE : Outcome.REPLACE;
    return text.map(t -> new Policy(outcome, t));
  }

  private static String expected(OddValue odd) {
    List<String> forms =
        odd.outcomes().stream()
            .map(o -> WITH_TEXT.contains(o) ? "{" + word(o) + ": …}" : word(o))
            .collect(Collectors.toList());
    String last = forms.remove(forms.size() - 1);
    return String.join(", ", forms) + " or " + last;
  }

  private static String word(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }
}
