package dev.landfall.transforms.load;

import java.io.Serializable;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How many rejects a run bears: a number of rows, or a share of them.
 *
 * @param rows the number; null for a share
 * @param percent the share in percent; null for a number
 */
public record RejectLimit(@Nullable Long rows, @Nullable BigDecimal percent)
    implements Serializable {
  /**
   * Rows that a share always bears: in a small database one bad row is more than any sensible
   * share, and still no reason to stop.
   */
  public static final long ALWAYS_BORNE = 10;

  /** 0.1 % of all rows. */
  public static final RejectLimit DEFAULT = ofPercent(new BigDecimal("0.1"));

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  public RejectLimit {
    if ((rows == null) == (percent == null)) {
      throw new IllegalArgumentException("either a number of rows or a share");
    }
  }

  /** At most that many rows. */
  public static RejectLimit ofRows(long rows) {
    return new RejectLimit(rows, null);
  }

  /** At most that share of all rows, but {@link #ALWAYS_BORNE} in any case; 0 % bears none. */
  public static RejectLimit ofPercent(BigDecimal percent) {
    return new RejectLimit(null, percent.stripTrailingZeros());
  }

  /**
   * Whether there are more rejects than that.
   *
   * @param rejected the rejects so far
   * @param all the rows that a share is taken of: all that there are, if only by estimate, and not
   *     only those read so far, or the first bad row of a run would stop it
   */
  public boolean exceeded(long rejected, long all) {
    if (rows != null) {
      return rejected > rows;
    }
    BigDecimal share = java.util.Objects.requireNonNull(percent);
    long borne = share.signum() == 0 ? 0 : ALWAYS_BORNE;
    return rejected > borne
        && BigDecimal.valueOf(rejected)
                .multiply(HUNDRED)
                .compareTo(share.multiply(BigDecimal.valueOf(all)))
            > 0;
  }

  /** As the spec writes it. */
  @Override
  public String toString() {
    return percent == null ? String.valueOf(rows) : percent.toPlainString() + "%";
  }
}
