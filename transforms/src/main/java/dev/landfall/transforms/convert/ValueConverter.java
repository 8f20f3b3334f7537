package dev.landfall.transforms.convert;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.read.Rows;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Converts the values of one column that is read. */
final class ValueConverter implements ColumnConverter {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final ColumnMapping column;
  private final int position;
  private final byte @Nullable [] nullDefault;
  private final int bits;
  private final @Nullable ValueRules rules;
  private final GeometryValue geometries;

  /**
   * @param position of the column among those that are read
   * @param rules null for a column without
   */
  ValueConverter(ColumnMapping column, int position, @Nullable ValueRules rules) {
    this.column = column;
    this.position = position;
    this.rules = rules;
    this.nullDefault = utf8(column.nullDefault());
    this.bits = bits(column.type().ddl());
    this.geometries = new GeometryValue(column.conversion(), column.type().ddl());
  }

  @Override
  public ColumnMapping column() {
    return column;
  }

  @Override
  public boolean unchanged(Rows in) {
    return switch (column.conversion()) {
      case NONE, TEXT, DATE, ENUM ->
          !changesNull(in) && (rules == null || rules.passAll(in, position));
      case BYTEA,
          BIT,
          BIT_BOOLEAN,
          SET,
          GEOMETRY,
          GEOMETRY_BYTES,
          GEOMETRY_TEXT,
          VECTOR,
          VECTOR_TEXT ->
          in.size() == 0;
    };
  }

  private boolean changesNull(Rows in) {
    if (nullDefault != null) {
      for (int row = 0; row < in.size(); row++) {
        if (in.isNull(row, position)) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public void countPassed(Rows in) {
    if (rules != null) {
      rules.countPassed(in, position);
    }
  }

  @Override
  public @Nullable Refusal append(Rows in, int row, Rows.Builder out) {
    if (in.isNull(row, position)) {
      if (nullDefault == null) {
        out.addNull();
      } else {
        out.add(nullDefault);
      }
      return null;
    }
    byte[] bytes = in.bytes();
    int start = in.start(row, position);
    int end = in.end(row, position);
    if (rules == null) {
      return Refusal.of(convert(bytes, start, end, out));
    }
    Value value = rules.treat(bytes, start, end);
    switch (value.state()) {
      case OPEN -> {
        return Refusal.of(convert(value.bytes(), value.start(), value.end(), out));
      }
      case FINAL -> out.add(value.bytes(), value.start(), value.end() - value.start());
      case NULL -> out.addNull();
      case REFUSED -> {
        return Refusal.of(Objects.requireNonNull(value.refused()));
      }
    }
    return null;
  }

  private @Nullable String convert(byte[] bytes, int start, int end, Rows.Builder out) {
    switch (column.conversion()) {
      case NONE, TEXT, DATE, ENUM -> out.add(bytes, start, end - start);
      case BYTEA -> hex(bytes, start, end, out);
      case BIT -> binaryDigits(bytes, start, end, out);
      case BIT_BOOLEAN -> out.add(bytes[end - 1] == 0 ? FALSE : TRUE);
      case SET -> array(bytes, start, end, out);
      case GEOMETRY, GEOMETRY_BYTES, GEOMETRY_TEXT -> {
        return geometries.append(bytes, start, end, out);
      }
      case VECTOR -> {
        return VectorValue.append(bytes, start, end, '{', '}', out);
      }
      case VECTOR_TEXT -> {
        return VectorValue.append(bytes, start, end, '[', ']', out);
      }
    }
    return null;
  }

  private static final byte[] TRUE = {'t'};
  private static final byte[] FALSE = {'f'};

  private static void hex(byte[] bytes, int start, int end, Rows.Builder out) {
    out.append('\\');
    out.append('x');
    for (int i = start; i < end; i++) {
      out.append(HEX[(bytes[i] >> 4) & 15]);
      out.append(HEX[bytes[i] & 15]);
    }
    out.endValue();
  }

  private void binaryDigits(byte[] bytes, int start, int end, Rows.Builder out) {
    for (int digit = bits - 1; digit >= 0; digit--) {
      int index = end - 1 - digit / 8;
      boolean set = index >= start && (bytes[index] >> (digit % 8) & 1) == 1;
      out.append(set ? '1' : '0');
    }
    out.endValue();
  }

  /** Members hold no comma (MySQL manual 11.3.6), so commas separate them. */
  private static void array(byte[] bytes, int start, int end, Rows.Builder out) {
    out.append('{');
    if (end > start) {
      out.append('"');
      for (int i = start; i < end; i++) {
        switch (bytes[i]) {
          case ',' -> {
            out.append('"');
            out.append(',');
            out.append('"');
          }
          case '"', '\\' -> {
            out.append('\\');
            out.append(bytes[i]);
          }
          default -> out.append(bytes[i]);
        }
      }
      out.append('"');
    }
    out.append('}');
    out.endValue();
  }

  private static byte @Nullable [] utf8(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  /** The n of {@code bit(n)}; one without it. */
  private static int bits(String ddl) {
    int open = ddl.indexOf('(');
    int close = ddl.indexOf(')');
    return ddl.startsWith("bit") && open > 0 && close > open
        ? Integer.parseInt(ddl.substring(open + 1, close).strip())
        : 1;
  }
}
