package dev.landfall.runners.command;

import dev.landfall.pipelines.api.Slice;
import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.pipelines.spec.Environment;
import dev.landfall.pipelines.spec.Units;
import dev.landfall.pipelines.spec.WebhookUrl;
import dev.landfall.runners.cli.Masking;
import dev.landfall.runners.schedule.Schedule;
import dev.landfall.transforms.MigrationException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a comparison that is made again and again, beside a database that is in use. */
final class ReconcileOptions {
  @Option(
      names = "--max-rows-per-second",
      paramLabel = "N",
      description = "Read so many rows of each side in a second at most")
  private @Nullable Long maxRowsPerSecond;

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      description = "Read each side over so many connections at most")
  private @Nullable Integer maxConnections;

  @Option(
      names = "--pause",
      paramLabel = "TIME",
      description = "Wait before each chunk, such as 200ms")
  private @Nullable String pause;

  @Option(
      names = "--slice",
      paramLabel = "1/N",
      description =
          "Compare about so much of all rows, behind what the runs before it have compared; N runs"
              + " make a pass over everything")
  private @Nullable String slice;

  @Option(
      names = "--schedule",
      paramLabel = "CRON",
      description = "Keep running and compare at these times, such as \"0 * * * *\"")
  private @Nullable String schedule;

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      description =
          "With --schedule: whose clock it goes by, such as Europe/Berlin (default: the"
              + " system's)")
  private @Nullable String timeZone;

  @Option(
      names = "--keep",
      paramLabel = "TIME",
      description =
          "With --schedule: forget comparisons in the history that are older, such as 90d")
  private @Nullable String keep;

  @Option(
      names = "--exit-on-new",
      description = "With --schedule: end with exit code 3 at the first new difference")
  private boolean exitOnNew;

  @Option(
      names = "--webhook",
      paramLabel = "URL",
      description =
          "Send a JSON document there when there are new differences; $${NAME} is filled in from"
              + " the environment")
  private @Nullable String webhook;

  @Option(
      names = "--alarm",
      paramLabel = "WHICH",
      defaultValue = "all",
      description =
          "Which differences give exit code 3: all, or new (those that the look before did not"
              + " find) (default: ${DEFAULT-VALUE})")
  private String alarm = "all";

  /** Sets what the options say. */
  void apply(VerifyRequest.Builder request, VerifyRequest.Level level) {
    boolean everyRow = level == VerifyRequest.Level.CHECKSUM || level == VerifyRequest.Level.FULL;
    if (!everyRow && (webhook != null || exitOnNew || alarmNew())) {
      throw usage(
          "--webhook, --exit-on-new and --alarm new tell of differences once, and only a comparison"
              + " of every row knows which are new: leave --level out, or give full.");
    }
    request.setAlarm(webhook != null);
    if (maxRowsPerSecond != null) {
      request.setMaxRowsPerSecond(positive("--max-rows-per-second", maxRowsPerSecond));
    }
    if (maxConnections != null) {
      request.setMaxConnections((int) positive("--max-connections", maxConnections));
    }
    if (pause != null) {
      request.setPause(time("--pause", pause, Units::duration, "200ms (units: ms, s, m, h)"));
    }
    if (slice != null) {
      if (!everyRow) {
        throw usage("--slice compares every row of its share: leave --level out, or give full.");
      }
      try {
        request.setSlice(Slice.parse(slice));
      } catch (IllegalArgumentException e) {
        throw usage(
            "--slice "
                + Masking.value(slice)
                + ": expected a share such as 1/24: a twenty-fourth of all rows.");
      }
    }
  }

  /**
   * Refuses what does not go together.
   *
   * @param detached whether the comparison is handed over to a cluster
   */
  void check(boolean detached) {
    if (schedule == null) {
      if (timeZone != null || keep != null || exitOnNew) {
        throw usage("--time-zone, --keep and --exit-on-new are for --schedule. Add that.");
      }
    } else {
      schedule();
      keep();
    }
    if (detached && (schedule != null || webhook != null || alarmNew())) {
      throw usage(
          "--detach hands over one comparison; --schedule, --webhook and --alarm work where the"
              + " command runs. Leave one of them out.");
    }
    alarmNew();
    webhook();
  }

  /** The times to compare at; empty for once, now. */
  Optional<Schedule> schedule() {
    return schedule == null
        ? Optional.empty()
        : Optional.of(
            Schedule.parse(
                schedule, timeZone == null ? ZoneId.systemDefault() : Schedule.zone(timeZone)));
  }

  /** How long the history is kept; empty for ever. */
  Optional<Duration> keep() {
    return keep == null
        ? Optional.empty()
        : Optional.of(time("--keep", keep, Units::span, "90d (units: d, h, m, s)"));
  }

  /** Whether known differences are no reason for exit code 3. */
  boolean alarmNew() {
    return switch (alarm) {
      case "all" -> false;
      case "new" -> true;
      default -> throw usage("--alarm " + Masking.value(alarm) + ": expected all or new.");
    };
  }

  /** Whether the first new difference ends the schedule. */
  boolean exitOnNew() {
    return exitOnNew;
  }

  /** Where new differences are told; empty for nowhere. */
  Optional<WebhookUrl> webhook() {
    return webhook == null
        ? Optional.empty()
        : Optional.of(WebhookUrl.read(webhook, Environment.ofProcess()));
  }

  private static long positive(String option, long number) {
    if (number < 1) {
      throw usage(option + " is " + number + "; give a number from 1.");
    }
    return number;
  }

  private static Duration time(
      String option, String text, Function<String, Optional<Duration>> reader, String example) {
    return reader
        .apply(text)
        .orElseThrow(
            () ->
                usage(
                    option
                        + " "
                        + Masking.value(text)
                        + ": expected a time such as "
                        + example
                        + "."));
  }

  private static MigrationException usage(String message) {
    return new MigrationException(MigrationException.Kind.USAGE, message);
  }
}
