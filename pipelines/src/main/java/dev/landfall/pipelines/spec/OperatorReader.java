package dev.landfall.pipelines.spec;

import dev.landfall.transforms.compute.Lower;
import dev.landfall.transforms.compute.Operator;
import dev.landfall.transforms.compute.Trim;
import dev.landfall.transforms.compute.ValueMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the operators of a column, {@code apply}: a list, each a word, or a map with the operator
 * first and what belongs to it.
 */
final class OperatorReader {
  /** Operators that a word says. */
  private static final Map<String, Supplier<Operator>> WORDS = new LinkedHashMap<>();

  /** Operators that a map says, by its first key; the function gets the whole map. */
  private static final Map<String, Form> FORMS = new LinkedHashMap<>();

  /**
   * How an operator is written.
   *
   * @param keys of its map
   */
  private record Form(
      List<String> keys, Function<Map<String, YamlValue>, Optional<Operator>> read) {}

  static {
    WORDS.put("trim", Trim::new);
    WORDS.put("lower", Lower::new);
    FORMS.put("map", new Form(List.of("map", "else"), OperatorReader::map));
  }

  private OperatorReader() {}

  /** The operators in order; those that are wrong are noted and left out. */
  static List<Located<Operator>> read(@Nullable YamlValue apply) {
    List<Located<Operator>> operators = new ArrayList<>();
    if (apply != null) {
      for (YamlValue item : apply.isList() ? apply.items() : List.of(apply)) {
        operator(item).ifPresent(o -> operators.add(new Located<>(o, item.at())));
      }
    }
    return operators;
  }

  private static Optional<Operator> operator(YamlValue item) {
    if (item.isMap()) {
      List<YamlValue.Entry> entries = item.entries();
      Form form = entries.isEmpty() ? null : FORMS.get(entries.get(0).key());
      if (form != null) {
        return form.read().apply(item.fields(form.keys().toArray(new String[0])));
      }
      return unknown(item, entries.isEmpty() ? "" : entries.get(0).key());
    }
    Optional<String> word = item.name();
    if (word.isEmpty()) {
      return Optional.empty();
    }
    Supplier<Operator> operator = WORDS.get(word.get());
    return operator == null ? unknown(item, word.get()) : Optional.of(operator.get());
  }

  private static Optional<Operator> unknown(YamlValue item, String given) {
    List<String> known = new ArrayList<>(WORDS.keySet());
    FORMS.keySet().forEach(word -> known.add("{" + word + ": …}"));
    item.mistake(
        "expected one of "
            + String.join(", ", known)
            + "."
            + NearestName.of(given, names())
                .map(name -> " Did you mean \"" + name + "\"?")
                .orElse(""));
    return Optional.empty();
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>(WORDS.keySet());
    names.addAll(FORMS.keySet());
    return names;
  }

  private static Optional<Operator> map(Map<String, YamlValue> fields) {
    YamlValue values = fields.get("map");
    if (values == null) {
      return Optional.empty();
    }
    Map<String, @Nullable String> map = new LinkedHashMap<>();
    for (YamlValue.Entry entry : values.entries()) {
      if (entry.value().isNull()) {
        map.put(entry.key(), null);
      } else {
        entry.value().text().ifPresent(text -> map.put(entry.key(), text));
      }
    }
    YamlValue other = fields.get("else");
    if (other == null) {
      return Optional.of(new ValueMap(map, ValueMap.Unknown.REFUSE, null));
    }
    if (other.isNull()) {
      return Optional.of(new ValueMap(map, ValueMap.Unknown.NULL, null));
    }
    if (other.isMap()) {
      return Optional.ofNullable(other.fields("value").get("value"))
          .flatMap(YamlValue::text)
          .map(text -> new ValueMap(map, ValueMap.Unknown.VALUE, text));
    }
    Optional<String> word = other.text();
    for (ValueMap.Unknown unknown : List.of(ValueMap.Unknown.REFUSE, ValueMap.Unknown.KEEP)) {
      if (word.filter(unknown.name().toLowerCase(Locale.ROOT)::equals).isPresent()) {
        return Optional.of(new ValueMap(map, unknown, null));
      }
    }
    other.mistake("expected refuse, keep, null or {value: …}.");
    return Optional.empty();
  }
}
