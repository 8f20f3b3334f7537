package dev.landfall.transforms.types;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A type of MySQL or MariaDB as a column declares it, and all that Landfall has to know of it: a
 * class for each family of types whose values print alike, and a line in {@link MySqlTypes}. What a
 * family says nothing of is as it is here.
 *
 * <p>Nothing is rounded, cut or guessed: a column fits a type when every value that it can have
 * does. Three pairs are accepted although single values may not fit, because people have good
 * reasons for them and PostgreSQL refuses such a value by itself, which makes the row a reject: an
 * unsigned integer in the signed type of the same width, a tinyint as boolean, a time of day from a
 * MySQL time.
 */
public abstract class MySqlType {
  private final Declaration declared;

  MySqlType(Declaration declared) {
    this.declared = declared;
  }

  /**
   * What is known when a type is chosen.
   *
   * @param mariadb whether the source is MariaDB
   * @param flags whether the column's values are known to be 0, 1 and NULL only
   * @param fitsBigint whether its values, and those of all columns that foreign keys connect it
   *     with, are below 2<sup>63</sup>
   * @param extensionTypes PostGIS's {@code geometry} and pgvector's {@code vector} as definitions
   *     in the target have to name them, as far as the target has them
   */
  public record Known(
      boolean mariadb, boolean flags, boolean fitsBigint, Set<String> extensionTypes) {
    public Known {
      extensionTypes = Set.copyOf(extensionTypes);
    }

    /** How definitions have to name the type of an extension, if the target has it. */
    Optional<String> extensionType(String name) {
      return extensionTypes.stream().filter(t -> TypeText.parse(t).name().equals(name)).findFirst();
    }
  }

  /** The declaration of the column. */
  final Declaration declared() {
    return declared;
  }

  final boolean unsigned() {
    return declared.unsigned();
  }

  final int scale() {
    return Objects.requireNonNullElse(declared.scale(), 0);
  }

  final int fraction() {
    return Objects.requireNonNullElse(declared.fraction(), 0);
  }

  /** So many characters or bytes at most. */
  final long length() {
    return Objects.requireNonNullElse(declared.length(), Long.MAX_VALUE);
  }

  /** The members of an enum or a set; none of another type. */
  public final List<String> members() {
    return declared.members();
  }

  // What it becomes.

  /**
   * The narrowest common type that holds every value, as DDL writes it; empty for a type that
   * nobody knows.
   */
  public abstract Optional<String> becomes(Known known);

  /** Whether every value fits a type, and by which conversion. */
  public final Fit fit(PgType target) {
    return target.takes(this).orElseGet(() -> into(target));
  }

  /** The same, for a target type that leaves it to the source's. */
  abstract Fit into(PgType target);

  /**
   * The conversion to a type that is too narrow for some of the column's values, which a rule for
   * values out of range makes possible: each value is looked at, and one that does not fit meets
   * the rule. What PostgreSQL would round or cut by itself is such a value too. Empty where no rule
   * helps, because the type is not narrower but another.
   */
  public Optional<Conversion> narrowedTo(PgType target) {
    return Optional.empty();
  }

  /** Whether the type is but another way to write the same. */
  public boolean alike(PgType target) {
    return false;
  }

  /** Why it becomes that type, in a few words, where that does not go without saying. */
  public Optional<String> why(PgType target) {
    return Optional.empty();
  }

  /** The type in a message: MariaDB's json is printed as longtext, long lists help nobody. */
  public String words() {
    return declared.columnType();
  }

  final Fit refused(PgType target) {
    return refuse(target + " can't take every value of ");
  }

  final Fit narrower(PgType target) {
    return refuse(target + " is narrower than ");
  }

  final Fit refuse(String what) {
    return Fit.none(what + "the source's " + words());
  }

  /** A value whose printed form is plain ASCII of at most so many characters. */
  final Fit printed(PgType target, long characters) {
    return text(target, Conversion.NONE, characters);
  }

  final Fit text(PgType target, Conversion conversion, long characters) {
    if (!(target instanceof PgText text)) {
      return refused(target);
    }
    Integer room = text.length();
    return room == null || room >= characters
        ? Fit.by(conversion)
        : refuse(
            target
                + " holds "
                + room
                + (room == 1 ? " character" : " characters")
                + ", fewer than ");
  }

  /** A moment or a span, where the type does not round its fraction of a second. */
  final Fit unrounded(PgType target, int digits, Conversion conversion) {
    return digits >= fraction()
        ? Fit.by(conversion)
        : refuse(target + " rounds the fraction of a second of ");
  }

  /** A whole number of so many bits, which is so many digits. */
  final Fit integer(PgType target, int bits, int digits) {
    if (target instanceof PgNumeric number) {
      return number.holds(digits, 0) ? Fit.by(Conversion.NONE) : narrower(target);
    }
    int room =
        target instanceof PgInteger whole
            ? whole.bits()
            : target instanceof PgFloat binary ? binary.exactBits() : 0;
    if (room == 0) {
      return printed(target, digits + (unsigned() ? 0 : 1));
    }
    return room >= bits ? Fit.by(Conversion.NONE) : narrower(target);
  }

  // How it is read.

  /**
   * The expression that reads a column so that the server prints what PostgreSQL takes: a text as
   * UTF-8, or marked as one that can't be converted.
   *
   * @param column quoted
   */
  public String read(String column) {
    return declared.zerofill() ? column + " + 0" : SourceText.utf8(column, declared.characterSet());
  }

  /** Whether texts or bytes are read, as whoever wrote them meant them. */
  boolean isBytes() {
    return false;
  }

  /** Whether a hash of rows can have its values: what they print is exact. */
  public boolean hashed() {
    return true;
  }

  // Keys.

  /** How values of key columns travel as texts. */
  public KeyText keyText() {
    return KeyText.UNUSABLE;
  }

  /** Whether a column of that type has the same values in the same order. */
  public boolean ordersLike(PgType target) {
    return false;
  }

  /** The way back from a value of a target's column of that type, if there is one. */
  public Optional<KeyInverse> inverse(PgType target, Conversion conversion) {
    return Optional.empty();
  }

  /**
   * How rows are looked for by the column's own values, so that an index helps; empty where only
   * {@link #readBytes} tells values apart.
   */
  public Optional<KeyInverse> itself() {
    return switch (keyText()) {
      case INTEGER, DECIMAL -> Optional.of(KeyInverse.NUMBER);
      case TEMPORAL, DURATION -> Optional.of(KeyInverse.TEMPORAL);
      case BITS -> Optional.of(KeyInverse.BITS);
      case TEXT -> Optional.of(KeyInverse.TEXT);
      case BINARY -> Optional.of(KeyInverse.BYTES);
      case UNUSABLE -> Optional.empty();
    };
  }

  /**
   * The bytes that {@link #read} gives a client, within an expression.
   *
   * @param column quoted
   */
  public String readBytes(String column) {
    return declared.characterSet() == null
        ? SourceText.bytes(read(column))
        : SourceText.converted(column, declared.characterSet());
  }

  // Comparison where the data is.

  /** Whether both databases write the same text for equal values. */
  public boolean pushes(PgType target) {
    return false;
  }

  /**
   * The text of a value that is not NULL as {@link PgType#pushed} has it.
   *
   * @param column quoted
   */
  public String pushed(String column) {
    return ended("CAST(" + read(column) + " AS CHAR)");
  }

  static String ended(String text) {
    return "CONCAT(" + text + ", ',')";
  }
}
