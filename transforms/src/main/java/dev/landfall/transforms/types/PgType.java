package dev.landfall.transforms.types;

import dev.landfall.transforms.types.fault.Fault;
import dev.landfall.transforms.types.form.CanonicalForm;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A type of PostgreSQL as a column declares it, and all that Landfall has to know of it: a class
 * for each family of types whose values have the same text form, and a line in {@link PgTypes}.
 * What a family says nothing of is as it is here, which holds for types that nobody knows: their
 * text is taken as PostgreSQL prints it.
 *
 * <p>Only this package has types; two are equal when definitions write them alike.
 */
public abstract class PgType implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String ddl;

  PgType(String ddl) {
    this.ddl = ddl;
  }

  PgType(TypeText text) {
    this(text.ddl());
  }

  /**
   * The type that a text names, in one spelling whatever alias was used: {@code int8} and {@code
   * bigint}, {@code character varying(20)} and {@code varchar(20)} are equal.
   *
   * @param text as a user writes it or {@code format_type()} prints it
   * @throws dev.landfall.transforms.MigrationException when the text is no type
   */
  public static PgType parse(String text) {
    return PgTypes.of(TypeText.parse(text));
  }

  /** A type that is known by its name only, quoted as definitions have to write it. */
  public static PgType named(String quoted) {
    return new PgOther(quoted);
  }

  /** A text as a literal of PostgreSQL and MySQL. */
  public static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** The type as written in DDL, in PostgreSQL's own spelling: {@code numeric(12,2)}. */
  public final String ddl() {
    return ddl;
  }

  // What it takes.

  /** How it takes the values of a type of the source; empty where that one knows. */
  Optional<Fit> takes(MySqlType source) {
    return Optional.empty();
  }

  /**
   * A value in a form that the type takes without rounding or cutting it; null when there is no
   * room for it.
   *
   * @param text what the source prints
   * @param approximate whether the source's number is a binary one
   */
  public @Nullable String fitting(String text, boolean approximate) {
    return text;
  }

  /**
   * What PostgreSQL prints of a value that a person wrote.
   *
   * @throws IllegalArgumentException with words for a person, and {@link
   *     java.time.DateTimeException} or {@link ArithmeticException} without, when it is none of the
   *     type, or would be rounded
   */
  public String textForm(String value) {
    return value;
  }

  /**
   * The source's literal default as an expression; null where it has no certain form.
   *
   * @param value as the catalogue has it
   * @param mariadb whether the source is MariaDB
   */
  public @Nullable String defaultOf(MySqlType source, String value, boolean mariadb) {
    return null;
  }

  /** The last number that an identity column of this type gives; 0 when it can be none. */
  public long identityLimit() {
    return 0;
  }

  // How it is written and read.

  /** Whether the text form of a value has no byte that COPY would have to escape. */
  public boolean plain() {
    return false;
  }

  /**
   * The expression that reads a column as PostgreSQL's text form, whatever the driver would do with
   * the type.
   *
   * @param column quoted
   */
  public String read(String column) {
    return column;
  }

  // How values are compared.

  /** Makes bytes that are the same for equal values; a new one each time, for one thread. */
  public abstract CanonicalForm canonical();

  /** What of a value counts when it is compared, as the documentation says it. */
  public abstract String canonicalWords();

  /**
   * The text that stands for a value where both databases write it themselves: NULL is {@code n,},
   * and where a text ends is known from it.
   *
   * @param column quoted
   */
  public String pushed(String column) {
    return ended(column + "::text");
  }

  static String ended(String text) {
    return "coalesce(" + text + " || ',', 'n,')";
  }

  /** PostgreSQL's own judgement that two values differ. */
  public String distinct(String one, String other) {
    return one + " IS DISTINCT FROM " + other;
  }

  /** The value so that it is equal to no other one, as MySQL compares rows. */
  public String exact(String value) {
    return value;
  }

  static String exactText(String value) {
    return value + "::text COLLATE \"C\"";
  }

  // Keys.

  /** The bare type, which an index on the column serves: its modifiers would round or cut. */
  public String keyCast() {
    return ddl;
  }

  /** A bound of a range of keys as a literal to be cast to {@link #keyCast}. */
  public String bound(String text) {
    return literal(text);
  }

  /** Whether a bound of the source is a value of the type. */
  public boolean knows(String bound) {
    return true;
  }

  /** Whether a foreign key may refer from this type to that one (PostgreSQL manual, 5.4.5). */
  public boolean comparable(PgType referenced) {
    return getClass() == referenced.getClass();
  }

  /** Whether an ordinary index can be on it. */
  public boolean indexable() {
    return true;
  }

  /** A value that hardly any row has, another one each time; null for a type of few values. */
  public @Nullable String parkingValue() {
    return null;
  }

  // Proof.

  /**
   * Faults that a value can have, which a comparison must find.
   *
   * @param labels in order; none unless it is an enum
   */
  public List<Fault> faults(List<String> labels) {
    return List.of();
  }

  /** A value of the type, for the place of NULL; null where none is known. */
  public @Nullable String neutral(List<String> labels) {
    return null;
  }

  /** Values that some faults need, as the source prints them. */
  public List<Fault.Need> needs() {
    return List.of();
  }

  /** A text that is the same for equal values, and perhaps for some others. */
  public String folded(String text) {
    return text;
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof PgType type && getClass() == type.getClass() && ddl.equals(type.ddl);
  }

  @Override
  public final int hashCode() {
    return ddl.hashCode();
  }

  @Override
  public final String toString() {
    return ddl;
  }
}
