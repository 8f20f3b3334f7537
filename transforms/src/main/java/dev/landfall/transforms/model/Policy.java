package dev.landfall.transforms.model;

import java.io.Serializable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an odd value.
 *
 * @param outcome the kind of treatment
 * @param value what takes the value's place, or the characters' in it, as the user wrote it; null
 *     for outcomes that need none
 */
public record Policy(Outcome outcome, @Nullable String value) implements Serializable {
  /** The kinds of treatment. */
  public enum Outcome {
    /** The row becomes a reject. */
    REFUSE,
    /** NULL takes the value's place. */
    NULL,
    /** A given value takes the value's place. */
    VALUE,
    /** What is odd in the text is left out. */
    STRIP,
    /** What is odd in the text is replaced by a given text. */
    REPLACE,
    /** The column becomes bytea and holds all its texts as the source's bytes. */
    BYTES,
    /** The value stays as it is. */
    KEEP,
    /** The text is read as what it was before it was encoded twice. */
    DECODE
  }

  public Policy {
    if ((value != null) != (outcome == Outcome.VALUE || outcome == Outcome.REPLACE)) {
      throw new IllegalArgumentException(outcome + " with " + value);
    }
  }

  /** The policy as a spec writes it: {@code null}, {@code {value: 1970-01-01}}. */
  public String written() {
    String word = outcome.name().toLowerCase(Locale.ROOT);
    return value == null ? word : "{" + word + ": " + quoted(value) + "}";
  }

  /** As YAML takes it for a text. */
  private static String quoted(String text) {
    return text.matches("-?[A-Za-z0-9](?:[A-Za-z0-9 .:+-]*[A-Za-z0-9])?") && !text.contains(": ")
        ? text
        : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** A policy that needs no value. */
  public static Policy of(Outcome outcome) {
    return new Policy(outcome, null);
  }
}
