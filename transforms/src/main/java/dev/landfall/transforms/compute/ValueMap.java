package dev.landfall.transforms.compute;

import dev.landfall.transforms.types.PgBoolean;
import dev.landfall.transforms.types.PgInteger;
import dev.landfall.transforms.types.PgNumeric;
import dev.landfall.transforms.types.PgType;
import java.time.DateTimeException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts values in the place of values: <code>{map: {A: active, I: inactive}}</code>. NULL stays NULL
 * unless the map has something for it. Values of any type are known by their texts; those of a
 * boolean are {@code true} and {@code false}.
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
      return this == VALUE
          ? "{value: " + Written.text(otherwise) + "}"
          : name().toLowerCase(Locale.ROOT);
    }
  }

  private final LinkedHashMap<@Nullable String, @Nullable String> values;
  private final Unknown unknown;
  private final @Nullable String otherwise;
  private final String written;

  /** The type of its values; null where they are any texts. */
  private final @Nullable PgType made;

  /** Whether what comes is true or false, in whatever letters. */
  private final boolean truth;

  /**
   * @param values by the text that they take the place of, null for NULL; null for NULL
   * @param otherwise what becomes of all others; only with {@link Unknown#VALUE}
   */
  public ValueMap(
      Map<@Nullable String, @Nullable String> values, Unknown unknown, @Nullable String otherwise) {
    this(values, unknown, otherwise, null, null, /* truth= */ false);
  }

  private ValueMap(
      Map<@Nullable String, @Nullable String> values,
      Unknown unknown,
      @Nullable String otherwise,
      @Nullable String written,
      @Nullable PgType made,
      boolean truth) {
    this.values = new LinkedHashMap<>(values);
    this.unknown = unknown;
    this.otherwise = otherwise;
    this.written = written == null ? written(values, unknown, otherwise) : written;
    this.made = made;
    this.truth = truth;
  }

  private static String written(
      Map<@Nullable String, @Nullable String> values, Unknown unknown, @Nullable String otherwise) {
    return values.entrySet().stream()
        .map(e -> Written.text(e.getKey()) + ": " + Written.text(e.getValue()))
        .collect(
            Collectors.joining(", ", "{map: {", "}, else: " + unknown.written(otherwise) + "}"));
  }

  /** Whether it knows a value. */
  public boolean has(String value) {
    return values.containsKey(value);
  }

  /** Whether a row becomes a reject whose value it does not know. */
  public boolean refuses() {
    return unknown == Unknown.REFUSE;
  }

  /** The keys, as the spec writes them; null is NULL. */
  public Set<@Nullable String> keys() {
    return values.keySet();
  }

  /** Texts, unless it leaves values of another type as they are and has no others than such. */
  @Override
  public Optional<PgType> type(PgType input) {
    if (made != null) {
      return Optional.of(made);
    }
    boolean stays =
        unknown == Unknown.KEEP
            && values.values().stream().allMatch(v -> v == null || form(v, input) != null);
    return Optional.of(stays ? input : TEXT);
  }

  /** In PostgreSQL's text form; null when it is no value of the type. */
  private static @Nullable String form(String value, PgType type) {
    try {
      return value.indexOf('\0') < 0 ? type.textForm(value) : null;
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  public Operator fit(PgType input, @Nullable PgType output, BiConsumer<String, String> mistakes) {
    boolean ofTruth = input instanceof PgBoolean;
    boolean byNumber = ofTruth || input instanceof PgInteger || input instanceof PgNumeric;
    PgType to = output == null ? type(input).orElse(TEXT) : output;
    LinkedHashMap<@Nullable String, @Nullable String> fitted = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          String part = key == null ? "null" : key;
          String known = key == null || !byNumber ? key : form(key, input);
          if (key != null && known == null) {
            mistakes.accept(
                part,
                Written.text(key)
                    + " is no value of "
                    + input
                    + ", which is what comes here, so it never fits.");
          } else if (fitted.containsKey(known)) {
            mistakes.accept(part, Written.text(key) + " stands in the map already.");
          }
          fitted.put(
              known == null ? key : known,
              value == null ? null : fitted(part, value, to, mistakes));
        });
    String other = otherwise == null ? null : fitted("else", otherwise, to, mistakes);
    // A value that stays is looked at when it comes.
    PgType whole = unknown == Unknown.KEEP && !to.equals(input) ? null : to;
    return new ValueMap(fitted, unknown, other, written, whole, ofTruth);
  }

  private static String fitted(
      String part, String value, PgType type, BiConsumer<String, String> mistakes) {
    String form = form(value, type);
    if (form == null) {
      mistakes.accept(
          part, Written.text(value) + " is no value of " + type + ", or would be rounded or cut.");
    }
    return form == null ? value : form;
  }

  @Override
  public String written() {
    return written;
  }

  @Override
  public String policy() {
    return "values that the map lacks: " + unknown.written(otherwise);
  }

  @Override
  public @Nullable String apply(@Nullable String value) throws UnfitException {
    String key = truth && value != null ? truth(value) : value;
    String mapped = values.get(key);
    if (mapped != null || value == null || values.containsKey(key)) {
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

  private static String truth(String value) {
    return value.equals("1") ? "t" : value.equals("0") ? "f" : value;
  }

  private String shown() {
    return values.keySet().stream().limit(10).map(Written::text).collect(Collectors.joining(", "))
        + (values.size() > 10 ? ", … (" + values.size() + ")" : "");
  }

  @Override
  public boolean nullable(boolean input) {
    boolean ofNull = input && values.get(null) == null;
    return ofNull
        || unknown == Unknown.NULL
        || values.entrySet().stream().anyMatch(e -> e.getKey() != null && e.getValue() == null);
  }

  /** NULL is one of the values, and stays what it is unless the map says otherwise. */
  @Override
  public Undo undo() {
    Set<@Nullable String> made = new HashSet<>(values.values());
    boolean ofNull = values.containsKey(null);
    boolean unique = made.size() == values.size() && (ofNull || !made.contains(null));
    return unknown == Unknown.REFUSE && unique ? Undo.EXACT : Undo.NONE;
  }
}
