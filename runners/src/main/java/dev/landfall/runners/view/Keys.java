package dev.landfall.runners.view;

import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A row's key: {@code id = 7, part = NULL}. */
public final class Keys {
  private Keys() {}

  /**
   * The columns with their values.
   *
   * @param name how a name is shown
   * @param value how a value is shown that is not NULL
   */
  public static String of(
      Map<String, @Nullable String> key, UnaryOperator<String> name, UnaryOperator<String> value) {
    return key.entrySet().stream()
        .map(column -> name.apply(column.getKey()) + " = " + orNull(column.getValue(), value))
        .collect(Collectors.joining(", "));
  }

  /** The columns with their values as they are. */
  public static String of(Map<String, @Nullable String> key) {
    return of(key, name -> name, value -> value);
  }

  /** A value as it is shown, or NULL. */
  public static String orNull(@Nullable String value, UnaryOperator<String> shown) {
    return value == null ? "NULL" : shown.apply(value);
  }
}
