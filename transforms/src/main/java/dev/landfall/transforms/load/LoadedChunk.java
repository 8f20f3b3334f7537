package dev.landfall.transforms.load;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;

/**
 * What became of the rows of one chunk. {@code read = loaded + filtered + rejected}, or the value
 * can't be made.
 */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class LoadedChunk {
  /** Position of the table in the mapping. */
  public abstract int getTable();

  /** The chunk's number within the table. */
  public abstract long getNumber();

  /** Rows that the source gave. */
  public abstract long getRead();

  /** Rows of the source that are in every one of the target tables that they go to. */
  public abstract long getLoaded();

  /** Rows of the source that go to none, as the mapping says. */
  public abstract long getFiltered();

  /** Rows that could not be loaded; the ledger has each. */
  public abstract long getRejected();

  /** Bytes of the values that were loaded, over all target tables. */
  public abstract long getBytes();

  /** Of a chunk that was committed before: no rows were read for it. */
  static LoadedChunk known(int table, long number) {
    return create(table, number, 0, 0, 0, 0, 0);
  }

  /**
   * A result.
   *
   * @throws IllegalStateException when a row is not accounted for
   */
  @SchemaCreate
  public static LoadedChunk create(
      int table, long number, long read, long loaded, long filtered, long rejected, long bytes) {
    if (read != loaded + filtered + rejected) {
      throw new IllegalStateException(
          String.format(
              "table %d, chunk %d: read %d rows, but loaded %d + filtered %d + rejected %d",
              table, number, read, loaded, filtered, rejected));
    }
    return new AutoValue_LoadedChunk(table, number, read, loaded, filtered, rejected, bytes);
  }
}
