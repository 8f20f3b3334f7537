package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.TableName;
import java.util.List;

/**
 * What the source is asked to say how many rows there are, in other words than those of reading.
 */
public final class WitnessSql {
  private WitnessSql() {}

  /** The server's clock in seconds. */
  public static final String CLOCK = "SELECT UNIX_TIMESTAMP()";

  /** Whether the server's storage is another one's to write to, as that of a cloud's reader is. */
  public static final String READ_ONLY = "SELECT @@GLOBAL.innodb_read_only";

  /**
   * For how many seconds the server has been up, and how many definitions of tables it has opened:
   * name and value, in this order.
   */
  public static final String MEMORY =
      "SHOW GLOBAL STATUS WHERE Variable_name IN ('Opened_table_definitions', 'Uptime')";

  /** How many definitions of tables it keeps before it forgets some. */
  public static final String KEPT = "SELECT @@GLOBAL.table_definition_cache";

  /** A snapshot for all that follows (InnoDB; MySQL manual 17.7.2.3). */
  public static final String SNAPSHOT = "START TRANSACTION WITH CONSISTENT SNAPSHOT";

  /** The end of it. */
  public static final String END = "ROLLBACK";

  /**
   * When the table was made and last written to, by the server's clock in seconds, and whether the
   * server keeps that: one row; NULL for never since the server was started, or since it forgot the
   * table's definition (MySQL manual 28.3.38).
   */
  public static BoundQuery touched(TableName table) {
    return new BoundQuery(
        "SELECT UNIX_TIMESTAMP(create_time) AS made, UNIX_TIMESTAMP(update_time) AS written,"
            + " engine = 'InnoDB' AND create_options NOT LIKE '%partitioned%' AS known"
            + " FROM information_schema.tables WHERE table_schema = ? AND table_name = ?",
        List.of(table.schema(), table.table()));
  }
}
