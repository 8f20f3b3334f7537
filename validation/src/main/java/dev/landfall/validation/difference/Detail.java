package dev.landfall.validation.difference;

/** How much is kept of each row that is looked at again. */
public enum Detail {
  /** Its hashes, those of its columns, and the texts of its key: about 150 bytes a row. */
  KEYS_AND_COLUMNS,
  /** Its hashes only, 24 bytes: enough to count exactly, not to name what differs. */
  COUNTS
}
