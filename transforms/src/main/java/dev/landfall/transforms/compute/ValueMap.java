package dev.landfall.transforms.compute;

import dev.landfall.transforms.types.PgType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts values in the place of values: <code>{map: {A: active, I: inactive}}</code>. NULL stays NULL
 * unless the map has something for it.
 */
public final class ValueMap extends Operator {
  private static final long serialVersionUID = 1L;

  /** What becomes of a value that the map does not have. */
  public enum Unknown {
    /** The row becomes a reject. */
    REFUSE,
    /** NULL takes its place. */
    NULL,
    /** It stays. */
    KEEP,
    /** A given value takes its place. */
    VALUE;

    /**
     * As the spec writes it.
     *
     * @param otherwise the value
     */
    String written(@Nullable String otherwise) {
      return this == VALUE ? "{value: " + otherwise + "}" : name().toLowerCase(Locale.ROOT);
    }
  }

  private final LinkedHashMap<String, @Nullable String> values;
  private final Unknown unknown;
  private final @Nullable String otherwise;

  /**
   * @param values by the text that they take the place of; null for NULL
   * @param otherwise what becomes of all others; only with {@link Unknown#VALUE}
   */
  public ValueMap(
      Map<String, @Nullable String> values, Unknown unknown, @Nullable String otherwise) {
    this.values = new LinkedHashMap<>(values);
    this.unknown = unknown;
    this.otherwise = otherwise;
  }

  /** The values that it knows. */
  public Set<String> keys() {
    return Collections.unmodifiableSet(values.keySet());
  }

  /** Whether it knows a value. */
  public boolean has(String value) {
    return values.containsKey(value);
  }

  /** Whether a row becomes a reject whose value it does not know. */
  public boolean refuses() {
    return unknown == Unknown.REFUSE;
  }

  /** Values of any type are known by their texts. */
  @Override
  public Optional<PgType> type(PgType input) {
    return Optional.of(TEXT);
  }

  @Override
  public String written() {
    return values.entrySet().stream()
        .map(e -> e.getKey() + ": " + e.getValue())
        .collect(
            Collectors.joining(", ", "{map: {", "}, else: " + unknown.written(otherwise) + "}"));
  }

  @Override
  public String policy() {
    return "values that the map lacks: " + unknown.written(otherwise);
  }

  @Override
  public @Nullable String apply(@Nullable String value) throws UnfitException {
    if (value == null) {
      return null;
    }
    String mapped = values.get(value);
    if (mapped != null || values.containsKey(value)) {
      return mapped;
    }
    return switch (unknown) {
      case REFUSE ->
          throw new UnfitException("\"" + value + "\" is none of the map's values: " + shown());
      case NULL -> null;
      case KEEP -> value;
      case VALUE -> otherwise;
    };
  }

  private String shown() {
    return values.keySet().stream().limit(10).collect(Collectors.joining(", "))
        + (values.size() > 10 ? ", … (" + values.size() + ")" : "");
  }

  @Override
  public boolean nullable(boolean input) {
    return input || unknown == Unknown.NULL || values.containsValue(null);
  }

  @Override
  public Undo undo() {
    boolean unique = values.values().stream().distinct().count() == values.size();
    return unknown == Unknown.REFUSE && unique ? Undo.EXACT : Undo.NONE;
  }
}
