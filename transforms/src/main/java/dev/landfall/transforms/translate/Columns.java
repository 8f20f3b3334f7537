package dev.landfall.transforms.translate;

import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TargetType;
import dev.landfall.transforms.model.TargetType.Kind;
import dev.landfall.transforms.translate.ValueType.Bool;
import dev.landfall.transforms.translate.ValueType.Bytes;
import dev.landfall.transforms.translate.ValueType.Chars;
import dev.landfall.transforms.translate.ValueType.Day;
import dev.landfall.transforms.translate.ValueType.Decimal;
import dev.landfall.transforms.translate.ValueType.Document;
import dev.landfall.transforms.translate.ValueType.Floating;
import dev.landfall.transforms.translate.ValueType.Instant;
import dev.landfall.transforms.translate.ValueType.Member;
import dev.landfall.transforms.translate.ValueType.Moment;
import dev.landfall.transforms.translate.ValueType.Opaque;
import dev.landfall.transforms.translate.ValueType.Whole;
import dev.landfall.transforms.translate.ValueType.Whole.Width;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What the values of a column are on both sides. */
final class Columns {
  private static final Map<String, Integer> BITS =
      Map.of("tinyint", 8, "smallint", 16, "mediumint", 24, "int", 32, "bigint", 64);

  private static final Set<String> TEXTS =
      Set.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext");

  private static final Set<String> BINARIES =
      Set.of("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob");

  /** Character sets in which each text has the bytes that it has in UTF-8. */
  private static final Set<String> UTF8 = Set.of("utf8mb4", "utf8mb3", "utf8", "ascii");

  private static final long LAST_YEAR = 2155;

  private Columns() {}

  static Term term(Scope.Column column) {
    SourceColumn source = column.source();
    Kind kind = column.type().kind();
    String type = source.dataType().toLowerCase(Locale.ROOT);
    if (source.zerofill()) {
      throw new Untranslatable(source.name() + " is padded with zeros");
    }
    Integer bits = BITS.get(type);
    if (bits != null) {
      return kind == Kind.BOOLEAN && type.equals("tinyint")
          ? Term.condition(column.sql())
          : whole(column, bits);
    }
    if (TEXTS.contains(type)) {
      demand(column, type, kind == Kind.TEXT && !column.type().ddl().startsWith("char"));
      return Term.of(column.sql(), chars(source));
    }
    if (BINARIES.contains(type)) {
      demand(column, type, kind == Kind.BYTEA);
      return Term.of(column.sql(), new Bytes());
    }
    return other(column, type);
  }

  private static Term other(Scope.Column column, String type) {
    SourceColumn source = column.source();
    TargetType target = column.type();
    Kind kind = target.kind();
    String sql = column.sql();
    int fraction = Objects.requireNonNullElse(source.fraction(), 0);
    switch (type) {
      case "decimal" -> {
        int digits = Objects.requireNonNullElse(source.precision(), Numbers.MAX_DIGITS);
        int scale = Objects.requireNonNullElse(source.scale(), 0);
        demand(column, type, target.ddl().equals("numeric(" + digits + "," + scale + ")"));
        return Term.of(sql, new Decimal(digits, scale, /* shown= */ true));
      }
      case "float", "double" -> {
        demand(column, type, kind == Kind.REAL || kind == Kind.DOUBLE);
        String wide = kind == Kind.REAL ? "CAST(" + sql + " AS double precision)" : sql;
        return Term.of(wide, new Floating());
      }
      case "enum" -> {
        demand(column, type, kind == Kind.TEXT);
        return Term.of(sql, new Member(source.members(), chars(source)));
      }
      case "date" -> {
        demand(column, type, kind == Kind.DATE);
        return Term.of(sql, new Day());
      }
      case "datetime" -> {
        demand(column, type, kind == Kind.TIMESTAMP);
        return Term.of(sql, new Moment(fraction));
      }
      case "timestamp" -> {
        demand(column, type, kind == Kind.TIMESTAMPTZ);
        return Term.of(sql, new Instant(fraction));
      }
      case "year" -> {
        demand(column, type, kind == Kind.SMALLINT || kind == Kind.INTEGER);
        Whole years = Whole.of(0, LAST_YEAR, Width.SMALL);
        return Term.of(
            sql, new Whole(years.min(), years.max(), /* unsigned= */ true, Width.SMALL, true));
      }
      case "json" -> {
        demand(column, type, kind == Kind.JSON || kind == Kind.JSONB);
        return Term.of(sql, new Document(kind == Kind.JSONB));
      }
      case "bit" -> {
        return kind == Kind.BOOLEAN
            ? Term.of(sql, new Bool())
            : Term.of(sql, new Opaque(source.columnType()));
      }
      default -> {
        return Term.of(sql, new Opaque(source.columnType()));
      }
    }
  }

  private static Term whole(Scope.Column column, int bits) {
    Width width =
        switch (column.type().kind()) {
          case SMALLINT, INTEGER -> Width.SMALL;
          case BIGINT -> Width.BIGINT;
          case NUMERIC -> Width.NUMERIC;
          default -> throw misfit(column, column.source().columnType());
        };
    boolean unsigned = column.source().unsigned();
    BigInteger half = BigInteger.TWO.pow(bits - 1);
    BigInteger min = unsigned ? BigInteger.ZERO : half.negate();
    BigInteger max = (unsigned ? half.multiply(BigInteger.TWO) : half).subtract(BigInteger.ONE);
    return Term.of(column.sql(), new Whole(min, max, unsigned, width, /* year= */ false));
  }

  private static Chars chars(SourceColumn source) {
    String collation = Objects.requireNonNullElse(source.collation(), "unknown");
    return new Chars(
        Collation.of(collation),
        source.characterSet() != null && UTF8.contains(source.characterSet()));
  }

  private static void demand(Scope.Column column, String type, boolean fits) {
    if (!fits) {
      throw misfit(column, type);
    }
  }

  private static Untranslatable misfit(Scope.Column column, String type) {
    return new Untranslatable(
        column.source().name()
            + " is "
            + type
            + " in the source and "
            + column.type()
            + " in the target");
  }
}
