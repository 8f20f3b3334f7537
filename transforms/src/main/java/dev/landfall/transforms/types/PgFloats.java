package dev.landfall.transforms.types;

import dev.landfall.transforms.types.fault.DocumentFaults;
import dev.landfall.transforms.types.fault.Fault;
import dev.landfall.transforms.types.form.CanonicalForm;
import dev.landfall.transforms.types.form.RealArrayForm;
import java.util.List;

/** A list of IEEE singles, as PostgreSQL's arrays and pgvector write it. */
abstract class PgFloats extends PgOther {
  private static final long serialVersionUID = 1L;

  private final char open;
  private final char close;

  PgFloats(TypeText text, char open, char close) {
    super(text);
    this.open = open;
    this.close = close;
  }

  @Override
  public CanonicalForm canonical() {
    return new RealArrayForm(open, close);
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
