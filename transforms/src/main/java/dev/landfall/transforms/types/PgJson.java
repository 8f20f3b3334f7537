package dev.landfall.transforms.types;

import dev.landfall.transforms.types.fault.DocumentFaults;
import dev.landfall.transforms.types.fault.Fault;
import dev.landfall.transforms.types.form.CanonicalForm;
import dev.landfall.transforms.types.form.JsonForm;
import dev.landfall.transforms.value.ValueBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;

/** json and jsonb (PostgreSQL manual 8.14). */
public final class PgJson extends PgType {
  static final List<PgTypes.Name> NAMES =
      List.of(
          PgTypes.Name.of("json", text -> new PgJson(text, /* parsed= */ false))
              .binary(Oid.JSON, PgText::verbatim),
          PgTypes.Name.of("jsonb", text -> new PgJson(text, /* parsed= */ true))
              .binary(Oid.JSONB, PgJson::jsonb));

  private static final long serialVersionUID = 1L;

  /** The only version of jsonb's binary form that there is. */
  private static final int VERSION = 1;

  private final boolean parsed;

  private PgJson(TypeText text, boolean parsed) {
    super(text);
    this.parsed = parsed;
  }

  /** Whether it is jsonb, which has an order and an equality. */
  public boolean parsed() {
    return parsed;
  }

  /** PostgreSQL judges each text: one that it refuses is a reject. */
  @Override
  Optional<Fit> takes(MySqlType source) {
    return source instanceof MySqlText ? Optional.of(Fit.by(Conversion.TEXT)) : Optional.empty();
  }

  @Override
  public @Nullable String defaultOf(MySqlType source, String value, boolean mariadb) {
    return mariadb ? literal(value) : null;
  }

  private static boolean jsonb(byte[] text, int start, int end, ValueBuffer out) {
    out.putInt(end - start + 1);
    out.put(VERSION);
    out.put(text, start, end);
    return true;
  }

  @Override
  public CanonicalForm canonical() {
    return new JsonForm();
  }

  @Override
  public String canonicalWords() {
    return "the parsed value, numbers exact, keys in order, the last of equal keys";
  }

  /** As jsonb, since json has no equality. */
  @Override
  public String distinct(String one, String other) {
    return parsed
        ? super.distinct(one, other)
        : document(one) + " IS DISTINCT FROM " + document(other);
  }

  private static String document(String value) {
    return "CAST(replace(CAST(" + value + " AS text), '\\u0000', '\\ufffd') AS jsonb)";
  }

  @Override
  public String exact(String value) {
    return exactText(value);
  }

  @Override
  public boolean comparable(PgType referenced) {
    return referenced instanceof PgJson other && parsed == other.parsed;
  }

  @Override
  public boolean indexable() {
    return parsed;
  }

  @Override
  public List<Fault> faults(List<String> labels) {
    return DocumentFaults.json();
  }

  @Override
  public String neutral(List<String> labels) {
    return "null";
  }

  @Override
  public List<Fault.Need> needs() {
    return List.of(
        new Fault.Need(text -> text.startsWith("{"), "{\"a\": 1, \"b\": [1, 2]}"),
        new Fault.Need(text -> text.startsWith("["), "[1, 2]"));
  }

  @Override
  public String folded(String text) {
    return text.chars()
        .filter(c -> c > ' ')
        .sorted()
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
