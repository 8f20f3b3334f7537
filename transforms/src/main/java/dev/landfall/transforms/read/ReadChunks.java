package dev.landfall.transforms.read;

import static org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.Preconditions.checkArgument;

import com.google.auto.value.AutoValue;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.partition.Chunk;
import javax.sql.DataSource;
import org.apache.beam.sdk.io.jdbc.JdbcIO;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;

/**
 * Reads chunks of one side as {@link RowBatch}es, through {@link JdbcIO#readAll}.
 *
 * <p>Every chunk gives at least one batch, the batches of a chunk come in order and in one bundle,
 * and the last says so. A failed read fails the bundle; reading a chunk again is harmless. A chunk
 * that the {@link StopSignal} holds back gives nothing at all.
 */
@AutoValue
public abstract class ReadChunks extends PTransform<PCollection<Chunk>, PCollection<RowBatch>> {
  /** Larger than a chunk of ordinary rows, small enough that a few fit any heap. */
  public static final int DEFAULT_BATCH_BYTES = 16 << 20;

  /**
   * PostgreSQL sends this many rows at a time; with auto-commit off, so that it does not send all
   * (pgjdbc documentation, "Getting results based on a cursor").
   */
  private static final int POSTGRESQL_FETCH_ROWS = 2_000;

  abstract ConnectionSettings getSettings();

  abstract ChunkQueries getQueries();

  abstract StopSignal getStopSignal();

  abstract int getBatchBytes();

  abstract Builder toBuilder();

  /** Reads from that database what the queries say. */
  public static ReadChunks from(ConnectionSettings settings, ChunkQueries queries) {
    return new AutoValue_ReadChunks.Builder()
        .setSettings(settings)
        .setQueries(queries)
        .setStopSignal(StopSignal.NEVER)
        .setBatchBytes(DEFAULT_BATCH_BYTES)
        .build();
  }

  /** Asks before each chunk whether to go on. */
  public ReadChunks withStopSignal(StopSignal stop) {
    return toBuilder().setStopSignal(stop).build();
  }

  /** Ends a batch at the first row that takes it to this many bytes. */
  public ReadChunks withBatchBytes(int bytes) {
    checkArgument(bytes > 0, "batch bytes must be positive: %s", bytes);
    return toBuilder().setBatchBytes(bytes).build();
  }

  // The coder is said here because JdbcIO can't infer one from a method reference and refuses then.
  @SuppressWarnings("deprecation")
  @Override
  public PCollection<RowBatch> expand(PCollection<Chunk> chunks) {
    return chunks.apply(
        "Read",
        JdbcIO.<Chunk, RowBatch>readAll()
            .withDataSourceProviderFn(
                new ChunkDataSourceFn(
                    getSettings(), getQueries(), getStopSignal(), getBatchBytes()))
            .withQuery("chunk")
            .withParameterSetter(ChunkDataSource::setChunk)
            .withRowMapper(ChunkDataSource::batch)
            .withCoder(RowBatchCoder.of())
            .withFetchSize(
                switch (getSettings().product()) {
                  // Connector/J streams row by row only for this value (its manual, 6.4).
                  case MYSQL -> Integer.MIN_VALUE;
                  case POSTGRESQL -> POSTGRESQL_FETCH_ROWS;
                })
            .withOutputParallelization(false));
  }

  private record ChunkDataSourceFn(
      ConnectionSettings settings, ChunkQueries queries, StopSignal stop, int batchBytes)
      implements SerializableFunction<Void, DataSource> {
    @Override
    public DataSource apply(Void none) {
      return new ChunkDataSource(Pools.of(settings, Pools.Use.GENERAL), queries, stop, batchBytes);
    }
  }

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setSettings(ConnectionSettings settings);

    abstract Builder setQueries(ChunkQueries queries);

    abstract Builder setStopSignal(StopSignal stop);

    abstract Builder setBatchBytes(int bytes);

    abstract ReadChunks build();
  }
}
