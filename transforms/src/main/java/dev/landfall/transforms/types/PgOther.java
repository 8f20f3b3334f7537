package dev.landfall.transforms.types;

import dev.landfall.transforms.types.fault.Fault;
import dev.landfall.transforms.types.form.CanonicalForm;
import dev.landfall.transforms.types.form.VerbatimForm;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A type that is not known by more than its name, an enum or a domain of the user's among others:
 * its text form is taken as it is, and PostgreSQL judges each value.
 */
public class PgOther extends PgType {
  /** Names that are written in more than one way. */
  static final List<PgTypes.Name> NAMES =
      List.of(PgTypes.Name.of("timetz", PgOther::new).or("time with time zone"));

  private static final long serialVersionUID = 1L;

  PgOther(TypeText text) {
    super(text);
  }

  PgOther(String ddl) {
    super(ddl);
  }

  @Override
  Optional<Fit> takes(MySqlType source) {
    return source instanceof MySqlCharacters
        ? Optional.of(Fit.by(Conversion.TEXT))
        : Optional.empty();
  }

  @Override
  public @Nullable String defaultOf(MySqlType source, String value, boolean mariadb) {
    return source.members().contains(value) ? literal(value) : null;
  }

  /** What it is the driver's getBytes can't tell. */
  @Override
  public String read(String column) {
    return column + "::text";
  }

  @Override
  public CanonicalForm canonical() {
    return new VerbatimForm();
  }

  @Override
  public String canonicalWords() {
    return "the bytes of what PostgreSQL prints";
  }

  @Override
  public String distinct(String one, String other) {
    return exactText(one) + " IS DISTINCT FROM " + exactText(other);
  }

  @Override
  public String exact(String value) {
    return exactText(value);
  }

  @Override
  public List<Fault> faults(List<String> labels) {
    return labels.size() < 2
        ? List.of()
        : List.of(
            Fault.of(
                "another label", text -> labels.get((labels.indexOf(text) + 1) % labels.size())));
  }

  @Override
  public @Nullable String neutral(List<String> labels) {
    return labels.isEmpty() ? null : labels.get(0);
  }
}
