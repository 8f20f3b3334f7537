package dev.landfall.pipelines.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of one of the spec's checks.
 *
 * @param name the check's name
 * @param outcome whether it held
 * @param message why it is broken or failed, a sentence for a person; null where it held
 * @param differences how many rows or values break it
 * @param rows the first of them
 */
public record CheckResult(
    String name, Outcome outcome, @Nullable String message, long differences, List<Row> rows) {
  public CheckResult {
    rows = List.copyOf(rows);
  }

  /** How a check can end. */
  public enum Outcome {
    HELD,
    /** The rows are not as the check wants them. */
    BROKEN,
    /** It could not be carried out, so nobody knows. */
    FAILED;

    /** The word for messages and documents. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One thing that breaks a check.
   *
   * @param kind what it is
   * @param key the row's key by column; all its columns for a row that should not be there at all
   * @param column which value differs; null where a whole row does
   * @param source the source's value; null for NULL and for none
   * @param target the target's value; null for NULL and for none
   */
  public record Row(
      Kind kind,
      Map<String, @Nullable String> key,
      @Nullable String column,
      @Nullable String source,
      @Nullable String target) {
    public Row {
      key = Collections.unmodifiableMap(new LinkedHashMap<>(key));
    }

    /** How a row breaks a check. */
    public enum Kind {
      /** Both sides have it, with different values. */
      CHANGED,
      /** Only the source has it. */
      MISSING,
      /** Only the target has it. */
      EXTRA,
      /** The source has it, and no side should. */
      IN_SOURCE,
      /** The target has it, and no side should. */
      IN_TARGET;

      /** The word for messages and documents. */
      public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
      }
    }
  }
}
