package dev.landfall.validation.canonical;

import dev.landfall.transforms.model.TargetType;
import dev.landfall.transforms.read.Rows;
import dev.landfall.transforms.value.ValueBuffer;
import java.util.Locale;

/**
 * The canonical form of a column's values: two texts of a type have the same canonical bytes
 * exactly when PostgreSQL says that the values are equal, whichever of the two servers printed
 * them. So {@code 1.0} is {@code 1.00} and {@code -0}, as a number, is {@code 0}; the blanks that
 * pad a {@code char(n)} do not count; {@code json}, which PostgreSQL itself can't compare, is taken
 * as {@code jsonb}.
 *
 * <p>Nothing is rounded to what a declared type could hold: {@code 1.005} from the source is not
 * {@code 1.01} in a {@code numeric(12,2)}.
 *
 * <p>A value is its length (four bytes) and its bytes, so that values behind one another can't be
 * taken for others; NULL is a length of its own. A text that is none of the type's stands for
 * itself, marked so that it equals no text that is.
 *
 * <p>Not thread-safe: a form may have buffers.
 */
public final class Canonical {
  private static final int NULL = -1;

  /** Marks the length of a text that stands for itself. PostgreSQL's values end at 1 GiB. */
  private static final int VERBATIM = Integer.MIN_VALUE;

  private final CanonicalForm form;
  private final String words;

  private Canonical(CanonicalForm form, String words) {
    this.form = form;
    this.words = words;
  }

  /** The canonical form of that type. */
  public static Canonical of(TargetType type) {
    return switch (type.kind()) {
      case BOOLEAN -> new Canonical(new BooleanForm(), "true or false");
      case SMALLINT, INTEGER, BIGINT -> new Canonical(new IntegerForm(), "the number");
      case NUMERIC -> new Canonical(new DecimalForm(), "the number, whatever its scale");
      case REAL -> new Canonical(new RealForm(), "the IEEE single; -0 is 0");
      case DOUBLE -> new Canonical(new DoubleForm(), "the IEEE double; -0 is 0");
      case TEXT ->
          isBlankPadded(type.ddl())
              ? new Canonical(new BlankPaddedForm(), "the bytes without blanks at the end")
              : new Canonical(new VerbatimForm(), "the bytes");
      case BYTEA -> new Canonical(new ByteaForm(), "the bytes");
      case DATE -> new Canonical(new DateForm(), "the day");
      case TIME -> new Canonical(new TimeForm(), "microseconds");
      case INTERVAL -> new Canonical(new IntervalForm(), "days and microseconds");
      case TIMESTAMP -> new Canonical(new TimestampForm(false), "microseconds");
      case TIMESTAMPTZ -> new Canonical(new TimestampForm(true), "microseconds in UTC");
      case JSON, JSONB ->
          new Canonical(
              new JsonForm(),
              "the parsed value, numbers exact, keys in order, the last of equal keys");
      case UUID -> new Canonical(new UuidForm(), "the 16 bytes");
      case TEXT_ARRAY -> new Canonical(new TextArrayForm(), "the texts in order");
      case BIT -> new Canonical(new VerbatimForm(), "the digits");
      case OTHER -> other(type.ddl());
    };
  }

  /** Types that have no kind of their own; of those that nobody knows the text counts. */
  private static Canonical other(String ddl) {
    String name = ddl.substring(ddl.lastIndexOf('.') + 1);
    if (name.equals("inet")) {
      return new Canonical(new InetForm(), "the address' bytes and its mask");
    }
    if (name.equals("real[]")) {
      return new Canonical(new RealArrayForm('{', '}'), "the IEEE singles in order");
    }
    if (name.equals("vector") || name.startsWith("vector(")) {
      return new Canonical(new RealArrayForm('[', ']'), "the IEEE singles in order");
    }
    return new Canonical(new VerbatimForm(), "the bytes of what PostgreSQL prints");
  }

  /** What of a value counts when it is compared, as the documentation says it. */
  public String words() {
    return words;
  }

  /** Appends the value, length first. */
  public void append(Rows rows, int row, int column, ValueBuffer out) {
    if (rows.isNull(row, column)) {
      out.putIntLe(NULL);
    } else {
      append(rows.bytes(), rows.start(row, column), rows.end(row, column), out);
    }
  }

  /** Appends the value whose text is in {@code text[start, end)}, length first. */
  public void append(byte[] text, int start, int end, ValueBuffer out) {
    int head = out.reserveInt();
    int content = out.length();
    if (form.append(text, start, end, out)) {
      out.setIntLe(head, out.length() - content);
    } else {
      out.truncate(content);
      out.put(text, start, end);
      out.setIntLe(head, (end - start) | VERBATIM);
    }
  }

  /** {@code char(n)} and its other spellings (PostgreSQL manual 8.3). */
  private static boolean isBlankPadded(String ddl) {
    String type = ddl.toLowerCase(Locale.ROOT).strip();
    return (type.startsWith("char")
            || type.startsWith("character")
            || type.startsWith("national char")
            || type.startsWith("nchar")
            || type.startsWith("bpchar"))
        && !type.contains("varying");
  }
}
