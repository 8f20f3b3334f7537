package dev.landfall.pipelines;

import com.google.auto.value.AutoValue;
import java.io.Serializable;

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

  /** Whether the databases compute digests themselves where they can. */
  public abstract boolean pushdown();

  /** The defaults. */
  public static VerifyRequest defaults() {
    return builder().build();
  }

  /** A builder that has the defaults. */
  public static Builder builder() {
    return new AutoValue_VerifyRequest.Builder()
        .setLevel(Level.CHECKSUM)
        .setMaxDifferences(DEFAULT_MAX_DIFFERENCES)
        .setPushdown(false);
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

    /** Whether the databases compute digests themselves where they can. */
    public abstract Builder setPushdown(boolean pushdown);

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
      return request;
    }
  }
}
