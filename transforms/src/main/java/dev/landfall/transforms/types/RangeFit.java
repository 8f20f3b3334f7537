package dev.landfall.transforms.types;

import dev.landfall.transforms.model.Conversion;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceType;
import dev.landfall.transforms.model.TargetType;
import dev.landfall.transforms.model.TargetType.Kind;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of a source column and a narrower type, which {@link TypeFit} refuses, and which a rule for
 * values out of range makes possible: each value is looked at, and one that does not fit meets the
 * rule. What PostgreSQL would round or cut by itself is such a value too.
 */
public final class RangeFit {
  private static final Set<SourceType> NUMBERS =
      EnumSet.of(
          SourceType.TINYINT,
          SourceType.SMALLINT,
          SourceType.MEDIUMINT,
          SourceType.INT,
          SourceType.BIGINT,
          SourceType.DECIMAL,
          SourceType.FLOAT,
          SourceType.DOUBLE,
          SourceType.YEAR);

  private static final Set<SourceType> TEXTS =
      EnumSet.of(SourceType.CHAR, SourceType.VARCHAR, SourceType.TEXT, SourceType.ENUM);

  private static final Set<Kind> NUMERIC_KINDS =
      EnumSet.of(Kind.SMALLINT, Kind.INTEGER, Kind.BIGINT, Kind.NUMERIC, Kind.REAL, Kind.DOUBLE);

  private RangeFit() {}

  /**
   * The conversion to a type that is too narrow for some of the column's values; empty where no
   * rule helps, because the type is not narrower but another.
   */
  public static Optional<Conversion> conversion(SourceColumn column, TargetType target) {
    Kind kind = target.kind();
    return SourceType.of(column)
        .flatMap(
            type -> {
              if (NUMBERS.contains(type)) {
                boolean number = NUMERIC_KINDS.contains(kind);
                boolean flag = type == SourceType.TINYINT && kind == Kind.BOOLEAN;
                return number || flag ? Optional.of(Conversion.NONE) : Optional.empty();
              }
              if (TEXTS.contains(type)) {
                return kind == Kind.TEXT ? Optional.of(Conversion.TEXT) : Optional.empty();
              }
              if (type == SourceType.DATETIME || type == SourceType.TIMESTAMP) {
                boolean fits =
                    kind == Kind.DATE || kind == Kind.TIMESTAMP || kind == Kind.TIMESTAMPTZ;
                return fits ? Optional.of(Conversion.DATE) : Optional.empty();
              }
              boolean span = kind == Kind.TIME || kind == Kind.INTERVAL;
              return type == SourceType.TIME && span
                  ? Optional.of(Conversion.NONE)
                  : Optional.empty();
            });
  }

  /**
   * The limits in a type's parentheses.
   *
   * @param length characters, or a number's digits; null for no limit
   * @param scale a number's digits after the point; null for no limit
   * @param fraction digits of a fraction of a second
   */
  public record Limits(@Nullable Integer length, @Nullable Integer scale, int fraction) {}

  /** The limits of a type. */
  public static Limits limits(TargetType type) {
    TypeText text = TypeText.parse(type.ddl());
    return new Limits(text.length(), text.scale(), text.fraction());
  }
}
