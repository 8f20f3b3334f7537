package dev.landfall.transforms.load;

import dev.landfall.transforms.read.Rows;
import dev.landfall.transforms.schema.ColumnMapping;
import dev.landfall.transforms.schema.Conversion;
import dev.landfall.transforms.schema.TargetTable;
import dev.landfall.transforms.sql.CopySql;
import dev.landfall.transforms.value.ValueBuffer;
import java.util.List;

/** PostgreSQL manual, COPY, "Text Format": what every row of any table can be written in. */
final class TextFormat implements CopyFormat {
  private final String sql;

  /** Columns whose text form may have a byte that must be escaped. */
  private final boolean[] escaped;

  TextFormat(TargetTable table) {
    this.sql = CopySql.text(table);
    List<ColumnMapping> columns = table.columns();
    this.escaped = new boolean[columns.size()];
    for (int i = 0; i < escaped.length; i++) {
      escaped[i] =
          switch (columns.get(i).type().kind()) {
            case BOOLEAN,
                SMALLINT,
                INTEGER,
                BIGINT,
                NUMERIC,
                REAL,
                DOUBLE,
                DATE,
                TIME,
                INTERVAL,
                TIMESTAMP,
                TIMESTAMPTZ,
                BIT,
                UUID ->
                // A constant or a default of the spec is taken as it is written there, and a text
                // of the source may be anything until PostgreSQL has judged it.
                columns.get(i).constant() != null
                    || columns.get(i).nullDefault() != null
                    || columns.get(i).conversion() == Conversion.TEXT;
            case TEXT, BYTEA, JSON, JSONB, TEXT_ARRAY, OTHER -> true;
          };
    }
  }

  @Override
  public String sql() {
    return sql;
  }

  @Override
  public void begin(ValueBuffer out) {}

  @Override
  public boolean append(Rows rows, int row, ValueBuffer out) {
    int columns = escaped.length;
    byte[] bytes = rows.bytes();
    int start = rows.start(row, 0);
    for (int column = 0; column < columns; column++) {
      int end = rows.end(row, column);
      if (rows.isNull(row, column)) {
        out.put('\\');
        out.put('N');
      } else if (escaped[column]) {
        appendEscaped(bytes, start, end, out);
      } else {
        out.put(bytes, start, end);
      }
      out.put(column == columns - 1 ? '\n' : '\t');
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
