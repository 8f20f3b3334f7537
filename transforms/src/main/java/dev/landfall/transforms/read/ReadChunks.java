package dev.landfall.transforms.read;

import static org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.Preconditions.checkArgument;

import com.google.auto.value.AutoValue;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.StopSignal;
import javax.sql.DataSource;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.jdbc.JdbcIO;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;

/**
 * Reads chunks of one side, through {@link JdbcIO#readAll}: as {@link RowBatch}es, or as what a
 * {@link ChunkReduction} makes of each chunk.
 *
 * <p>Every chunk gives at least one batch, the batches of a chunk come in order and in one bundle,
 * and the last says so; reduced, every chunk gives one element. A failed read fails the bundle;
 * reading a chunk again is harmless. A chunk that the {@link StopSignal} holds back gives nothing
 * at all.
 */
@AutoValue
public abstract class ReadChunks<T> extends PTransform<PCollection<Chunk>, PCollection<T>> {
  /** Larger than a chunk of ordinary rows, small enough that a few fit any heap. */
  public static final int DEFAULT_BATCH_BYTES = 16 << 20;

  /**
   * PostgreSQL sends this many rows at a time; with auto-commit off, so that it does not send all
   * (pgjdbc documentation, "Getting results based on a cursor").
   */
  private static final int POSTGRESQL_FETCH_ROWS = 1_000;

  abstract ConnectionSettings getSettings();

  abstract ChunkQueries getQueries();

  abstract StopSignal getStopSignal();

  abstract int getBatchBytes();

  abstract ReadLimit getLimit();

  abstract JdbcIO.RowMapper<T> getMapper();

  abstract Coder<T> getCoder();

  abstract Builder<T> toBuilder();

  /** Reads from that database what the queries say. */
  public static ReadChunks<RowBatch> from(ConnectionSettings settings, ChunkQueries queries) {
    return new AutoValue_ReadChunks.Builder<RowBatch>()
        .setSettings(settings)
        .setQueries(queries)
        .setStopSignal(StopSignal.NEVER)
        .setBatchBytes(DEFAULT_BATCH_BYTES)
        .setLimit(ReadLimit.NONE)
        .setMapper(ChunkDataSource::batch)
        .setCoder(RowBatchCoder.of())
        .build();
  }

  /** Asks before each chunk whether to go on. */
  public ReadChunks<T> withStopSignal(StopSignal stop) {
    return toBuilder().setStopSignal(stop).build();
  }

  /** Burdens the database no more than that. */
  public ReadChunks<T> withLimit(ReadLimit limit) {
    return toBuilder().setLimit(limit).build();
  }

  /** Ends a batch at the first row that takes it to this many bytes. */
  public ReadChunks<T> withBatchBytes(int bytes) {
    checkArgument(bytes > 0, "batch bytes must be positive: %s", bytes);
    return toBuilder().setBatchBytes(bytes).build();
  }

  /** Gives what that makes of each chunk, in the place of batches. */
  public <R> ReadChunks<R> reducedBy(ChunkReduction<R> reduction, Coder<R> coder) {
    return new AutoValue_ReadChunks.Builder<R>()
        .setSettings(getSettings())
        .setQueries(getQueries())
        .setStopSignal(getStopSignal())
        .setBatchBytes(getBatchBytes())
        .setLimit(getLimit())
        .setMapper(results -> ChunkDataSource.reduce(results, reduction))
        .setCoder(coder)
        .build();
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("database", getSettings().display()).withLabel("Database"));
    builder.add(DisplayData.item("batchBytes", getBatchBytes()).withLabel("Bytes of a batch"));
    if (getLimit().limits()) {
      builder.add(DisplayData.item("limit", getLimit().toString()).withLabel("Load limit"));
    }
  }

  // The coder is said here because JdbcIO can't infer one from a method reference and refuses then.
  @SuppressWarnings("deprecation")
  @Override
  public PCollection<T> expand(PCollection<Chunk> chunks) {
    return chunks.apply(
        "Read",
        JdbcIO.<Chunk, T>readAll()
            .withDataSourceProviderFn(
                new ChunkDataSourceFn(
                    getSettings(), getQueries(), getStopSignal(), getBatchBytes(), getLimit()))
            .withQuery("chunk")
            .withParameterSetter(ChunkDataSource::setChunk)
            .withRowMapper(getMapper())
            .withCoder(getCoder())
            .withFetchSize(
                switch (getSettings().product()) {
                  // Connector/J streams row by row only for this value (its manual, 6.4).
                  case MYSQL -> Integer.MIN_VALUE;
                  case POSTGRESQL -> POSTGRESQL_FETCH_ROWS;
                })
            .withOutputParallelization(false));
  }

  private record ChunkDataSourceFn(
      ConnectionSettings settings,
      ChunkQueries queries,
      StopSignal stop,
      int batchBytes,
      ReadLimit limit)
      implements SerializableFunction<Void, DataSource> {
    @Override
    public DataSource apply(Void none) {
      return new ChunkDataSource(
          () -> Pools.of(settings, Pools.Use.GENERAL),
          queries,
          stop,
          batchBytes,
          ReadGate.of(limit));
    }
  }

  @AutoValue.Builder
  abstract static class Builder<T> {
    abstract Builder<T> setSettings(ConnectionSettings settings);

    abstract Builder<T> setQueries(ChunkQueries queries);

    abstract Builder<T> setStopSignal(StopSignal stop);

    abstract Builder<T> setBatchBytes(int bytes);

    abstract Builder<T> setLimit(ReadLimit limit);

    abstract Builder<T> setMapper(JdbcIO.RowMapper<T> mapper);

    abstract Builder<T> setCoder(Coder<T> coder);

    abstract ReadChunks<T> build();
  }
}
