package dev.landfall.transforms.types;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** char, varchar and the four kinds of text (MySQL manual 11.3). */
public final class MySqlText extends MySqlCharacters {
  static final List<MySqlTypes.Name> NAMES =
      Stream.of(
              List.of(
                  MySqlTypes.Name.of("char", d -> new MySqlText(d, /* key= */ true), "character"),
                  MySqlTypes.Name.of(
                      "varchar", d -> new MySqlText(d, /* key= */ true), "character varying")),
              MySqlTypes.Name.all(
                  d -> new MySqlText(d, /* key= */ false),
                  "tinytext",
                  "text",
                  "mediumtext",
                  "longtext"))
          .flatMap(List::stream)
          .toList();

  /** Whether a key can have all of it. */
  private final boolean key;

  private MySqlText(Declaration declared, boolean key) {
    super(declared);
    this.key = key;
  }

  /** MySQL strips a char's trailing blanks on reading (manual 11.3.2), PostgreSQL pads them. */
  @Override
  public Optional<String> becomes(Known known) {
    // varchar(0) exists only in MySQL.
    return Optional.of(
        key
            ? "varchar(" + Math.max(1, Objects.requireNonNullElse(declared().length(), 1L)) + ")"
            : "text");
  }

  @Override
  public boolean alike(PgType target) {
    return target instanceof PgText;
  }

  @Override
  boolean isBytes() {
    return true;
  }

  @Override
  public KeyText keyText() {
    return key ? KeyText.TEXT : KeyText.UNUSABLE;
  }
}
