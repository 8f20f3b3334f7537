package dev.landfall.runners.schedule;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.landfall.runners.cli.Masking;
import dev.landfall.transforms.MigrationException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * Times that a line of cron names (crontab(5): minute, hour, day of month, month, day of week), in
 * a time zone. Where clocks are put forward, a time that does not exist is made up for or left out
 * as the library does; where they are put back, none is given twice in one instant.
 */
public final class Schedule {
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z", Locale.ROOT);

  private final ExecutionTime times;
  private final ZoneId zone;

  private Schedule(ExecutionTime times, ZoneId zone) {
    this.times = times;
    this.zone = zone;
  }

  /**
   * Reads a line of cron.
   *
   * @throws MigrationException of kind USAGE when it is none, or never comes
   */
  public static Schedule parse(String text, ZoneId zone) {
    try {
      Cron cron =
          new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
              .parse(text.strip())
              .validate();
      Schedule schedule = new Schedule(ExecutionTime.forCron(cron), zone);
      if (schedule.next(Instant.now()).isEmpty()) {
        throw wrong(text, "it never comes");
      }
      return schedule;
    } catch (IllegalArgumentException e) {
      throw wrong(text, String.valueOf(e.getMessage()).strip());
    }
  }

  /**
   * Reads a time zone's name.
   *
   * @throws MigrationException of kind USAGE when there is none of that name
   */
  public static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new MigrationException(
          MigrationException.Kind.USAGE,
          "--time-zone "
              + Masking.value(name)
              + ": there is no such time zone. Example: Europe/Berlin, or UTC.",
          e);
    }
  }

  private static MigrationException wrong(String text, String why) {
    return new MigrationException(
        MigrationException.Kind.USAGE,
        "--schedule \""
            + Masking.value(text)
            + "\" is no line of cron: "
            + (Masking.value(text).equals(text) ? why : "it can't be read as one")
            + ". It has five parts: minute, hour, day of the month, month, day of the week."
            + " Examples: \"0 * * * *\" every hour, \"17 2 * * 1-5\" at 02:17 from Monday to"
            + " Friday.");
  }

  /** The first time behind that one; empty when none comes any more. */
  Optional<Instant> next(Instant after) {
    return times.nextExecution(after.atZone(zone)).map(ZonedDateTime::toInstant);
  }

  /** How many times there are behind the first instant and not behind the second. */
  long between(Instant after, Instant until) {
    long count = 0;
    Optional<Instant> time = next(after);
    while (time.isPresent() && !time.get().isAfter(until)) {
      count++;
      time = next(time.get());
    }
    return count;
  }

  /** An instant as a person in the zone reads it. */
  String shown(Instant time) {
    return SHOWN.format(time.truncatedTo(ChronoUnit.MINUTES).atZone(zone));
  }
}
