package dev.landfall.transforms.types;

import dev.landfall.transforms.types.fault.Fault;
import dev.landfall.transforms.types.fault.TextFaults;
import dev.landfall.transforms.types.form.CanonicalForm;
import dev.landfall.transforms.types.form.VerbatimForm;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** bit(n), which takes exactly n digits, and varbit(n) (PostgreSQL manual 8.10). */
public final class PgBit extends PgType {
  static final List<PgTypes.Name> NAMES =
      List.of(
          PgTypes.Name.of("bit", text -> new PgBit(text, /* varying= */ false)),
          PgTypes.Name.of("varbit", text -> new PgBit(text, /* varying= */ true))
              .or("bit varying"));

  private static final long serialVersionUID = 1L;

  private static final Pattern DIGITS = Pattern.compile("[01]*");
  private static final Pattern DEFAULT = Pattern.compile("[bB]'([01]*)'");

  private final @Nullable Integer length;
  private final boolean varying;

  private PgBit(TypeText text, boolean varying) {
    super(text);
    this.length = text.length();
    this.varying = varying;
  }

  /** How many bits it holds, null for no limit. */
  @Nullable Integer length() {
    return length;
  }

  /** Whether it holds every value of so many bits. */
  boolean holds(int bits) {
    return length == null || length == bits || (length > bits && varying);
  }

  @Override
  public String textForm(String value) {
    boolean fits =
        length == null || (varying ? value.length() <= length : value.length() == length);
    if (!fits || !DIGITS.matcher(value).matches()) {
      throw new NumberFormatException();
    }
    return value;
  }

  @Override
  public @Nullable String defaultOf(MySqlType source, String value, boolean mariadb) {
    Matcher matcher = DEFAULT.matcher(value);
    if (!matcher.matches() || length == null || matcher.group(1).length() > length) {
      return null;
    }
    String digits = matcher.group(1);
    return "B'" + "0".repeat(length - digits.length()) + digits + "'";
  }

  @Override
  public boolean plain() {
    return true;
  }

  @Override
  public CanonicalForm canonical() {
    return new VerbatimForm();
  }

  @Override
  public String canonicalWords() {
    return "the digits";
  }

  @Override
  public List<Fault> faults(List<String> labels) {
    return List.of(Fault.of("one bit", TextFaults::lastBit));
  }

  @Override
  public String neutral(List<String> labels) {
    return "0".repeat(length == null ? 1 : length);
  }
}
