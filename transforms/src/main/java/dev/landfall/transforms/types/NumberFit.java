package dev.landfall.transforms.types;

import dev.landfall.transforms.model.Conversion;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TargetType;
import dev.landfall.transforms.model.TargetType.Kind;

/** Whether numbers fit: by their digits before and behind the point, or by their bits. */
final class NumberFit {
  private NumberFit() {}

  static TypeFit integer(SourceColumn column, TargetType target, int bits, int digits) {
    // A double holds integers of 53 bits exactly, a real those of 24.
    int room =
        switch (target.kind()) {
          case SMALLINT -> 16;
          case INTEGER -> 32;
          case BIGINT -> 64;
          case REAL -> 24;
          case DOUBLE -> 53;
          case NUMERIC -> 0;
          case BOOLEAN,
              TEXT,
              BYTEA,
              DATE,
              TIME,
              INTERVAL,
              TIMESTAMP,
              TIMESTAMPTZ,
              JSON,
              JSONB,
              BIT,
              UUID,
              TEXT_ARRAY,
              OTHER ->
              -1;
        };
    if (room == 0) {
      return numeric(column, target, digits, 0);
    }
    if (room < 0) {
      return TypeFit.printed(column, target, digits + (column.unsigned() ? 0 : 1));
    }
    return room >= bits
        ? TypeFit.fits(Conversion.NONE)
        : TypeFit.refuse(target + " is narrower than ", column);
  }

  static TypeFit decimal(SourceColumn column, TargetType target) {
    int precision = column.precision() == null ? 0 : column.precision();
    int scale = column.scale() == null ? 0 : column.scale();
    int digits =
        switch (target.kind()) {
          case NUMERIC -> Integer.MAX_VALUE;
          case SMALLINT -> 4;
          case INTEGER -> 9;
          case BIGINT -> 18;
          case BOOLEAN,
              REAL,
              DOUBLE,
              TEXT,
              BYTEA,
              DATE,
              TIME,
              INTERVAL,
              TIMESTAMP,
              TIMESTAMPTZ,
              JSON,
              JSONB,
              BIT,
              UUID,
              TEXT_ARRAY,
              OTHER ->
              0;
        };
    if (digits == Integer.MAX_VALUE) {
      return numeric(column, target, precision - scale, scale);
    }
    if (digits > 0) {
      return scale == 0 && precision <= digits
          ? TypeFit.fits(Conversion.NONE)
          : TypeFit.refuse(target + " is narrower than ", column);
    }
    // A sign, a point, and a zero before the point.
    return TypeFit.printed(column, target, precision + 3);
  }

  private static TypeFit numeric(SourceColumn column, TargetType target, int before, int after) {
    TypeText text = TypeText.parse(target.ddl());
    Integer precision = text.length();
    Integer scale = text.scale();
    boolean wide =
        precision == null || scale == null || (precision - scale >= before && scale >= after);
    return wide
        ? TypeFit.fits(Conversion.NONE)
        : TypeFit.refuse(target + " is narrower than ", column);
  }

  static TypeFit floating(SourceColumn column, TargetType target) {
    boolean unlimited =
        target.kind() == Kind.DOUBLE
            || ((target.kind() == Kind.NUMERIC || target.kind() == Kind.TEXT)
                && TypeText.parse(target.ddl()).length() == null);
    return unlimited ? TypeFit.fits(Conversion.NONE) : TypeFit.refused(column, target);
  }
}
