package dev.landfall.transforms.types;

import dev.landfall.transforms.types.fault.Fault;
import dev.landfall.transforms.types.fault.TextFaults;
import dev.landfall.transforms.types.form.ByteaForm;
import dev.landfall.transforms.types.form.CanonicalForm;
import dev.landfall.transforms.value.HexDigits;
import dev.landfall.transforms.value.ValueBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;

/** bytea (PostgreSQL manual 8.4). */
public final class PgBytea extends PgType {
  static final List<PgTypes.Name> NAMES =
      List.of(PgTypes.Name.of("bytea", PgBytea::new).binary(Oid.BYTEA, PgBytea::binary));

  private static final long serialVersionUID = 1L;

  private static final Pattern TEXT = Pattern.compile("\\\\x(?:[0-9a-fA-F]{2})*");
  private static final Pattern DEFAULT = Pattern.compile("0x(?:[0-9a-fA-F]{2})*");

  private PgBytea(TypeText text) {
    super(text);
  }

  /** The bytes of whatever is text or bytes. */
  @Override
  Optional<Fit> takes(MySqlType source) {
    return source.isBytes() ? Optional.of(Fit.by(Conversion.BYTEA)) : Optional.empty();
  }

  @Override
  public String textForm(String value) {
    if (!TEXT.matcher(value).matches()) {
      throw new NumberFormatException();
    }
    return value.toLowerCase(Locale.ROOT);
  }

  @Override
  public @Nullable String defaultOf(MySqlType source, String value, boolean mariadb) {
    return source instanceof MySqlBinary binary && DEFAULT.matcher(value).matches()
        ? binary.defaultBytes(value.substring(2)).map(PgType::literal).orElse(null)
        : null;
  }

  private static boolean binary(byte[] text, int start, int end, ValueBuffer out) {
    int count = (end - start) / 2 - 1;
    if (count < 0 || (end - start) % 2 != 0 || text[start] != '\\' || text[start + 1] != 'x') {
      return false;
    }
    out.putInt(count);
    return HexDigits.append(text, start + 2, end, out);
  }

  /** The driver's getBytes decodes a bytea. */
  @Override
  public String read(String column) {
    return column + "::text";
  }

  @Override
  public CanonicalForm canonical() {
    return new ByteaForm();
  }

  @Override
  public String canonicalWords() {
    return "the bytes";
  }

  @Override
  public String pushed(String column) {
    return ended("encode(" + column + ", 'hex')");
  }

  @Override
  public String bound(String text) {
    return "decode(" + literal(text) + ", 'hex')";
  }

  @Override
  public String parkingValue() {
    return "\\x" + UUID.randomUUID().toString().replace("-", "");
  }

  @Override
  public List<Fault> faults(List<String> labels) {
    return TextFaults.bytes();
  }

  @Override
  public String neutral(List<String> labels) {
    return "\\x";
  }

  @Override
  public List<Fault.Need> needs() {
    return List.of(new Fault.Need(String::isEmpty, ""));
  }
}
