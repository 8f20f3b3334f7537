package dev.landfall.pipelines.spec;

import dev.landfall.pipelines.spec.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of a range, with a unit or without: how they are read, and which texts they are.
 *
 * @param expected what is expected, in words
 * @param parse the number; empty for another text
 * @param texts regular expressions for whole texts, one of which fits
 * @param numbers the range of numbers without a unit; null where all have one
 */
record Quantity<T>(
    String expected,
    Function<String, Optional<T>> parse,
    List<String> texts,
    @Nullable Numbers numbers) {
  /** Numbers without a unit, whole or not. */
  record Numbers(boolean whole, long least, long most) {}

  /** The same by other words. */
  Quantity<T> expected(String words) {
    return new Quantity<>(words, parse, texts, numbers);
  }

  /** The same as something else. */
  <R> Quantity<R> map(Function<T, R> made) {
    return new Quantity<>(expected, text -> parse.apply(text).map(made), texts, numbers);
  }

  /** These and others; only one of the two has numbers without a unit. */
  Quantity<T> or(Quantity<T> other) {
    return new Quantity<>(
        expected,
        text -> parse.apply(text).or(() -> other.parse.apply(text)),
        Stream.concat(texts.stream(), other.texts.stream()).toList(),
        numbers == null ? other.numbers : numbers);
  }

  /** A word that stands for a number. */
  static <T> Quantity<T> word(String word, T value) {
    return new Quantity<>(
        word,
        text -> text.equals(word) ? Optional.of(value) : Optional.empty(),
        List.of(word),
        null);
  }

  /** Whole numbers. */
  static Quantity<Long> whole(long least, long most) {
    return new Quantity<>(
        "a whole number",
        text -> Units.whole(text).filter(n -> n >= least && n <= most),
        List.of(Units.text("", least, most)),
        new Numbers(true, least, Math.min(most, Units.MOST)));
  }

  /** What a spec may have here. */
  Shape.Scalar shape() {
    List<String> types = new ArrayList<>(List.of("string"));
    if (numbers != null) {
      types.add(numbers.whole() ? "integer" : "number");
    }
    Shape.Scalar scalar =
        Shape.Scalar.of(types.toArray(String[]::new))
            .with("pattern", texts.stream().collect(Collectors.joining("|", "^(?:", ")$")))
            .with("patternErrorMessage", "expected " + expected);
    return numbers == null
        ? scalar
        : scalar.with("minimum", numbers.least()).with("maximum", numbers.most());
  }

  /** The number of a scalar; empty where there is none or, with the mistake noted, a wrong one. */
  Optional<T> read(@Nullable YamlValue value) {
    if (value == null) {
      return Optional.empty();
    }
    if (value.isNull() || value.isList() || value.isMap()) {
      value.mistake("expected " + expected + "; found " + value.found() + ".");
      return Optional.empty();
    }
    Optional<String> text = value.text();
    Optional<T> number = text.flatMap(parse);
    if (text.isPresent() && number.isEmpty()) {
      value.mistake("expected " + expected + "; found \"" + MaskedUrl.value(text.get()) + "\".");
    }
    return number;
  }
}
