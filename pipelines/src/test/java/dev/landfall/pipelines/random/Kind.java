package dev.landfall.pipelines.random;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A type of the source: values that chance makes of it, and what a plain move makes of those. */
enum Kind {
  INT("int"),
  SMALLINT("smallint"),
  BIGINT("bigint"),
  UNSIGNED("bigint unsigned"),
  DECIMAL("decimal(20,4)"),
  CODE("varchar(10)"),
  VARCHAR("varchar(60)"),
  VARCHAR_BIN("varchar(60) COLLATE utf8mb4_bin"),
  LATIN("varchar(60) CHARACTER SET latin1"),
  CHAR("char(12)"),
  TEXT("text"),
  DATE("date"),
  MICROS("datetime(6)"),
  SECONDS("datetime"),
  BINARY("binary(5)"),
  VARBINARY("varbinary(12)");

  /** Of which a code is one, with much that is nearly one of the others. */
  static final List<String> CODES = List.of("A", "I", "a", "", "A ", " I", "Ä", "x", "n/a", "😀");

  private static final List<String> PIECES =
      List.of(
          "a", "A", "ä", "Ä", "ß", "é", "İ", "Σ", "😀", "中", " ", "  ", "\t", "\u00a0", "\u3000",
          "0", "1", "'", "\"", "\\", ":", "|", "%", "_", "#", "{", "null", "\n", "é", "x@Y.z");

  private static final String LATIN_PIECES = "aAäÄßé 0'\\:";

  final String ddl;

  Kind(String ddl) {
    this.ddl = ddl;
  }

  boolean isText() {
    return switch (this) {
      case CODE, VARCHAR, VARCHAR_BIN, LATIN, CHAR, TEXT -> true;
      default -> false;
    };
  }

  boolean isNumber() {
    return switch (this) {
      case INT, SMALLINT, BIGINT, UNSIGNED, DECIMAL -> true;
      default -> false;
    };
  }

  boolean isTime() {
    return this == DATE || this == MICROS || this == SECONDS;
  }

  boolean isBytes() {
    return this == BINARY || this == VARBINARY;
  }

  /** An expression of the source's that gives its text. */
  String read(String column) {
    return isText() ? column : isBytes() ? "HEX(" + column + ")" : "CAST(" + column + " AS CHAR)";
  }

  /**
   * The text that PostgreSQL has of it.
   *
   * @param text what {@link #read} gave
   * @param nullable whether the column takes NULL
   */
  @Nullable String plain(@Nullable String text, boolean nullable) throws Unfit {
    if (text == null) {
      return null;
    }
    if (isBytes()) {
      return "\\x" + text.toLowerCase(java.util.Locale.ROOT);
    }
    if (isText() && text.indexOf('\0') >= 0) {
      throw new Unfit("a NUL");
    }
    if (isTime()) {
      if (text.matches("0000-00-00( 00:00:00[.0]*)?")) {
        if (nullable) {
          return null;
        }
        throw new Unfit("a zero date");
      }
      if (text.startsWith("-00", 4) || text.startsWith("-00", 7) || text.startsWith("0000")) {
        throw new Unfit("part of a date");
      }
      return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }
    return text;
  }

  /**
   * A literal of the source's.
   *
   * @param odd whether it may be one that PostgreSQL can't take
   */
  String literal(Random random, boolean odd) {
    return switch (this) {
      case INT -> number(random, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case SMALLINT -> number(random, -32768, 32767);
      case BIGINT -> number(random, Long.MIN_VALUE, Long.MAX_VALUE - 1);
      case UNSIGNED ->
          random.nextInt(3) == 0 ? "18446744073709551615" : number(random, 0, Long.MAX_VALUE - 1);
      case DECIMAL ->
          random.nextInt(5) == 0
              ? "-9999999999999999.9999"
              : number(random, -99_999_999L, 99_999_999L)
                  + ".%04d".formatted(random.nextInt(10000));
      case CODE -> quoted(CODES.get(random.nextInt(CODES.size())));
      case VARCHAR, VARCHAR_BIN, TEXT -> text(random, odd);
      case LATIN, CHAR -> latin(random);
      case DATE -> quoted(day(random, odd));
      case MICROS ->
          quoted(
              day(random, odd)
                  + (random.nextInt(3) == 0
                      ? " 00:00:00"
                      : " 23:5%d:0%d.%s"
                          .formatted(
                              random.nextInt(10),
                              random.nextInt(10),
                              List.of("000001", "5", "999999", "120000", "0")
                                  .get(random.nextInt(5)))));
      case SECONDS -> quoted(day(random, odd) + " 12:00:0" + random.nextInt(10));
      case BINARY, VARBINARY -> {
        StringBuilder hex = new StringBuilder("x'");
        for (int left = random.nextInt(6); left > 0; left--) {
          hex.append("%02x".formatted(random.nextInt(4) == 0 ? 0 : random.nextInt(256)));
        }
        yield hex.append('\'').toString();
      }
    };
  }

  private static String day(Random random, boolean odd) {
    if (odd && random.nextInt(8) == 0) {
      return random.nextBoolean() ? "0000-00-00" : "2020-00-10";
    }
    return random.nextInt(5) == 0
        ? List.of("1000-01-01", "9999-12-31", "0001-01-01", "2024-02-29").get(random.nextInt(4))
        : "%d-%02d-%02d"
            .formatted(1900 + random.nextInt(200), 1 + random.nextInt(12), 1 + random.nextInt(28));
  }

  private static String number(Random random, long least, long most) {
    return switch (random.nextInt(4)) {
      case 0 -> Long.toString(random.nextLong(least, most + 1));
      case 1 -> Long.toString(random.nextBoolean() ? least : most);
      default -> Long.toString(random.nextInt(12));
    };
  }

  private String text(Random random, boolean odd) {
    if (odd && random.nextInt(12) == 0) {
      return "'a\\0b'";
    }
    if (this == TEXT && random.nextInt(10) == 0) {
      return "REPEAT(" + quoted("Ä b😀") + ", " + (500 + random.nextInt(3000)) + ")";
    }
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(8); left > 0; left--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return quoted(text.toString());
  }

  private static String latin(Random random) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(8); left > 0; left--) {
      text.append(LATIN_PIECES.charAt(random.nextInt(LATIN_PIECES.length())));
    }
    return quoted(text.toString());
  }

  /** A text as a literal of the source's. */
  static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
