package dev.landfall.transforms.catalog;

import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.sql.SourceCatalogSql;
import dev.landfall.transforms.sql.SourceSql;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * Tells whether an account sees the whole of a database or of a table. Tables and columns on which
 * it has no right are not in a server's catalogue, so the catalogue can't tell; and rights come
 * from the server, the database, wildcards, roles in roles, and are revoked in part. So it is the
 * server that is asked, by statements that it refuses for lack of the right: it looks at rights
 * first, and only then for the table.
 */
final class SourceView {
  private static final int NO_SUCH_TABLE = 1146;

  private final Statement statement;

  /**
   * @param statement is closed by whoever made it
   */
  SourceView(Statement statement) {
    this.statement = statement;
  }

  /** Whether every table of a database is in the catalogue: any right on all of them shows them. */
  boolean showsTables(String database) throws SQLException {
    return knowsAbsence(SourceCatalogSql.showCreate(absent(database)));
  }

  /** Whether every column of every table of a database may be read. */
  boolean readsTables(String database) throws SQLException {
    return knowsAbsence(SourceSql.nothingOf(absent(database)));
  }

  /** Whether every column of a table may be read, and so is in the catalogue. */
  boolean readsColumns(TableName table) throws SQLException {
    return isAllowed(SourceSql.wholeRows(table)) && isAllowed(SourceSql.nothingOf(table));
  }

  /** A name that no table has. */
  private static TableName absent(String database) {
    return new TableName(database, "landfall_" + UUID.randomUUID().toString().replace("-", ""));
  }

  /** Who has no right on all tables is refused before the server says that there is no such one. */
  private boolean knowsAbsence(String sql) throws SQLException {
    try {
      statement.execute(sql);
      throw new IllegalStateException("there is a table of a name made up: " + sql);
    } catch (SQLException e) {
      if (e.getErrorCode() == NO_SUCH_TABLE) {
        return true;
      }
      if (SourceRights.isDenied(e)) {
        return false;
      }
      throw e;
    }
  }

  private static final int NO_SUCH_COLUMN = 1054;

  private boolean isAllowed(String sql) throws SQLException {
    try {
      statement.execute(sql);
      return true;
    } catch (SQLException e) {
      if (e.getErrorCode() == NO_SUCH_COLUMN) {
        return true;
      }
      if (SourceRights.isDenied(e)) {
        return false;
      }
      throw e;
    }
  }
}
