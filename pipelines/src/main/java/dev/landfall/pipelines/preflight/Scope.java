package dev.landfall.pipelines.preflight;

/** What a command is about to do with the target. */
public enum Scope {
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
  /** Rows are written where they differ. */
  REPAIR
}
