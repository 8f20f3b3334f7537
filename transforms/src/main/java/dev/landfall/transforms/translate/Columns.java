package dev.landfall.transforms.translate;

import dev.landfall.transforms.model.SourceColumn;
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
import dev.landfall.transforms.types.MySqlBinary;
import dev.landfall.transforms.types.MySqlBit;
import dev.landfall.transforms.types.MySqlDate;
import dev.landfall.transforms.types.MySqlDatetime;
import dev.landfall.transforms.types.MySqlDecimal;
import dev.landfall.transforms.types.MySqlEnum;
import dev.landfall.transforms.types.MySqlFloat;
import dev.landfall.transforms.types.MySqlInteger;
import dev.landfall.transforms.types.MySqlJson;
import dev.landfall.transforms.types.MySqlText;
import dev.landfall.transforms.types.MySqlType;
import dev.landfall.transforms.types.MySqlYear;
import dev.landfall.transforms.types.PgBoolean;
import dev.landfall.transforms.types.PgBytea;
import dev.landfall.transforms.types.PgChar;
import dev.landfall.transforms.types.PgDate;
import dev.landfall.transforms.types.PgFloat;
import dev.landfall.transforms.types.PgInteger;
import dev.landfall.transforms.types.PgJson;
import dev.landfall.transforms.types.PgNumeric;
import dev.landfall.transforms.types.PgText;
import dev.landfall.transforms.types.PgType;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** What the values of a column are on both sides. */
final class Columns {
  /** Character sets in which each text has the bytes that it has in UTF-8. */
  private static final Set<String> UTF8 = Set.of("utf8mb4", "utf8mb3", "utf8", "ascii");

  private static final long LAST_YEAR = 2155;

  private Columns() {}

  static Term term(Scope.Column column) {
    SourceColumn source = column.source();
    PgType target = column.type();
    if (source.zerofill()) {
      throw new Untranslatable(source.name() + " is padded with zeros");
    }
    MySqlType type = source.type();
    if (type instanceof MySqlInteger integer) {
      return target instanceof PgBoolean && integer.bits() == Byte.SIZE
          ? Term.condition(column.sql())
          : whole(column, integer.bits());
    }
    if (type instanceof MySqlText) {
      demand(column, target instanceof PgText && !(target instanceof PgChar));
      return Term.of(column.sql(), chars(source));
    }
    if (type instanceof MySqlBinary) {
      demand(column, target instanceof PgBytea);
      return Term.of(column.sql(), new Bytes());
    }
    return other(column, type);
  }

  private static Term other(Scope.Column column, MySqlType type) {
    SourceColumn source = column.source();
    PgType target = column.type();
    String sql = column.sql();
    int fraction = Objects.requireNonNullElse(source.fraction(), 0);
    if (type instanceof MySqlDecimal) {
      int digits = Objects.requireNonNullElse(source.precision(), Numbers.MAX_DIGITS);
      int scale = Objects.requireNonNullElse(source.scale(), 0);
      demand(column, target.ddl().equals("numeric(" + digits + "," + scale + ")"));
      return Term.of(sql, new Decimal(digits, scale, /* shown= */ true));
    }
    if (type instanceof MySqlFloat) {
      demand(column, target instanceof PgFloat);
      boolean wide = target instanceof PgFloat number && number.wide();
      return Term.of(wide ? sql : "CAST(" + sql + " AS double precision)", new Floating());
    }
    if (type instanceof MySqlEnum) {
      demand(column, target instanceof PgText);
      return Term.of(sql, new Member(source.members(), chars(source)));
    }
    if (type instanceof MySqlDate) {
      demand(column, target instanceof PgDate);
      return Term.of(sql, new Day());
    }
    if (type instanceof MySqlDatetime time) {
      demand(column, type.alike(target));
      return Term.of(sql, time.zoned() ? new Instant(fraction) : new Moment(fraction));
    }
    if (type instanceof MySqlYear) {
      demand(column, target instanceof PgInteger number && number.bits() < Long.SIZE);
      Whole years = Whole.of(0, LAST_YEAR, Width.SMALL);
      return Term.of(
          sql, new Whole(years.min(), years.max(), /* unsigned= */ true, Width.SMALL, true));
    }
    if (type instanceof MySqlJson) {
      demand(column, target instanceof PgJson);
      return Term.of(sql, new Document(target instanceof PgJson json && json.parsed()));
    }
    return type instanceof MySqlBit && target instanceof PgBoolean
        ? Term.of(sql, new Bool())
        : Term.of(sql, new Opaque(source.columnType()));
  }

  private static Term whole(Scope.Column column, int bits) {
    Width width = width(column);
    boolean unsigned = column.source().unsigned();
    BigInteger half = BigInteger.TWO.pow(bits - 1);
    BigInteger min = unsigned ? BigInteger.ZERO : half.negate();
    BigInteger max = (unsigned ? half.multiply(BigInteger.TWO) : half).subtract(BigInteger.ONE);
    return Term.of(column.sql(), new Whole(min, max, unsigned, width, /* year= */ false));
  }

  private static Width width(Scope.Column column) {
    if (column.type() instanceof PgInteger number) {
      return number.bits() < Long.SIZE ? Width.SMALL : Width.BIGINT;
    }
    if (column.type() instanceof PgNumeric) {
      return Width.NUMERIC;
    }
    throw misfit(column, column.source().columnType());
  }

  private static Chars chars(SourceColumn source) {
    String collation = Objects.requireNonNullElse(source.collation(), "unknown");
    return new Chars(
        Collation.of(collation),
        source.characterSet() != null && UTF8.contains(source.characterSet()));
  }

  private static void demand(Scope.Column column, boolean fits) {
    if (!fits) {
      throw misfit(column, column.source().dataType().toLowerCase(Locale.ROOT));
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
