package dev.landfall.transforms.read;

import com.mysql.cj.exceptions.CJException;
import com.mysql.cj.jdbc.exceptions.SQLExceptionsMapping;
import com.mysql.cj.protocol.Resultset;
import com.mysql.cj.protocol.ResultsetRows;
import com.mysql.cj.protocol.a.result.TextBufferRow;
import com.mysql.cj.result.Row;
import dev.landfall.transforms.value.Rows;
import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Connector/J's rows below its JDBC layer, which takes a lock and makes half a dozen checks for
 * each value; and nearly all of those that are streamed below the driver, which reads each value
 * twice and has an array for it.
 */
final class MySqlCursor implements RowCursor {
  private final ResultsetRows rows;
  private final int columns;
  private final @Nullable PacketInput input;

  /** Where rows may be taken from: the driver's first row has shown that they are texts. */
  private @Nullable PacketInput packets;

  /** The driver's row, null when it was taken from there. */
  private @Nullable Row row;

  MySqlCursor(Resultset results, int columns) throws SQLException {
    this.rows = results.getRows();
    this.columns = columns;
    try {
      this.input = PacketInput.of(rows);
    } catch (IOException e) {
      throw new SQLException("the connection is closed", "08003", e);
    }
  }

  @Override
  public boolean next() throws SQLException {
    PacketInput quick = packets;
    if (quick != null && quick.nextRow()) {
      row = null;
      return true;
    }
    packets = null;
    try {
      Row next = rows.next();
      row = next;
      packets = next instanceof TextBufferRow ? input : null;
      return next != null;
    } catch (CJException e) {
      throw SQLExceptionsMapping.translateException(e);
    }
  }

  @Override
  public void addTo(Rows.Builder builder) throws SQLException {
    Row current = row;
    if (current == null) {
      PacketInput quick = packets;
      if (quick == null) {
        throw new SQLException("not on a row");
      }
      quick.addTo(builder);
      return;
    }
    try {
      for (int column = 0; column < columns; column++) {
        builder.addBytes(current.getBytes(column));
      }
    } catch (CJException e) {
      throw SQLExceptionsMapping.translateException(e);
    }
  }
}
