package dev.landfall.transforms.types;

import dev.landfall.transforms.types.fault.DocumentFaults;
import dev.landfall.transforms.types.fault.Fault;
import dev.landfall.transforms.types.form.CanonicalForm;
import dev.landfall.transforms.types.form.TextArrayForm;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** An array of texts of any kind (PostgreSQL manual 8.15). */
public final class PgTextArray extends PgType {
  private static final long serialVersionUID = 1L;

  PgTextArray(TypeText text) {
    super(text);
  }

  /** Members hold no comma (MySQL manual 11.3.6), so commas separate them. */
  @Override
  public String defaultOf(MySqlType source, String value, boolean mariadb) {
    return literal(
        value.isEmpty()
            ? "{}"
            : Arrays.stream(value.split(",", -1))
                .map(m -> "\"" + m.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(",", "{", "}")));
  }

  @Override
  public CanonicalForm canonical() {
    return new TextArrayForm();
  }

  @Override
  public String canonicalWords() {
    return "the texts in order";
  }

  @Override
  public String exact(String value) {
    return exactText(value);
  }

  @Override
  public String parkingValue() {
    return "{" + UUID.randomUUID() + "}";
  }

  @Override
  public List<Fault> faults(List<String> labels) {
    return DocumentFaults.arrays();
  }

  @Override
  public String neutral(List<String> labels) {
    return "{}";
  }
}
