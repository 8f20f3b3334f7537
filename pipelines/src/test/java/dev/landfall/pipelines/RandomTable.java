package dev.landfall.pipelines;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.TargetTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/** A source table that chance makes, and what chance does to what it became in the target. */
public final class RandomTable {
  private static final int MAX_ROWS = 400;
  private static final int MAX_EDITS = 12;

  /** Letters that collations, encodings and escapes treat in odd ways. */
  private static final List<String> LETTERS =
      List.of(
          "a", "A", "ä", "Ä", "ß", "s", " ", "_", "%", "\\\\", "''", "\\n", "\\t", "0", "é", "Z");

  private enum Column {
    TINYINT("tinyint", true),
    FLAG("tinyint(1)", false),
    SMALLINT("smallint", true),
    INT("int", true),
    INT_UNSIGNED("int unsigned", true),
    BIGINT("bigint", true),
    BIGINT_UNSIGNED("bigint unsigned", true),
    DECIMAL("decimal(20,6)", true),
    DOUBLE("double", false),
    FLOAT("float", false),
    CHAR("char(12)", true),
    VARCHAR("varchar(40)", true),
    VARCHAR_BIN("varchar(40) COLLATE utf8mb4_bin", true),
    LATIN("varchar(40) CHARACTER SET latin1", true),
    TEXT("text", false),
    BINARY("binary(6)", true),
    VARBINARY("varbinary(20)", true),
    BLOB("blob", false),
    DATE("date", true),
    DATETIME("datetime(6)", true),
    SECONDS("datetime", true),
    TIMESTAMP("timestamp(3) NULL DEFAULT NULL", false),
    TIME("time(6)", true),
    YEAR("year", true),
    BIT("bit(9)", true),
    ENUM("enum('x','y','Z','')", true),
    SET("set('p','q','r')", false),
    JSON("json", false);

    private final String ddl;
    private final boolean key;

    Column(String ddl, boolean key) {
      this.ddl = ddl;
      this.key = key;
    }
  }

  private final Random random;
  private final String name;
  private final List<Column> columns = new ArrayList<>();
  private final int keys;

  /** The table that the seed makes. */
  public RandomTable(String name, long seed) {
    this.name = name;
    this.random = new Random(seed);
    // One in six has no key, one in four a key of several columns.
    int chance = random.nextInt(12);
    keys = chance < 2 ? 0 : chance < 9 ? 1 : 2 + random.nextInt(2);
    List<Column> fit =
        IntStream.range(0, Column.values().length)
            .mapToObj(i -> Column.values()[i])
            .filter(c -> c.key)
            .toList();
    for (int i = 0; i < keys; i++) {
      columns.add(fit.get(random.nextInt(fit.size())));
    }
    for (int left = 1 + random.nextInt(6); left > 0; left--) {
      columns.add(Column.values()[random.nextInt(Column.values().length)]);
    }
  }

  public String name() {
    return name;
  }

  /** Makes the table and its rows. */
  public List<String> source() {
    StringJoiner definition = new StringJoiner(", ", "CREATE TABLE " + name + " (", ")");
    for (int i = 0; i < columns.size(); i++) {
      definition.add("c" + i + " " + columns.get(i).ddl + (i < keys ? " NOT NULL" : ""));
    }
    if (keys > 0) {
      StringJoiner key = new StringJoiner(", ", "PRIMARY KEY (", ")");
      IntStream.range(0, keys).forEach(i -> key.add("c" + i));
      definition.add(key.toString());
    }
    List<String> statements = new ArrayList<>();
    statements.add(definition.toString());
    int rows = random.nextInt(8) == 0 ? random.nextInt(3) : random.nextInt(MAX_ROWS);
    if (rows > 0) {
      StringJoiner insert = new StringJoiner(", ", "INSERT IGNORE INTO " + name + " VALUES ", "");
      for (int row = 0; row < rows; row++) {
        StringJoiner values = new StringJoiner(", ", "(", ")");
        for (int i = 0; i < columns.size(); i++) {
          values.add(i >= keys && random.nextInt(8) == 0 ? "NULL" : value(columns.get(i)));
        }
        insert.add(values.toString());
      }
      statements.add(insert.toString());
    }
    return statements;
  }

  private String value(Column column) {
    return switch (column) {
      case TINYINT -> number(-128, 127);
      case FLAG -> number(0, 1);
      case SMALLINT -> number(-32768, 32767);
      case INT -> number(Integer.MIN_VALUE, Integer.MAX_VALUE);
      case INT_UNSIGNED -> number(0, 4294967295L);
      case BIGINT -> Long.toString(random.nextInt(4) == 0 ? random.nextInt(9) : random.nextLong());
      case BIGINT_UNSIGNED -> Long.toUnsignedString(random.nextLong());
      case DECIMAL -> number(-99_999_999_999L, 99_999_999_999L) + "." + number(0, 999_999);
      case DOUBLE -> random.nextInt(5) == 0 ? "-0e0" : plain(random.nextGaussian()) + "e0";
      case FLOAT -> random.nextInt(5) == 0 ? "-0e0" : plain((float) random.nextGaussian()) + "e0";
      case CHAR, VARCHAR, VARCHAR_BIN, TEXT -> text(LETTERS.size());
      case LATIN -> text(LETTERS.size() - 1);
      case BINARY, VARBINARY, BLOB ->
          "x'" + "%02x".repeat(random.nextInt(7)).formatted(bytes()) + "'";
      case DATE -> "'1970-01-01' + INTERVAL " + number(-30_000, 30_000) + " DAY";
      case DATETIME -> "'2000-01-01' + INTERVAL " + number(-1L << 50, 1L << 50) + " MICROSECOND";
      case SECONDS -> "'2000-01-01' + INTERVAL " + number(-1L << 30, 1L << 30) + " SECOND";
      case TIMESTAMP -> "'2010-01-01' + INTERVAL " + number(0, 1L << 28) + " SECOND";
      case TIME ->
          "'%s%s:%02d:%02d.%06d'"
              .formatted(
                  random.nextBoolean() ? "-" : "",
                  number(0, 837),
                  random.nextInt(60),
                  random.nextInt(60),
                  random.nextInt(1_000_000));
      case YEAR -> number(1901, 2155);
      case BIT -> number(0, 511);
      case ENUM -> number(1, 4);
      case SET -> number(0, 7);
      case JSON ->
          List.of("'{\"b\": 1.10, \"a\": [1, null]}'", "'[]'", "'\"t\\\\n\"'", "'1e2'", "'{}'")
              .get(random.nextInt(5));
    };
  }

