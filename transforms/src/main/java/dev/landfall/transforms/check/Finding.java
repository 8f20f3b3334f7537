package dev.landfall.transforms.check;

import dev.landfall.transforms.model.TableName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a check found.
 *
 * @param severity what it means
 * @param kind what it is about, as the ledger has it: {@code FOREIGN_KEY}, {@code IN_TARGET}; those
 *     that begin with {@code SOURCE_} are about a table of the source
 * @param table {@code schema.table}, or the object itself where it belongs to none; null where it
 *     is about a row of a query
 * @param object its name within the table: of a column, key, trigger; null for a whole row
 * @param key the row's key by column; empty where it is about no row
 * @param expected how it must be, or what the source has; null for nothing, and for NULL
 * @param found how it is, or what the target has; null for nothing, and for NULL
 * @param reason why it is so, or why it matters, where somebody knows
 * @param remedy what puts it right, to be said or run as it is; null where nobody knows
 */
public record Finding(
    Severity severity,
    String kind,
    @Nullable String table,
    @Nullable String object,
    Map<String, @Nullable String> key,
    @Nullable String expected,
    @Nullable String found,
    @Nullable String reason,
    @Nullable String remedy) {
  public Finding {
    key = Collections.unmodifiableMap(new LinkedHashMap<>(key));
  }

  /** What a finding means, the worst first. */
  public enum Severity {
    /** What must be so is not. */
    DIFFERENT,
    /** It is not so, for a reason that is known and no fault of the move's. */
    KNOWN,
    /** There is something that nobody asked for, which breaks nothing. */
    MORE;

    /** The word for messages and documents. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * An object of a table that is not as it must be.
   *
   * @param table null where it belongs to none
   */
  public static Finding of(
      String kind,
      @Nullable TableName table,
      String object,
      @Nullable String expected,
      @Nullable String found) {
    return new Finding(
        Severity.DIFFERENT,
        kind,
        table == null ? null : table.toString(),
        object,
        Map.of(),
        expected,
        found,
        /* reason= */ null,
        /* remedy= */ null);
  }

  /**
   * A row of a query, or one of its values.
   *
   * @param column null where it is about the whole row
   */
  public static Finding ofRow(
      String kind,
      Map<String, @Nullable String> key,
      @Nullable String column,
      @Nullable String source,
      @Nullable String target) {
    return new Finding(
        Severity.DIFFERENT, kind, /* table= */ null, column, key, source, target, null, null);
  }

  /** The same with what puts it right. */
  public Finding withRemedy(String known) {
    return new Finding(severity, kind, table, object, key, expected, found, reason, known);
  }

  /** The same with another meaning, and why. */
  public Finding as(Severity other, @Nullable String why) {
    return new Finding(other, kind, table, object, key, expected, found, why, remedy);
  }

  /** The same with something else there. */
  public Finding withFound(String other) {
    return new Finding(severity, kind, table, object, key, expected, other, reason, remedy);
  }

  /** Whether the table is one of the source. */
  public boolean ofSource() {
    return kind.startsWith("SOURCE_");
  }

  /** The kind's words: {@code foreign key}. */
  public String kindWords() {
    return kind.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** What it is about, beside its table: {@code foreign key of_customer}. */
  public String what() {
    boolean itself = object == null || (table != null && table.endsWith("." + object));
    return itself ? kindWords() : kindWords() + " " + object;
  }

  /** What is the matter: {@code promised PRIMARY KEY (id), found none}, and why. */
  public String matter() {
    return (severity == Severity.MORE
            ? String.valueOf(found)
            : "promised " + orNone(expected) + ", found " + orNone(found))
        + (why().isEmpty() ? "" : "; " + why());
  }

  /** The reason, and what puts it right; empty where nobody knows. */
  public String why() {
    return Stream.of(reason, remedy == null ? null : "to put it right: " + remedy)
        .filter(Objects::nonNull)
        .collect(Collectors.joining("; "));
  }

  /** All of it in one line. */
  public String text() {
    return table + ": " + what() + ": " + matter();
  }

  /** A definition, or that there is none. */
  public static String orNone(@Nullable String definition) {
    return definition == null ? "none" : definition;
  }
}
