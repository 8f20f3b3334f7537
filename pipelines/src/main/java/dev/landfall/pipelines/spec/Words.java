package dev.landfall.pipelines.spec;

import dev.landfall.pipelines.spec.shape.Shape;
import dev.landfall.transforms.ddl.NameStyle;
import dev.landfall.transforms.model.TextEquality;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads words of which there are a few. */
final class Words {
  /** What is said of the source's collations. */
  static final Shape.Scalar EQUALITY = Shape.words(of(TextEquality.class));

  /** What is said of names. */
  static final Shape.Scalar NAMES = Shape.words(of(NameStyle.class));

  private Words() {}

  /** What becomes of the source's collations. */
  static Optional<TextEquality> equality(YamlValue value) {
    return word(value, TextEquality.class);
  }

  /** How names are carried over. */
  static Optional<NameStyle> names(YamlValue value) {
    return word(value, NameStyle.class);
  }

  private static <E extends Enum<E>> Optional<E> word(YamlValue value, Class<E> words) {
    List<String> known = of(words);
    return one(value, known).map(word -> words.getEnumConstants()[known.indexOf(word)]);
  }

  /** One of some words. */
  static Optional<String> one(YamlValue value, List<String> known) {
    Optional<String> text = value.text();
    if (text.isPresent() && !known.contains(text.get())) {
      value.mistake(
          "expected "
              + String.join(", ", known.subList(0, known.size() - 1))
              + (known.size() > 1 ? " or " : "")
              + known.get(known.size() - 1)
              + ", found \""
              + MaskedUrl.value(text.get())
              + "\"."
              + NearestName.of(text.get(), known)
                  .map(name -> " Did you mean \"" + name + "\"?")
                  .orElse(""));
      return Optional.empty();
    }
    return text;
  }

  private static <E extends Enum<E>> List<String> of(Class<E> words) {
    return Arrays.stream(words.getEnumConstants())
        .map(e -> e.name().toLowerCase(Locale.ROOT))
        .toList();
  }
}
