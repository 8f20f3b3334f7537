package dev.landfall.transforms.types;

import dev.landfall.transforms.value.Rows;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How the bytes that the source prints become PostgreSQL's text form. Everything that is not {@link
 * #NONE} costs a look at each value. The name tells them apart: what one needs beside it comes from
 * the column's two types.
 */
public abstract class Conversion implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The bytes are PostgreSQL's text form already. */
  public static final Conversion NONE = new AsRead("NONE", "nothing");

  /**
   * UTF-8 text. A NUL byte, which PostgreSQL's text types can't hold, is left for PostgreSQL to
   * refuse: looking for one in every text costs a tenth of a load.
   */
  public static final Conversion TEXT = new AsRead("TEXT", "nothing: UTF-8 text");

  /**
   * A date, datetime or timestamp. Zero and partial dates are looked for; days that do not exist,
   * and the year 0, are left for PostgreSQL to refuse unless a rule wants something else.
   */
  public static final Conversion DATE =
      new AsRead("DATE", "nothing but for zero and partial dates");

  /** An enum's text as a label of a PostgreSQL enum that the migration makes for the column. */
  public static final Conversion ENUM = new AsRead("ENUM", "nothing: the text is the label");

  /** Raw bytes to {@code \x…}. */
  public static final Conversion BYTEA = new Hex();

  private final String name;
  private final String words;

  Conversion(String name, String words) {
    this.name = name;
    this.words = words;
  }

  /** What is done to a value, as the documentation says it. */
  public final String words() {
    return words;
  }

  /** Whether the bytes stay as they are read, so that whole batches are passed on. */
  public boolean passes() {
    return false;
  }

  /** Whether what is read is text, which may have bytes that are none. */
  public boolean isText() {
    return equals(TEXT) || equals(ENUM);
  }

  /**
   * Appends the value in {@code bytes[start, end)}.
   *
   * @return why it is none, or null when it was appended
   */
  public abstract @Nullable String append(byte[] bytes, int start, int end, Rows.Builder out);

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Conversion that
        && getClass() == that.getClass()
        && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public final String toString() {
    return name;
  }

  private static final class AsRead extends Conversion {
    private static final long serialVersionUID = 1L;

    AsRead(String name, String words) {
      super(name, words);
    }

    @Override
    public boolean passes() {
      return true;
    }

    @Override
    public @Nullable String append(byte[] bytes, int start, int end, Rows.Builder out) {
      out.add(bytes, start, end - start);
      return null;
    }
  }

  private static final class Hex extends Conversion {
    private static final long serialVersionUID = 1L;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** Digits made at a time, an even number: appending each takes longer than making it. */
    private static final int PIECE = 8192;

    Hex() {
      super("BYTEA", "bytes to `\\x…`");
    }

    @Override
    public @Nullable String append(byte[] bytes, int start, int end, Rows.Builder out) {
      out.append('\\');
      out.append('x');
      byte[] piece = new byte[(int) Math.min((end - start) * 2L, PIECE)];
      int length = 0;
      for (int i = start; i < end; i++) {
        if (length == piece.length) {
          out.append(piece, 0, length);
          length = 0;
        }
        piece[length++] = DIGITS[(bytes[i] >> 4) & 15];
        piece[length++] = DIGITS[bytes[i] & 15];
      }
      out.append(piece, 0, length);
      out.endValue();
      return null;
    }
  }
}
