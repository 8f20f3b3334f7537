package dev.landfall.transforms.types;

import dev.landfall.transforms.types.fault.DocumentFaults;
import dev.landfall.transforms.types.fault.Fault;
import dev.landfall.transforms.types.form.CanonicalForm;
import dev.landfall.transforms.types.form.RealArrayForm;
import java.util.List;

/** pgvector's vector. */
public final class PgVector extends PgOther {
  static final List<PgTypes.Name> NAMES =
      List.of(PgTypes.Name.of("vector", PgVector::new).ofExtension());

  /** The most that a column is declared with. */
  static final int MOST_DIMENSIONS = 16_000;

  private static final long serialVersionUID = 1L;

  private PgVector(TypeText text) {
    super(text);
  }

  @Override
  public CanonicalForm canonical() {
    return new RealArrayForm('[', ']');
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
