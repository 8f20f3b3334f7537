package dev.landfall.transforms.types;

import dev.landfall.transforms.types.fault.Fault;
import dev.landfall.transforms.types.fault.TextFaults;
import dev.landfall.transforms.types.form.CanonicalForm;
import dev.landfall.transforms.types.form.VerbatimForm;
import dev.landfall.transforms.value.ValueBuffer;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;

/** text and varchar; with what differs, {@link PgChar} and {@link PgCitext} (manual 8.3). */
public class PgText extends PgType {
  static final List<PgTypes.Name> NAMES =
      List.of(
          PgTypes.Name.of("text", PgText::new)
              .arrays(PgTextArray::new)
              .binary(Oid.TEXT, PgText::verbatim),
          PgTypes.Name.of("varchar", PgText::new)
              .or("character varying", "char varying")
              .arrays(PgTextArray::new)
              .binary(Oid.VARCHAR, PgText::verbatim));

  private static final long serialVersionUID = 1L;

  /** Texts without a length of their own end at a gigabyte. */
  private static final int ANY_LENGTH = Integer.MAX_VALUE;

  private final @Nullable Integer length;

  PgText(TypeText text) {
    super(text);
    this.length = text.length();
  }

  /** How many characters it holds, null for no limit. */
  public final @Nullable Integer length() {
    return length;
  }

  /** Blanks count too: PostgreSQL would cut them off without a word (manual 8.3). */
  @Override
  public @Nullable String fitting(String text, boolean approximate) {
    return length == null || text.codePointCount(0, text.length()) <= length ? text : null;
  }

  @Override
  public String textForm(String value) {
    int used = value.codePointCount(0, value.length());
    if (length != null && used > length) {
      throw new IllegalArgumentException(
          "the value has " + used + " characters, " + ddl() + " takes " + length);
    }
    return value;
  }

  @Override
  public @Nullable String defaultOf(MySqlType source, String value, boolean mariadb) {
    return value.indexOf('\0') < 0 ? literal(value) : null;
  }

  static boolean verbatim(byte[] text, int start, int end, ValueBuffer out) {
    out.putInt(end - start);
    out.put(text, start, end);
    return true;
  }

  @Override
  public CanonicalForm canonical() {
    return new VerbatimForm();
  }

  @Override
  public String canonicalWords() {
    return "the bytes";
  }

  @Override
  public String pushed(String column) {
    return "coalesce(octet_length(convert_to("
        + column
        + "::text, 'UTF8')) || ':' || "
        + column
        + "::text, 'n,')";
  }

  /** By the bytes, whatever a collation would fold. */
  @Override
  public String distinct(String one, String other) {
    return one + " COLLATE \"C\" IS DISTINCT FROM " + other + " COLLATE \"C\"";
  }

  @Override
  public String exact(String value) {
    return exactText(value);
  }

  @Override
  public String keyCast() {
    return "text";
  }

  @Override
  public boolean comparable(PgType referenced) {
    return referenced instanceof PgText;
  }

  @Override
  public String parkingValue() {
    String text = UUID.randomUUID().toString().replace("-", "");
    return text.substring(0, Math.min(text.length(), Objects.requireNonNullElse(length, 32)));
  }

  @Override
  public List<Fault> faults(List<String> labels) {
    return TextFaults.texts(Objects.requireNonNullElse(length, ANY_LENGTH));
  }

  @Override
  public String neutral(List<String> labels) {
    return "";
  }

  @Override
  public List<Fault.Need> needs() {
    return List.of(
        new Fault.Need(String::isEmpty, ""), new Fault.Need(TextFaults::hasOtherForm, "\u00e9"));
  }
}
