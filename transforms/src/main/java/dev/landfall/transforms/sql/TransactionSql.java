package dev.landfall.transforms.sql;

/** Statements on a transaction of the target. */
public final class TransactionSql {
  private TransactionSql() {}

  /** Ends the transaction of a client that stands still: others wait for what it holds. */
  public static final String LIMIT_IDLE = "SET LOCAL idle_in_transaction_session_timeout = '1min'";

  /** Statements that set a point to come back to within a transaction. */
  public static final String SAVEPOINT = "SAVEPOINT landfall_rows";

  /** Goes back to {@link #SAVEPOINT}. */
  public static final String ROLLBACK_TO = "ROLLBACK TO SAVEPOINT landfall_rows";

  /** Forgets {@link #SAVEPOINT}. */
  public static final String RELEASE = "RELEASE SAVEPOINT landfall_rows";

  /** Makes deferred constraints of the user's own tables speak at once, row by row. */
  public static final String IMMEDIATE = "SET CONSTRAINTS ALL IMMEDIATE";
}
