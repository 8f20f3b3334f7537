package dev.landfall.transforms.ledger;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes keys as JSON objects of texts, the form in which the ledger keeps them. */
public final class JsonKeys {
  private JsonKeys() {}

  /** The key as a JSON object, columns in order; NULL as null. */
  public static String json(Map<String, ? extends @Nullable String> key) {
    return key.entrySet().stream()
        .map(e -> quote(e.getKey()) + ":" + orNull(e.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** The columns with two texts each as a JSON object of arrays. */
  public static <T> String pairs(
      Map<String, T> columns,
      Function<T, @Nullable String> first,
      Function<T, @Nullable String> second) {
    return columns.entrySet().stream()
        .map(
            e ->
                "%s:[%s,%s]"
                    .formatted(
                        quote(e.getKey()),
                        orNull(first.apply(e.getValue())),
                        orNull(second.apply(e.getValue()))))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String orNull(@Nullable String text) {
    return text == null ? "null" : quote(text);
  }

  private static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c == 0) {
        // jsonb can't hold a NUL (PostgreSQL manual 8.14): what a person would write for one is
        // kept.
        out.append("\\\\u0000");
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
