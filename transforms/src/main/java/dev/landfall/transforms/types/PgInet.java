package dev.landfall.transforms.types;

import dev.landfall.transforms.types.fault.DocumentFaults;
import dev.landfall.transforms.types.fault.Fault;
import dev.landfall.transforms.types.form.CanonicalForm;
import dev.landfall.transforms.types.form.InetForm;
import java.util.List;

/** inet (PostgreSQL manual 8.9). */
public final class PgInet extends PgOther {
  static final List<PgTypes.Name> NAMES = List.of(PgTypes.Name.of("inet", PgInet::new));

  private static final long serialVersionUID = 1L;

  private PgInet(TypeText text) {
    super(text);
  }

  /** As PostgreSQL prints it: as text it would have a netmask of all bits behind it. */
  @Override
  public String read(String column) {
    return "abbrev(" + column + ")";
  }

  @Override
  public CanonicalForm canonical() {
    return new InetForm();
  }

  @Override
  public String canonicalWords() {
    return "the address' bytes and its mask";
  }

  @Override
  public String distinct(String one, String other) {
    return one + " IS DISTINCT FROM " + other;
  }

  @Override
  public List<Fault> faults(List<String> labels) {
    return DocumentFaults.addresses();
  }
}
