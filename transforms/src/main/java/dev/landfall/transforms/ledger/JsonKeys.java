package dev.landfall.transforms.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.hash.Hashing;
import org.jspecify.annotations.Nullable;

/** Writes keys as JSON objects of texts, the form in which the ledger keeps them. */
public final class JsonKeys {
  /** What a person would write for a NUL. */
  private static final String NUL = "\\u0000";

  private JsonKeys() {}

  /** The key as a JSON object, columns in order; NULL as null. */
  public static String json(Map<String, ? extends @Nullable String> key) {
    return key.entrySet().stream()
        .map(e -> quote(e.getKey()) + ":" + orNull(e.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  /**
   * Whether a key that was kept is the key: one with a NUL, which jsonb can't hold, is another one
   * there, and is looked for in vain.
   */
  public static boolean isExact(Collection<? extends @Nullable String> texts) {
    return texts.stream().noneMatch(text -> text != null && text.contains(NUL));
  }

  /** A hash of the key, whatever the order of its columns. */
  public static String hash(Map<String, ? extends @Nullable String> key) {
    return Hashing.sha256()
        .hashString(json(new TreeMap<>(key)), StandardCharsets.UTF_8)
        .toString()
        .substring(0, 32);
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
        out.append('\\').append(NUL);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
