package dev.landfall.transforms.read;

import dev.landfall.transforms.sql.TargetChunkSql;
import dev.landfall.transforms.value.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * PostgreSQL's rows by COPY in text format (its manual, COPY, "Text Format"), one at a time: the
 * only way in which it sends rows without being told beforehand how many, be they of whatever size.
 */
final class CopyCursor implements RowCursor, AutoCloseable {
  private final CopyOut out;
  private byte @Nullable [] line;

  /**
   * @param query without parameters
   */
  CopyCursor(Connection connection, String query) throws SQLException {
    this.out =
        connection.unwrap(PGConnection.class).getCopyAPI().copyOut(TargetChunkSql.copyOut(query));
  }

  /** How many values a row has. */
  int columns() {
    return out.getFieldCount();
  }

  @Override
  public boolean next() throws SQLException {
    line = out.readFromCopy();
    return line != null;
  }

  @Override
  public void addTo(Rows.Builder rows) throws SQLException {
    byte[] bytes = line;
    if (bytes == null) {
      throw new SQLException("not on a row");
    }
    // The line ends with a line feed; a column without any value is an empty text.
    int end = bytes.length - 1;
    int start = 0;
    for (int i = 0; i <= end; i++) {
      byte b = bytes[i];
      if (i == end || b == '\t') {
        rows.append(bytes, start, i - start);
        rows.endValue();
        start = i + 1;
      } else if (b == '\\') {
        byte letter = bytes[i + 1];
        if (letter == 'N') {
          rows.addNull();
          // Behind it comes the end of the value, which is none.
          i += 2;
          start = i + 1;
        } else {
          rows.append(bytes, start, i - start);
          rows.append(unescape(letter));
          i++;
          start = i + 1;
        }
      }
    }
  }

  private static int unescape(byte letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0b;
      default -> letter;
    };
  }

  /** Ends the COPY when rows are left. */
  @Override
  public void close() throws SQLException {
    if (out.isActive()) {
      out.cancelCopy();
    }
  }
}
