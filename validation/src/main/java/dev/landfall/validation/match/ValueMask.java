package dev.landfall.validation.match;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.landfall.validation.result.Difference;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hides values: of each only its length is told, and a mark by which values that are equal can be
 * told from those that are not. Marks of one mask mean nothing to another, so that values can't be
 * guessed by trying.
 */
public final class ValueMask {
  private final Hasher64 hasher = Hashing.xxh3_64(new SecureRandom().nextLong());

  /** The same difference with its values hidden; its key stays. */
  public Difference apply(Difference difference) {
    Map<String, Difference.Values> hidden = new LinkedHashMap<>();
    difference
        .values()
        .forEach(
            (column, values) ->
                hidden.put(
                    column,
                    new Difference.Values(orNull(values.source()), orNull(values.target()))));
    return difference.withValues(hidden);
  }

  private @Nullable String orNull(@Nullable String text) {
    return text == null ? null : hide(text);
  }

  /** What is told in a value's place. */
  public String hide(String text) {
    long mark = hasher.hashBytesToLong(text.getBytes(StandardCharsets.UTF_8)) & 0xffffff;
    int length = text.codePointCount(0, text.length());
    return "%d character%s #%06x".formatted(length, length == 1 ? "" : "s", mark);
  }
}
