package dev.landfall.pipelines.spec;

import dev.landfall.transforms.load.RejectLimit;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the spec's {@code load}. */
final class LoadSettingsReader {
  /** More would make a chunk the better part of a large table. */
  private static final long MAX_ROWS = 10_000_000;

  private static final long MIN_BYTES = 64L << 10;

  /** An array of Java ends at 2 GiB, and a batch grows by doubling. */
  private static final long MAX_BYTES = 512L << 20;

  private static final long MAX_PARALLELISM = 4096;
  private static final Duration MAX_OUTAGE = Duration.ofDays(7);

  private LoadSettingsReader() {}

  static LoadSettings read(YamlValue load) {
    Map<String, YamlValue> fields =
        load.fields("chunkRows", "chunkBytes", "parallelism", "rejects", "outage", "append");
    LoadSettings defaults = LoadSettings.DEFAULTS;
    long rows =
        value(
            fields.get("chunkRows"),
            (long) defaults.chunkRows(),
            t -> Units.whole(t).filter(n -> n >= 1 && n <= MAX_ROWS),
            "a whole number of rows from 1 to 10000000");
    long bytes =
        value(
            fields.get("chunkBytes"),
            defaults.chunkBytes(),
            t -> Units.bytes(t).filter(n -> n >= MIN_BYTES && n <= MAX_BYTES),
            "a size from 64KiB to 512MiB, such as 16MiB (units: B, KB, MB, GB, KiB, MiB, GiB)");
    long parallelism =
        value(
            fields.get("parallelism"),
            (long) defaults.parallelism(),
            t ->
                t.equals("auto")
                    ? Optional.of((long) LoadSettings.AUTOMATIC)
                    : Units.whole(t).filter(n -> n <= MAX_PARALLELISM),
            "a whole number from 0 to 4096; 0 or auto for as many as there are processors");
    RejectLimit rejects =
        value(
            fields.get("rejects"),
            defaults.rejects(),
            LoadSettingsReader::limit,
            "a share from 0% to 100%, such as 0.1%, or a whole number of rows, such as 500");
    Duration outage =
        value(
            fields.get("outage"),
            defaults.outage(),
            t -> Units.duration(t).filter(d -> d.compareTo(MAX_OUTAGE) <= 0),
            "a time from 0s to 168h with its unit, such as 60s (units: ms, s, m, h)");
    YamlValue append = fields.get("append");
    boolean appends = append == null ? defaults.append() : append.flag().orElse(false);
    return new LoadSettings((int) rows, bytes, (int) parallelism, rejects, outage, appends);
  }

  private static Optional<RejectLimit> limit(String text) {
    return Units.percent(text)
        .filter(p -> p.compareTo(BigDecimal.valueOf(100)) <= 0)
        .map(RejectLimit::ofPercent)
        .or(() -> Units.whole(text).map(RejectLimit::ofRows));
  }

  private static <T> T value(
      @Nullable YamlValue field, T ifAbsent, Function<String, Optional<T>> parse, String expected) {
    if (field == null) {
      return ifAbsent;
    }
    if (field.isNull() || field.isList() || field.isMap()) {
      field.mistake("expected " + expected + "; found " + field.found() + ".");
      return ifAbsent;
    }
    return field
        .text()
        .map(
            text ->
                parse
                    .apply(text)
                    .orElseGet(
                        () -> {
                          field.mistake(
                              "expected "
                                  + expected
                                  + "; found \""
                                  + MaskedUrl.value(text)
                                  + "\".");
                          return ifAbsent;
                        }))
        .orElse(ifAbsent);
  }
}
