package dev.landfall.transforms.read;

import dev.landfall.transforms.value.Rows;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;
import org.postgresql.core.Tuple;
import org.postgresql.jdbc.PgResultSet;

/**
 * pgjdbc's rows below its JDBC layer, which asks for a log's level and checks its own state for
 * each value.
 */
final class PgCursor implements RowCursor {
  /** The row that a result set stands on; null where a version of the driver keeps it elsewhere. */
  private static final @Nullable VarHandle ROW = row();

  private final PgResultSet results;
  private final VarHandle row;
  private final int columns;

  private PgCursor(PgResultSet results, VarHandle row, int columns) {
    this.results = results;
    this.row = row;
    this.columns = columns;
  }

  private static @Nullable VarHandle row() {
    try {
      return MethodHandles.privateLookupIn(PgResultSet.class, MethodHandles.lookup())
          .findVarHandle(PgResultSet.class, "thisRow", Tuple.class);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /** A cursor of those rows; null where their values are not what was sent. */
  static @Nullable RowCursor of(ResultSet results, int columns) {
    return ROW != null && results instanceof PgResultSet own && isTexts(own, columns)
        ? new PgCursor(own, ROW, columns)
        : null;
  }

  /** The driver makes bytes of the texts of a bytea. */
  private static boolean isTexts(PgResultSet results, int columns) {
    for (int column = 1; column <= columns; column++) {
      if (results.getColumnOID(column) == Oid.BYTEA) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean next() throws SQLException {
    return results.next();
  }

  @Override
  public void addTo(Rows.Builder rows) throws SQLException {
    Tuple current = (Tuple) row.get(results);
    if (current == null) {
      throw new SQLException("not on a row");
    }
    for (int column = 0; column < columns; column++) {
      rows.addBytes(current.get(column));
    }
  }
}
