package dev.landfall.transforms.ddl;

import dev.landfall.transforms.ddl.PartitionPlan.FlattenedException;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.sql.DdlSql;
import dev.landfall.transforms.types.PgInteger;
import dev.landfall.transforms.types.PgNumeric;
import dev.landfall.transforms.types.PgText;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Bounds and values of partitions as the source's catalogue prints them, in PostgreSQL's words. */
final class PartitionBounds {
  static final String MAX = "MAXVALUE";

  private static final Pattern INTEGER = Pattern.compile("-?\\d{1,20}");
  private static final Pattern REAL_DATE =
      Pattern.compile(
          "(?!0000)\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])"
              + "(?: \\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,6})?)?");

  /** MySQL's number of 1970-01-01, whose days PostgreSQL and Java count from (manual 12.6). */
  private static final long EPOCH_DAY = 719_528;

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private PartitionBounds() {}

  private static String integer(String description) throws FlattenedException {
    if (!description.equals(MAX) && !INTEGER.matcher(description).matches()) {
      throw new FlattenedException("the bound " + description + " is not a whole number");
    }
    return description;
  }

  /** A whole number; the catalogue shows an unsigned one from 2^63 on as a negative one. */
  static String integer(String description, SourceColumn source) throws FlattenedException {
    String number = integer(description);
    return number.startsWith("-") && source.unsigned()
        ? new BigInteger(number).add(BigInteger.ONE.shiftLeft(Long.SIZE)).toString()
        : number;
  }

  /** The first date or moment for which a function has a value. */
  static String moment(String function, String description) throws FlattenedException {
    if (integer(description).equals(MAX)) {
      return MAX;
    }
    try {
      long value = Long.parseLong(description);
      return switch (function) {
        case "year" -> date(LocalDate.of(Math.toIntExact(value), 1, 1));
        case "to_days" -> date(LocalDate.ofEpochDay(value - EPOCH_DAY));
        default -> DdlSql.literal(MOMENT.format(Instant.ofEpochSecond(value)) + "+00");
      };
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw new FlattenedException("the bound " + description + " is no date of PostgreSQL");
    }
  }

  private static String date(LocalDate date) throws FlattenedException {
    String text = date.toString();
    if (!REAL_DATE.matcher(text).matches()) {
      throw new FlattenedException("the bound " + text + " is no date of PostgreSQL");
    }
    return DdlSql.literal(text);
  }

  /** The bounds of several columns; behind a MAXVALUE there can only be more of them. */
  static List<String> tuple(TableMapping mapping, String description, List<ColumnMapping> columns)
      throws FlattenedException {
    List<String> printed = split(description);
    if (printed.size() != columns.size()) {
      throw new FlattenedException("the bound " + description + " can't be read");
    }
    List<String> bounds = new ArrayList<>();
    boolean max = false;
    for (int i = 0; i < printed.size(); i++) {
      max |= printed.get(i).equals(MAX);
      bounds.add(max ? MAX : value(mapping, printed.get(i), columns.get(i)));
    }
    return bounds;
  }

  /** A value of a column's type. */
  static String value(TableMapping mapping, String printed, ColumnMapping column)
      throws FlattenedException {
    if (column.type() instanceof PgInteger || column.type() instanceof PgNumeric) {
      return integer(printed, mapping.sourceOf(column).orElseThrow());
    }
    String text = unquoted(printed);
    if (!(column.type() instanceof PgText) && !REAL_DATE.matcher(text).matches()) {
      throw new FlattenedException("the bound " + printed + " is no date of PostgreSQL");
    }
    return DdlSql.literal(text);
  }

  private static String unquoted(String printed) throws FlattenedException {
    if (printed.length() < 2
        || !printed.startsWith("'")
        || !printed.endsWith("'")
        || printed.contains("\\")
        // What the catalogue can't print is a question mark there.
        || printed.contains("?")) {
      throw new FlattenedException("the value " + printed + " can't be read with certainty");
    }
    return printed.substring(1, printed.length() - 1).replace("''", "'");
  }

  /** At the commas outside of quotes. */
  static List<String> split(String description) {
    List<String> values = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < description.length(); i++) {
      char c = description.charAt(i);
      if (c == '\'') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        values.add(description.substring(start, i).strip());
        start = i + 1;
      }
    }
    values.add(description.substring(start).strip());
    return values;
  }
}
