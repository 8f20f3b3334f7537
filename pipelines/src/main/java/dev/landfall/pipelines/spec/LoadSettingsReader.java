package dev.landfall.pipelines.spec;

import static dev.landfall.pipelines.spec.shape.Key.key;

import dev.landfall.pipelines.spec.shape.Shape;
import dev.landfall.transforms.load.RejectLimit;
import java.time.Duration;
import java.util.Map;

/** Reads the spec's {@code load}. */
final class LoadSettingsReader {
  /** More would make a chunk the better part of a large table. */
  private static final long MAX_ROWS = 10_000_000;

  private static final long MIN_BYTES = 64L << 10;

  /** An array of Java ends at 2 GiB, and a batch grows by doubling. */
  private static final long MAX_BYTES = 512L << 20;

  private static final long MAX_PARALLELISM = 4096;
  private static final Duration MAX_OUTAGE = Duration.ofDays(7);

  private static final Quantity<Long> ROWS =
      Quantity.whole(1, MAX_ROWS).expected("a whole number of rows from 1 to 10000000");

  private static final Quantity<Long> BYTES =
      Units.bytes(MIN_BYTES, MAX_BYTES)
          .expected(
              "a size from 64KiB to 512MiB, such as 16MiB (units: B, KB, MB, GB, KiB, MiB, GiB)");

  private static final Quantity<Long> PARALLELISM =
      Quantity.whole(0, MAX_PARALLELISM)
          .or(Quantity.word("auto", (long) LoadSettings.AUTOMATIC))
          .expected("a whole number from 0 to 4096; 0 or auto for as many as there are processors");

  private static final Quantity<RejectLimit> REJECTS =
      Units.share()
          .map(RejectLimit::ofPercent)
          .or(Quantity.whole(0, Units.MOST).map(RejectLimit::ofRows))
          .expected(
              "a share from 0% to 100%, such as 0.1%, or a whole number of rows, such as 500");

  private static final Quantity<Duration> OUTAGE =
      Units.time(Duration.ZERO, MAX_OUTAGE)
          .expected("a time from 0s to 168h with its unit, such as 60s (units: ms, s, m, h)");

  /** What it may say. */
  static final Shape.Fields SHAPE =
      Shape.fields(
          key(
                  "chunkRows",
                  ROWS.shape(),
                  "About how many rows are read, loaded and committed together.")
              .otherwise(25_000),
          key("chunkBytes", BYTES.shape(), "At most how much of a chunk is held in memory at once.")
              .otherwise("16MiB"),
          key(
                  "parallelism",
                  PARALLELISM.shape(),
                  "How many chunks at once; 0 or auto: as suits the processors.")
              .otherwise(0),
          key(
                  "rejects",
                  REJECTS.shape(),
                  "How many rows may be rejected before the run stops: a share of all rows, or a"
                      + " number of them.")
              .otherwise("0.1%"),
          key(
                  "outage",
                  OUTAGE.shape(),
                  "How long a run waits for a database that went away or is too busy.")
              .otherwise("60s"),
          key("append", Shape.Scalar.FLAG, "Whether target tables may have rows already.")
              .otherwise(false));

  private LoadSettingsReader() {}

  static LoadSettings read(YamlValue load) {
    Map<String, YamlValue> fields = load.fields();
    LoadSettings defaults = LoadSettings.DEFAULTS;
    long rows = ROWS.read(fields.get("chunkRows")).orElse((long) defaults.chunkRows());
    long bytes = BYTES.read(fields.get("chunkBytes")).orElse(defaults.chunkBytes());
    long parallelism =
        PARALLELISM.read(fields.get("parallelism")).orElse((long) defaults.parallelism());
    RejectLimit rejects = REJECTS.read(fields.get("rejects")).orElse(defaults.rejects());
    Duration outage = OUTAGE.read(fields.get("outage")).orElse(defaults.outage());
    YamlValue append = fields.get("append");
    boolean appends = append == null ? defaults.append() : append.flag().orElse(false);
    return new LoadSettings((int) rows, bytes, (int) parallelism, rejects, outage, appends);
  }
}
