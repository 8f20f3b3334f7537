package dev.landfall.pipelines.check;

/** What a command is about to do with the target. */
public enum Purpose {
  /** Nothing: what the whole move would do is shown. */
  PREVIEW,
  /** Definitions are made. */
  SCHEMA,
  /** Definitions are made and rows are loaded. */
  MIGRATE,
  /** Rows are loaded into tables that are there. */
  LOAD,
  /** Rows are read, and the ledger is written. */
  COMPARE,
  /** Rows are read, and nothing is written. */
  LOOK,
  /** Rows are written where they differ. */
  REPAIR
}
