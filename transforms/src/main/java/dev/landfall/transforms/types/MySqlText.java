package dev.landfall.transforms.types;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** char, varchar and the four kinds of text (MySQL manual 11.3). */
public final class MySqlText extends MySqlType {
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
  Fit into(PgType target) {
    return text(target, Conversion.TEXT, length(declared()));
  }

  static long length(Declaration declared) {
    return Objects.requireNonNullElse(declared.length(), Long.MAX_VALUE);
  }

  @Override
  public Optional<Conversion> narrowedTo(PgType target) {
    return target instanceof PgText ? Optional.of(Conversion.TEXT) : Optional.empty();
  }

  @Override
  public boolean alike(PgType target) {
    return target instanceof PgText;
  }

  /** As UTF-8, or marked as one that can't be converted. */
  @Override
  public String read(String column) {
    return SourceText.utf8(column, declared().characterSet());
  }

  @Override
  boolean isBytes() {
    return true;
  }

  @Override
  public KeyText keyText() {
    return key ? KeyText.TEXT : KeyText.UNUSABLE;
  }

  @Override
  public Optional<KeyInverse> inverse(PgType target, Conversion conversion) {
    return KeyInverse.ofText(declared(), target, conversion);
  }

  @Override
  public boolean pushes(PgType target) {
    return target instanceof PgText && declared().characterSet() != null;
  }

  @Override
  public String pushed(String column) {
    return counted(SourceText.converted(column, declared().characterSet()));
  }

  static String counted(String bytes) {
    return "CONCAT(LENGTH(" + bytes + "), ':', " + bytes + ")";
  }
}
