package dev.landfall.pipelines;

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

  /** How closely to compare. */
  public abstract Level level();

  /** How many differences of each target table to name; all are counted. */
  public abstract int maxDifferences();

  /** How many rows of each side to read in a second at most; 0 for any number. */
  public abstract long maxRowsPerSecond();

  /** Over how many connections to read each side at most; 0 for as many as there are threads. */
  public abstract int maxConnections();

  /** How long a reader waits before each chunk. */
  public abstract Duration pause();

  /** The share of all rows to compare; null for all of them. */
  public abstract @Nullable Slice slice();

  /** The limit that each side is read by. */
  ReadLimit readLimit() {
    return ReadLimit.of(maxRowsPerSecond(), maxConnections(), pause());
  }

  /** The defaults. */
  public static VerifyRequest defaults() {
    return builder().build();
  }

  /** A builder that has the defaults. */
  public static Builder builder() {
    return new AutoValue_VerifyRequest.Builder()
        .setLevel(Level.CHECKSUM)
        .setMaxDifferences(DEFAULT_MAX_DIFFERENCES)
        .setMaxRowsPerSecond(0)
        .setMaxConnections(0)
        .setPause(Duration.ZERO);
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

    /** How many rows of each side to read in a second at most; 0 for any number. */
    public abstract Builder setMaxRowsPerSecond(long rows);

    /** Over how many connections to read each side at most; 0 for any number. */
    public abstract Builder setMaxConnections(int connections);

    /** How long a reader waits before each chunk. */
    public abstract Builder setPause(Duration pause);

    /** The share of all rows to compare; null for all of them. */
    public abstract Builder setSlice(@Nullable Slice slice);

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
      if (request.maxRowsPerSecond() < 0
          || request.maxConnections() < 0
          || request.pause().isNegative()) {
        throw new IllegalArgumentException("limits below 0: " + request);
      }
      return request;
    }
  }
}
