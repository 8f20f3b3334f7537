package dev.landfall.transforms.types;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** enum, which prints its members (MySQL manual 11.3.5). */
public final class MySqlEnum extends MySqlCharacters {
  static final List<MySqlTypes.Name> NAMES = MySqlTypes.Name.all(MySqlEnum::new, "enum");

  /** NAMEDATALEN - 1 (PostgreSQL manual 8.7.4). */
  private static final int LABEL_BYTES = 63;

  private MySqlEnum(Declaration declared) {
    super(declared);
  }

  @Override
  public Optional<String> becomes(Known known) {
    return Optional.of("text");
  }

  /** An enum of PostgreSQL's own, made from the members. */
  Fit asLabels() {
    List<String> members = members();
    for (String member : members) {
      if (member.getBytes(StandardCharsets.UTF_8).length > LABEL_BYTES) {
        return Fit.none("PostgreSQL's labels have at most 63 bytes, unlike \"" + member + "\"");
      }
      if (member.indexOf('\0') >= 0) {
        return Fit.none("a label of PostgreSQL can't hold a NUL character");
      }
    }
    return Set.copyOf(members).size() == members.size()
        ? Fit.by(Conversion.ENUM)
        : Fit.none(
            "the source's catalogue prints characters beyond U+FFFF as question marks, so that two"
                + " members look the same");
  }

  @Override
  public String words() {
    return declared().dataType();
  }

  @Override
  public Optional<String> why(PgType target) {
    return Optional.of(
        target instanceof PgText ? "a check keeps its members" : "labels in MySQL's order");
  }
}
