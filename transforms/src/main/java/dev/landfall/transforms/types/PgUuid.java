package dev.landfall.transforms.types;

import dev.landfall.transforms.types.fault.Fault;
import dev.landfall.transforms.types.fault.TextFaults;
import dev.landfall.transforms.types.form.CanonicalForm;
import dev.landfall.transforms.types.form.UuidForm;
import dev.landfall.transforms.value.HexDigits;
import dev.landfall.transforms.value.ValueBuffer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;

/** uuid (PostgreSQL manual 8.12). */
public final class PgUuid extends PgType {
  static final List<PgTypes.Name> NAMES =
      List.of(PgTypes.Name.of("uuid", PgUuid::new).binary(Oid.UUID, PgUuid::binary));

  private static final long serialVersionUID = 1L;

  private static final Pattern DEFAULT =
      Pattern.compile("(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private PgUuid(TypeText text) {
    super(text);
  }

  /** PostgreSQL judges each text: one that it refuses is a reject. */
  @Override
  Optional<Fit> takes(MySqlType source) {
    return source instanceof MySqlText ? Optional.of(Fit.by(Conversion.TEXT)) : Optional.empty();
  }

  @Override
  public String textForm(String value) {
    try {
      String canonical = UUID.fromString(value).toString();
      if (canonical.equalsIgnoreCase(value)) {
        return canonical;
      }
    } catch (IllegalArgumentException e) {
      // Told below, as for a short form that Java would fill up.
    }
    throw new NumberFormatException();
  }

  @Override
  public @Nullable String defaultOf(MySqlType source, String value, boolean mariadb) {
    return DEFAULT.matcher(value).matches() ? literal(value) : null;
  }

  @Override
  public boolean plain() {
    return true;
  }

  /** 550e8400-e29b-41d4-a716-446655440000. */
  private static boolean binary(byte[] text, int start, int end, ValueBuffer out) {
    if (end - start != 36
        || text[start + 8] != '-'
        || text[start + 13] != '-'
        || text[start + 18] != '-'
        || text[start + 23] != '-') {
      return false;
    }
    out.putInt(16);
    return HexDigits.append(text, start, start + 8, out)
        && HexDigits.append(text, start + 9, start + 13, out)
        && HexDigits.append(text, start + 14, start + 18, out)
        && HexDigits.append(text, start + 19, start + 23, out)
        && HexDigits.append(text, start + 24, end, out);
  }

  @Override
  public CanonicalForm canonical() {
    return new UuidForm();
  }

  @Override
  public String canonicalWords() {
    return "the 16 bytes";
  }

  @Override
  public String parkingValue() {
    return UUID.randomUUID().toString();
  }

  @Override
  public List<Fault> faults(List<String> labels) {
    return List.of(Fault.of("one bit", TextFaults::lastHexDigit));
  }

  @Override
  public String neutral(List<String> labels) {
    return "00000000-0000-0000-0000-000000000000";
  }
}
