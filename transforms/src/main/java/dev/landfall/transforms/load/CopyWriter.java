package dev.landfall.transforms.load;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.value.Rows;
import dev.landfall.transforms.value.ValueBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes rows by COPY, in binary format where that can say them and in text format elsewhere: rows
 * with an unusual value end one COPY and begin another. Keeps its buffer between calls. Not
 * thread-safe.
 */
final class CopyWriter {
  /** Large enough that the driver's own work per message does not show. */
  private static final int BUFFER = 128 * 1024;

  /** For fewer rows, none of them long, the columns' types are not worth a round trip to ask. */
  private static final int MANY_ROWS = 500;

  private final TargetTable table;
  private final int manyRows;
  private final TextFormat text;
  private @Nullable BinaryFormat binary;
  private boolean asked;

  private final ValueBuffer buffer = new ValueBuffer();

  CopyWriter(TargetTable table) {
    this(table, MANY_ROWS);
  }

  /**
   * @param manyRows how many rows are worth asking for the columns' types
   */
  CopyWriter(TargetTable table, int manyRows) {
    this.table = table;
    this.manyRows = manyRows;
    this.text = new TextFormat(table);
  }

  /**
   * Copies rows {@code from} to {@code to} (exclusive), in order.
   *
   * @throws SQLException when the target refuses a row, or fails
   * @throws IllegalStateException when the target took another number of rows than were sent
   */
  void write(Connection connection, Rows rows, int from, int to) throws SQLException {
    if (!asked && (to - from >= manyRows || rows.byteCount() >= BUFFER)) {
      binary = BinaryFormat.of(connection, table);
      asked = true;
    }
    BinaryFormat quick = binary;
    if (quick == null) {
      writeText(connection, rows, from, to);
      return;
    }
    int row = from;
    long unusual = 1;
    while (row < to) {
      row = copy(connection, quick, rows, row, to);
      if (row < to) {
        // Twice as many each time, so that a table of unusual values is not written row by row.
        int end = (int) Math.min(to, row + unusual);
        writeText(connection, rows, row, end);
        unusual *= 2;
        row = end;
      }
    }
  }

  /** The same in text format only, in which PostgreSQL itself tells what is wrong with a value. */
  void writeText(Connection connection, Rows rows, int from, int to) throws SQLException {
    if (from < to) {
      copy(connection, text, rows, from, to);
    }
  }

  /** Copies rows until one that the format does not know; returns where that was. */
  private int copy(Connection connection, CopyFormat format, Rows rows, int from, int to)
      throws SQLException {
    buffer.truncate(0);
    format.begin(buffer);
    if (!format.append(rows, from, buffer)) {
      return from;
    }
    CopyIn in = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(format.sql());
    try {
      int row = from + 1;
      while (row < to && format.append(rows, row, buffer)) {
        row++;
        if (buffer.length() >= BUFFER) {
          flush(in);
        }
      }
      format.end(buffer);
      flush(in);
      long taken = in.endCopy();
      if (taken != row - from) {
        throw new MigrationException(
            MigrationException.Kind.FAILED,
            "The target table "
                + table.name()
                + " took "
                + taken
                + " of "
                + (row - from)
                + " rows: does a trigger drop rows there? None of these was kept. Turn the trigger"
                + " off and run the same command again.");
      }
      return row;
    } finally {
      if (in.isActive()) {
        in.cancelCopy();
      }
    }
  }

  private void flush(CopyIn in) throws SQLException {
    if (buffer.length() > 0) {
      in.writeToCopy(buffer.array(), 0, buffer.length());
      buffer.truncate(0);
    }
  }
}
