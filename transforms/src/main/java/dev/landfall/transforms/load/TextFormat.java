package dev.landfall.transforms.load;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.ValueSource;
import dev.landfall.transforms.sql.CopySql;
import dev.landfall.transforms.value.Rows;
import dev.landfall.transforms.value.ValueBuffer;
import java.util.List;

/** PostgreSQL manual, COPY, "Text Format": what every row of any table can be written in. */
final class TextFormat implements CopyFormat {
  private final String sql;

  /** The text form has no byte that must be escaped. */
  private static final byte PLAIN = 0;

  /** The text form may have a byte that must be escaped. */
  private static final byte ESCAPED = 1;

  /** The target generates the column. */
  private static final byte SKIPPED = 2;

  /** What is done with each column. */
  private final byte[] treatment;

  /** The last column that is written. */
  private final int last;

  TextFormat(TargetTable table) {
    this.sql = CopySql.text(table);
    List<ColumnMapping> columns = table.columns();
    this.treatment = new byte[columns.size()];
    int end = 0;
    for (int i = 0; i < treatment.length; i++) {
      treatment[i] = treatment(columns.get(i));
      end = treatment[i] == SKIPPED ? end : i;
    }
    this.last = end;
  }

  private static byte treatment(ColumnMapping column) {
    if (column.generated() != null) {
      return SKIPPED;
    }
    // A constant or a default of the spec is taken as it is written there, and a text of the source
    // may be anything until PostgreSQL has judged it.
    boolean plain =
        column.type().plain()
            && !(column.source() instanceof ValueSource.Constant)
            && column.nullDefault() == null
            && !column.conversion().isText();
    return plain ? PLAIN : ESCAPED;
  }

  @Override
  public String sql() {
    return sql;
  }

  @Override
  public void begin(ValueBuffer out) {}

  @Override
  public boolean append(Rows rows, int row, ValueBuffer out) {
    int columns = treatment.length;
    byte[] bytes = rows.bytes();
    int start = rows.start(row, 0);
    for (int column = 0; column < columns; column++) {
      int end = rows.end(row, column);
      byte how = treatment[column];
      if (how != SKIPPED) {
        if (rows.isNull(row, column)) {
          out.put('\\');
          out.put('N');
        } else if (how == ESCAPED) {
          appendEscaped(bytes, start, end, out);
        } else {
          out.put(bytes, start, end);
        }
        out.put(column == last ? '\n' : '\t');
      }
      start = end;
    }
    return true;
  }

  @Override
  public void end(ValueBuffer out) {}

  /** Copies runs without a special byte whole: most texts are one run. */
  private static void appendEscaped(byte[] bytes, int start, int end, ValueBuffer out) {
    int run = start;
    for (int i = start; i < end; i++) {
      byte b = bytes[i];
      if ((b > '\r' && b != '\\') || b < 0) {
        continue;
      }
      byte escape =
          switch (b) {
            case '\\' -> '\\';
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            default -> 0;
          };
      if (escape != 0) {
        out.put(bytes, run, i);
        out.put('\\');
        out.put(escape);
        run = i + 1;
      }
    }
    out.put(bytes, run, end);
  }
}
