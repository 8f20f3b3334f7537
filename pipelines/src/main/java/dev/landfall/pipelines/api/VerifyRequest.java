package dev.landfall.pipelines.api;

import com.google.auto.value.AutoValue;
import dev.landfall.transforms.read.ReadLimit;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a verification is asked to look at. Defaults: every row of every table, by digests. */
@AutoValue
public abstract class VerifyRequest implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How closely the sides are compared. */
  public enum Level {
    /** Exact numbers of rows, no values. */
    COUNT,
    /** Every row and every mapped column, by digests; rows that differ by their keys. */
    CHECKSUM,
    /** The same, and the values of the rows that differ. */
    FULL,
    /** Some rows of each table, chosen by chance, column by column. */
    SAMPLE
  }

  /** Differences of a target table that are named unless something else is asked for. */
  public static final int DEFAULT_MAX_DIFFERENCES = 10_000;

  /** Differences of a target table whose values are given. */
  public static final int DEFAULT_MAX_VALUES = 100;

  /** How closely to compare. */
  public abstract Level level();

  /** How many differences of each target table to name; all are counted. */
  public abstract int maxDifferences();

  /** Whether to give the values of rows that differ, and how. */
  public enum Values {
    /** None. */
    NONE,
    /** As they are. */
    SHOWN,
    /** Only their lengths, and marks by which equal values can be told. */
    MASKED
  }

  /** How many rows of each table and side to choose, for {@link Level#SAMPLE}. */
  public abstract long sampleRows();

  /** What the choice of rows depends on. */
  public abstract long seed();

  /** How often to look at a difference again before it counts. */
  public abstract int looks();

  /** How long to wait before the first look; each further one waits twice as long. */
  public abstract Duration lookPause();

  /** What to give of the rows that differ. */
  public abstract Values values();

  /** Of how many differences of each target table to give the values. */
  public abstract int maxValues();

  /** A larger sample costs more than comparing everything. */
  public static final long MAX_SAMPLE_ROWS = 20_000;

  /** Whether to compare the target's schema with the promised one as well. */
  public abstract boolean schema();

  /** How many rows of each side to read in a second at most; 0 for any number. */
  public abstract long maxRowsPerSecond();

  /** Over how many connections to read each side at most; 0 for as many as there are threads. */
  public abstract int maxConnections();

  /** How long a reader waits before each chunk. */
  public abstract Duration pause();

  /** The share of all rows to compare; null for all of them. */
  public abstract @Nullable Slice slice();

  /** Whether each row of each table is read. */
  public boolean everyRow() {
    return slice() == null && (level() == Level.CHECKSUM || level() == Level.FULL);
  }

  /** The limit that each side is read by. */
  public ReadLimit readLimit() {
    return ReadLimit.of(maxRowsPerSecond(), maxConnections(), pause());
  }

  /** Whether the databases compute digests themselves where they can. */
  public abstract boolean pushdown();

  /** Whether somebody is to be told of new differences, however this process ends. */
  public abstract boolean alarm();

  /** The defaults. */
  public static VerifyRequest defaults() {
    return builder().build();
  }

  /** A builder that has the defaults. */
  public static Builder builder() {
    return new AutoValue_VerifyRequest.Builder()
        .setLevel(Level.CHECKSUM)
        .setMaxDifferences(DEFAULT_MAX_DIFFERENCES)
        .setSampleRows(1_000)
        .setSeed(0)
        .setLooks(1)
        .setLookPause(Duration.ofSeconds(1))
        .setValues(Values.NONE)
        .setMaxValues(DEFAULT_MAX_VALUES)
        .setSchema(true)
        .setMaxRowsPerSecond(0)
        .setMaxConnections(0)
        .setPause(Duration.ZERO)
        .setPushdown(false)
        .setAlarm(false);
  }

  /** A builder that has this request's values. */
  public abstract Builder toBuilder();

  /** Builds requests. */
  @AutoValue.Builder
  public abstract static class Builder {
    /** How closely to compare. */
    public abstract Builder setLevel(Level level);

    /** How many differences of each target table to name. */
    public abstract Builder setMaxDifferences(int limit);

    /** How many rows of each table and side to choose. */
    public abstract Builder setSampleRows(long rows);

    /** What the choice of rows depends on. */
    public abstract Builder setSeed(long seed);

    /** How often to look at a difference again. */
    public abstract Builder setLooks(int looks);

    /** How long to wait before the first look. */
    public abstract Builder setLookPause(Duration pause);

    /** What to give of the rows that differ. */
    public abstract Builder setValues(Values values);

    /** Of how many differences of each target table to give the values. */
    public abstract Builder setMaxValues(int limit);

    /** Whether to compare the target's schema as well. */
    public abstract Builder setSchema(boolean schema);

    /** How many rows of each side to read in a second at most; 0 for any number. */
    public abstract Builder setMaxRowsPerSecond(long rows);

    /** Over how many connections to read each side at most; 0 for any number. */
    public abstract Builder setMaxConnections(int connections);

    /** How long a reader waits before each chunk. */
    public abstract Builder setPause(Duration pause);

    /** The share of all rows to compare; null for all of them. */
    public abstract Builder setSlice(@Nullable Slice slice);

    /** Whether the databases compute digests themselves where they can. */
    public abstract Builder setPushdown(boolean pushdown);

    /** Whether somebody is to be told of new differences. */
    public abstract Builder setAlarm(boolean alarm);

    abstract VerifyRequest autoBuild();

    /**
     * The request.
     *
     * @throws IllegalArgumentException when a number makes no sense
     */
    public VerifyRequest build() {
      VerifyRequest request = autoBuild();
      if (request.maxDifferences() < 0) {
        throw new IllegalArgumentException("at most " + request.maxDifferences() + " differences");
      }
      if (request.sampleRows() < 1 || request.sampleRows() > MAX_SAMPLE_ROWS) {
        throw new IllegalArgumentException("a sample of " + request.sampleRows() + " rows");
      }
      boolean everyRow = request.level() == Level.CHECKSUM || request.level() == Level.FULL;
      if (request.slice() != null && !everyRow) {
        throw new IllegalArgumentException("a slice of " + request.level());
      }
      if (request.pushdown() && !everyRow) {
        throw new IllegalArgumentException("digests for " + request.level());
      }
      if (request.looks() < 0
          || request.lookPause().isNegative()
          || request.maxValues() < 0
          || request.maxRowsPerSecond() < 0
          || request.maxConnections() < 0
          || request.pause().isNegative()) {
        throw new IllegalArgumentException("numbers below 0: " + request);
      }
      return request;
    }
  }
}
