package dev.landfall.runners.command;

import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.pipelines.api.VerifyRequest.Level;
import dev.landfall.pipelines.spec.Units;
import dev.landfall.runners.cli.Masking;
import dev.landfall.transforms.MigrationException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How closely to compare, and what to tell of it. */
final class CompareOptions {
  @Option(
      names = "--level",
      arity = "1..2",
      paramLabel = "LEVEL",
      description = {
        "How closely to compare:",
        "  count     exact numbers of rows, no values",
        "  checksum  every row by digests (default)",
        "  full      the same, with the values of rows that differ",
        "  sample N  N rows of each side of a table, chosen by chance, column by column"
      })
  private List<String> level = List.of("checksum");

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "With --level sample: chooses the same rows as the run that printed it")
  private @Nullable Long seed;

  @Option(
      names = "--looks",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Look so many times again at what differs before it counts (default:"
              + " ${DEFAULT-VALUE}); more for sides that are being written to")
  private int looks;

  @Option(
      names = "--look-pause",
      paramLabel = "TIME",
      defaultValue = "1s",
      description =
          "Wait before the first of these looks, twice as long before each further one (default:"
              + " ${DEFAULT-VALUE})")
  private String pause = "1s";

  @Option(
      names = "--mask",
      description = "With --level full: hide the values, tell only lengths and which are equal")
  private boolean mask;

  @Option(
      names = "--max-differences",
      paramLabel = "N",
      defaultValue = "" + VerifyRequest.DEFAULT_MAX_DIFFERENCES,
      description = "Name at most so many differences of each table (default: ${DEFAULT-VALUE})")
  private int maxDifferences;

  @Option(
      names = "--max-values",
      paramLabel = "N",
      defaultValue = "" + VerifyRequest.DEFAULT_MAX_VALUES,
      description =
          "With --level full: give the values of at most so many differences of each table (default:"
              + " ${DEFAULT-VALUE})")
  private int maxValues;

  /**
   * The request.
   *
   * @throws MigrationException of kind USAGE for an option that makes no sense
   */
  VerifyRequest.Builder request() {
    Level chosen = chosen();
    VerifyRequest.Builder request =
        VerifyRequest.builder()
            .setLevel(chosen)
            .setLooks(notNegative("--looks", looks))
            .setLookPause(time("--look-pause", pause))
            .setMaxDifferences(notNegative("--max-differences", maxDifferences))
            .setMaxValues(notNegative("--max-values", maxValues));
    if (chosen == Level.SAMPLE) {
      Long given = seed;
      request
          .setSampleRows(sampleRows())
          .setSeed(given == null ? ThreadLocalRandom.current().nextInt(1, 1_000_000) : given);
    } else if (seed != null) {
      throw usage("--seed belongs to --level sample N.");
    }
    if (chosen == Level.FULL) {
      request.setValues(mask ? VerifyRequest.Values.MASKED : VerifyRequest.Values.SHOWN);
    } else if (mask) {
      throw usage("--mask belongs to --level full: no other level gives values.");
    }
    return request;
  }

  /** The level that was asked for. */
  Level level() {
    return chosen();
  }

  private Level chosen() {
    String word = level.get(0);
    Optional<Level> known =
        Arrays.stream(Level.values()).filter(l -> word(l).equals(word)).findFirst();
    if (known.isEmpty()) {
      throw usage(
          "--level is \""
              + Masking.value(word)
              + "\"; give one of "
              + Arrays.stream(Level.values())
                  .map(CompareOptions::word)
                  .collect(Collectors.joining(", "))
              + ".");
    }
    if (level.size() > 1 && known.get() != Level.SAMPLE) {
      throw usage(
          "--level "
              + word
              + " takes no number, and there is \""
              + Masking.value(level.get(1))
              + "\".");
    }
    return known.get();
  }

  private static String word(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }

  private long sampleRows() {
    if (level.size() < 2) {
      throw usage("--level sample needs a number of rows: --level sample 1000.");
    }
    String text = level.get(1).replace(",", "").replace("_", "");
    Optional<Long> rows = Units.whole(text);
    if (rows.isEmpty() || rows.get() < 1 || rows.get() > VerifyRequest.MAX_SAMPLE_ROWS) {
      throw usage(
          "--level sample "
              + Masking.value(level.get(1))
              + ": give a number of rows from 1 to "
              + VerifyRequest.MAX_SAMPLE_ROWS
              + "; for more, comparing every row (--level checksum) costs less.");
    }
    return rows.get();
  }

  /** A duration with its unit. */
  static Duration time(String option, String text) {
    return Units.duration(text)
        .orElseThrow(
            () ->
                usage(
                    option
                        + " is \""
                        + Masking.value(text)
                        + "\"; give a time such as 500ms, 2s or 1m."));
  }

  private static int notNegative(String option, int number) {
    if (number < 0) {
      throw usage(option + " is " + number + "; give a number from 0.");
    }
    return number;
  }

  private static MigrationException usage(String message) {
    return new MigrationException(MigrationException.Kind.USAGE, message);
  }
}
