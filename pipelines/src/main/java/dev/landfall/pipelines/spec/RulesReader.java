package dev.landfall.pipelines.spec;

import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.Policy;
import dev.landfall.transforms.model.Policy.Outcome;
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

  private RulesReader() {}

  static SpecRules read(@Nullable YamlValue rules) {
    if (rules == null) {
      return SpecRules.NONE;
    }
    Map<String, YamlValue> fields =
        rules.fields(Arrays.stream(OddValue.values()).map(OddValue::key).toArray(String[]::new));
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
    Map<String, YamlValue> fields =
        value.fields(outcomes.stream().map(RulesReader::word).toArray(String[]::new));
    if (fields.size() != 1) {
      if (value.entries().size() != 1) {
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