  private static String plain(double number) {
    return new BigDecimal(Double.toString(number)).toPlainString();
  }

  private Object[] bytes() {
    return random.ints(7, 0, 256).boxed().toArray();
  }

  private String number(long least, long greatest) {
    // Small ones often, so that keys are beside one another too.
    if (random.nextInt(3) == 0) {
      return Long.toString(Math.max(least, Math.min(greatest, random.nextInt(100))));
    }
    return Long.toString(random.nextLong(least, greatest + 1));
  }

  private String text(int letters) {
    StringBuilder text = new StringBuilder("'");
    for (int left = random.nextInt(9); left > 0; left--) {
      text.append(LETTERS.get(random.nextInt(letters)));
    }
    return text.append('\'').toString();
  }

  /** What chance does to the target: some of it changes nothing that counts. */
  public List<String> edits(TargetTable table) {
    List<String> edits = new ArrayList<>();
    for (int left = random.nextInt(MAX_EDITS); left > 0; left--) {
      edits.add(edit(table));
    }
    return edits;
  }

  private String edit(TargetTable table) {
    String some =
        " WHERE ctid IN (SELECT ctid FROM "
            + name
            + " ORDER BY ctid OFFSET "
            + random.nextInt(MAX_ROWS)
            + " LIMIT "
            + (1 + random.nextInt(random.nextInt(5) == 0 ? 60 : 2))
            + ")";
    return switch (random.nextInt(5)) {
      case 0 -> "DELETE FROM " + name + some;
      case 1 -> {
        StringJoiner values = new StringJoiner(", ");
        for (int i = 0; i < table.columns().size(); i++) {
          ColumnMapping column = table.columns().get(i);
          values.add(i < Math.max(1, keys) ? other(column) : column.name());
        }
        yield "INSERT INTO "
            + name
            + " SELECT "
            + values
            + " FROM "
            + name
            + some
            + " ON CONFLICT DO NOTHING";
      }
      default -> {
        if (keys == table.columns().size()) {
          yield "DELETE FROM " + name + some;
        }
        int i = keys + random.nextInt(table.columns().size() - keys);
        ColumnMapping column = table.columns().get(i);
        String value =
            switch (random.nextInt(6)) {
              case 0 -> "NULL";
              case 1 -> same(column);
              default -> other(column);
            };
        yield "UPDATE " + name + " SET " + column.name() + " = " + value + some;
      }
    };
  }

  /** The same value in another form, as far as the type has one. */
  private static String same(ColumnMapping column) {
    String name = column.name();
    return switch (column.type().ddl().replaceFirst("\\(.*\\)", "")) {
      case "numeric" -> name + " * 1.0";
      case "double precision", "real" -> name + " * 1";
      case "json" -> "(" + name + "::jsonb)::json";
      default -> name;
    };
  }

  /** A value that is another one, nearly always, as near as the type has one. */
  private String other(ColumnMapping column) {
    String c = column.name();
    return switch (column.type().ddl().replaceFirst("\\(.*\\)", "")) {
      case "boolean" -> "NOT " + c;
      case "smallint", "integer", "bigint" ->
          "CASE WHEN " + c + " > 0 THEN " + c + " - 1 ELSE " + c + " + 1 END";
      case "numeric" -> {
        boolean whole = !column.type().ddl().contains(",");
        String unit = whole ? "1" : "0.000001";
        yield "CASE WHEN "
            + c
            + " > 0 THEN "
            + c
            + " - "
            + unit
            + " ELSE "
            + c
            + " + "
            + unit
            + " END";
      }
      case "real", "double precision" -> "CASE WHEN " + c + " = 0 THEN 1 ELSE -" + c + " END";
      case "text", "varchar", "char", "citext" ->
          switch (random.nextInt(4)) {
            case 0 -> "CASE WHEN " + c + " = '' THEN 'z' ELSE '' END";
            case 1 -> "rtrim(" + c + ")";
            case 2 -> "upper(" + c + ")";
            default -> "'Q' || substr(" + c + ", 2)";
          };
      case "bytea" ->
          "CASE WHEN length("
              + c
              + ") = 0 THEN '\\x00' ELSE set_byte("
              + c
              + ", 0, get_byte("
              + c
              + ", 0) # 1) END";
      case "date" -> c + " + 1";
      case "time", "interval", "timestamp", "timestamptz" -> c + " + interval '1 microsecond'";
      case "json", "jsonb" -> random.nextBoolean() ? "'{\"b\": 1.1, \"a\": [1, null]}'" : "'[0]'";
      case "bit", "varbit" -> "~" + c;
      case "uuid" -> "gen_random_uuid()";
      case "text[]" -> "array_append(" + c + ", 'p')";
      default -> c;
    };
  }
}
