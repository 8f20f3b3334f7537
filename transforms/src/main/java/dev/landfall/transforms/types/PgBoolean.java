package dev.landfall.transforms.types;

import dev.landfall.transforms.types.fault.Fault;
import dev.landfall.transforms.types.form.BooleanForm;
import dev.landfall.transforms.types.form.CanonicalForm;
import dev.landfall.transforms.value.ValueBuffer;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;

/** boolean (PostgreSQL manual 8.6). */
public final class PgBoolean extends PgType {
  static final List<PgTypes.Name> NAMES =
      List.of(
          PgTypes.Name.of("boolean", PgBoolean::new)
              .or("bool")
              .binary(Oid.BOOL, PgBoolean::binary));

  private static final long serialVersionUID = 1L;

  private PgBoolean(TypeText text) {
    super(text);
  }

  @Override
  public @Nullable String fitting(String text, boolean approximate) {
    return text.equals("0") || text.equals("1") ? text : null;
  }

  @Override
  public String textForm(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "t", "1" -> "t";
      case "false", "f", "0" -> "f";
      default -> throw new NumberFormatException();
    };
  }

  @Override
  public @Nullable String defaultOf(MySqlType source, String value, boolean mariadb) {
    return switch (value) {
      case "0", "b'0'" -> "false";
      case "1", "b'1'" -> "true";
      default -> null;
    };
  }

  @Override
  public boolean plain() {
    return true;
  }

  private static boolean binary(byte[] text, int start, int end, ValueBuffer out) {
    if (end - start != 1) {
      return false;
    }
    byte letter = text[start];
    boolean isTrue = letter == '1' || letter == 't';
    if (!isTrue && letter != '0' && letter != 'f') {
      return false;
    }
    out.putInt(1);
    out.put(isTrue ? 1 : 0);
    return true;
  }

  @Override
  public CanonicalForm canonical() {
    return new BooleanForm();
  }

  @Override
  public String canonicalWords() {
    return "true or false";
  }

  @Override
  public String pushed(String column) {
    return ended("CASE " + column + " WHEN true THEN '1' WHEN false THEN '0' END");
  }

  @Override
  public List<Fault> faults(List<String> labels) {
    return List.of(Fault.of("flipped", text -> text.startsWith("t") ? "false" : "true"));
  }

  @Override
  public String neutral(List<String> labels) {
    return "false";
  }
}
