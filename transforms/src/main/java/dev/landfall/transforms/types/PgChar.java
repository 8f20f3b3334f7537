package dev.landfall.transforms.types;

import dev.landfall.transforms.types.form.BlankPaddedForm;
import dev.landfall.transforms.types.form.CanonicalForm;
import java.util.List;
import org.postgresql.core.Oid;

/** char(n), which is padded with blanks that do not count (PostgreSQL manual 8.3). */
public final class PgChar extends PgText {
  static final List<PgTypes.Name> NAMES =
      List.of(
          PgTypes.Name.of("char", PgChar::new)
              .or("character")
              .arrays(PgTextArray::new)
              .binary(Oid.BPCHAR, PgText::verbatim),
          PgTypes.Name.of("bpchar", PgChar::new).arrays(PgTextArray::new));

  private static final long serialVersionUID = 1L;

  private PgChar(TypeText text) {
    super(text);
  }

  @Override
  public String textForm(String value) {
    String text = super.textForm(value);
    Integer length = length();
    return length == null
        ? text
        : text + " ".repeat(length - text.codePointCount(0, text.length()));
  }

  @Override
  public CanonicalForm canonical() {
    return new BlankPaddedForm();
  }

  @Override
  public String canonicalWords() {
    return "the bytes without blanks at the end";
  }

  @Override
  public String keyCast() {
    return "bpchar";
  }
}
