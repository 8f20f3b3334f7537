package dev.landfall.transforms.load;

import dev.landfall.transforms.read.Rows;
import dev.landfall.transforms.schema.ColumnMapping;
import dev.landfall.transforms.schema.Conversion;
import dev.landfall.transforms.schema.TargetTable;
import dev.landfall.transforms.sql.CopySql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes rows by COPY in text format (PostgreSQL manual, COPY, "Text Format"). Keeps its buffer
 * between calls. Not thread-safe.
 */
final class CopyWriter {
  /** Large enough that the driver's own work per message does not show. */
  private static final int BUFFER = 128 * 1024;

  private final TargetTable table;
  private final String copy;

  /** Columns whose text form may have a byte that must be escaped. */
  private final boolean[] escaped;

  private byte[] buffer = new byte[BUFFER + 1024];
  private int length;

  CopyWriter(TargetTable table) {
    this.table = table;
    this.copy = CopySql.copy(table);
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

  /**
   * Copies rows {@code from} to {@code to} (exclusive).
   *
   * @throws SQLException when the target refuses a row, or fails
   * @throws IllegalStateException when the target took another number of rows than were sent
   */
  void write(Connection connection, Rows rows, int from, int to) throws SQLException {
    CopyIn in = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy);
    try {
      length = 0;
      for (int row = from; row < to; row++) {
        append(rows, row);
        if (length >= BUFFER) {
          flush(in);
        }
      }
      flush(in);
      long taken = in.endCopy();
      if (taken != to - from) {
        throw new IllegalStateException(
            table.name()
                + " took "
                + taken
                + " of "
                + (to - from)
                + " rows: does a trigger drop"
                + " rows there?");
      }
    } finally {
      if (in.isActive()) {
        in.cancelCopy();
      }
    }
  }

  private void flush(CopyIn in) throws SQLException {
    if (length > 0) {
      in.writeToCopy(buffer, 0, length);
      length = 0;
    }
  }

  private void append(Rows rows, int row) {
    int columns = escaped.length;
    byte[] bytes = rows.bytes();
    int start = rows.start(row, 0);
    for (int column = 0; column < columns; column++) {
      int end = rows.end(row, column);
      // Twice the length, should every byte be escaped; and a separator.
      room(2 * (end - start) + 3);
      if (rows.isNull(row, column)) {
        buffer[length++] = '\\';
        buffer[length++] = 'N';
      } else if (escaped[column]) {
        appendEscaped(bytes, start, end);
      } else {
        System.arraycopy(bytes, start, buffer, length, end - start);
        length += end - start;
      }
      buffer[length++] = (byte) (column == columns - 1 ? '\n' : '\t');
      start = end;
    }
  }

  /** Copies runs without a special byte whole: most texts are one run. */
  private void appendEscaped(byte[] bytes, int start, int end) {
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
        appendRun(bytes, run, i);
        buffer[length++] = '\\';
        buffer[length++] = escape;
        run = i + 1;
      }
    }
    appendRun(bytes, run, end);
  }

  private void appendRun(byte[] bytes, int start, int end) {
    System.arraycopy(bytes, start, buffer, length, end - start);
    length += end - start;
  }

  private void room(int count) {
    if (length + count > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.addExact(Math.max(length, buffer.length / 2) * 2, count));
    }
  }
}
