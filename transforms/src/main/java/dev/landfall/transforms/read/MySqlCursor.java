package dev.landfall.transforms.read;

import com.mysql.cj.exceptions.CJException;
import com.mysql.cj.jdbc.exceptions.SQLExceptionsMapping;
import com.mysql.cj.protocol.Resultset;
import com.mysql.cj.protocol.ResultsetRows;
import com.mysql.cj.result.Row;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Connector/J's rows below its JDBC layer. That layer takes a lock and makes half a dozen checks
 * for each value, which together cost as much as reading it.
 */
final class MySqlCursor implements RowCursor {
  private final ResultsetRows rows;
  private @Nullable Row row;

  MySqlCursor(Resultset results) {
    this.rows = results.getRows();
  }

  @Override
  public boolean next() throws SQLException {
    try {
      row = rows.next();
      return row != null;
    } catch (CJException e) {
      throw SQLExceptionsMapping.translateException(e);
    }
  }

  @Override
  public byte @Nullable [] bytes(int column) throws SQLException {
    Row current = row;
    if (current == null) {
      throw new SQLException("not on a row");
    }
    try {
      return current.getBytes(column);
    } catch (CJException e) {
      throw SQLExceptionsMapping.translateException(e);
    }
  }
}
