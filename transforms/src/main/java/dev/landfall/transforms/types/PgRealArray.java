package dev.landfall.transforms.types;

import dev.landfall.transforms.types.fault.DocumentFaults;
import dev.landfall.transforms.types.fault.Fault;
import dev.landfall.transforms.types.form.CanonicalForm;
import dev.landfall.transforms.types.form.RealArrayForm;
import java.util.List;

/** real[], which a vector becomes where pgvector is not. */
public final class PgRealArray extends PgOther {
  private static final long serialVersionUID = 1L;

  private PgRealArray(TypeText text) {
    super(text);
  }

  static PgType of(TypeText text) {
    return new PgRealArray(text);
  }

  @Override
  public CanonicalForm canonical() {
    return new RealArrayForm('{', '}');
  }

  @Override
  public String canonicalWords() {
    return "the IEEE singles in order";
  }

  @Override
  public String distinct(String one, String other) {
    return one + " IS DISTINCT FROM " + other;
  }

  @Override
  public List<Fault> faults(List<String> labels) {
    return DocumentFaults.floats();
  }
}
