package dev.landfall.transforms.read;

import com.mysql.cj.exceptions.CJException;
import com.mysql.cj.jdbc.exceptions.SQLExceptionsMapping;
import com.mysql.cj.protocol.Resultset;
import com.mysql.cj.protocol.ResultsetRows;
import com.mysql.cj.result.Row;
import dev.landfall.transforms.value.Rows;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Connector/J's rows below its JDBC layer. That layer takes a lock and makes half a dozen checks
 * for each value, which together cost as much as reading it.
 */
final class MySqlCursor implements RowCursor {
  private final ResultsetRows rows;
  private final int columns;
  private @Nullable Row row;

  MySqlCursor(Resultset results, int columns) {
    this.rows = results.getRows();
    this.columns = columns;
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
  public void addTo(Rows.Builder builder) throws SQLException {
    Row current = row;
    if (current == null) {
      throw new SQLException("not on a row");
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
