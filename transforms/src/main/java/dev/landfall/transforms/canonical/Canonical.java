package dev.landfall.transforms.canonical;

import dev.landfall.transforms.types.PgType;
import dev.landfall.transforms.types.form.CanonicalForm;
import dev.landfall.transforms.value.Rows;
import dev.landfall.transforms.value.ValueBuffer;

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

  private Canonical(CanonicalForm form) {
    this.form = form;
  }

  /** The canonical form of that type. */
  public static Canonical of(PgType type) {
    return new Canonical(type.canonical());
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
}
