package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.TableName;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What makes a column follow the rules of {@code ON UPDATE CURRENT_TIMESTAMP} (MySQL manual
 * 11.2.5): an UPDATE that does not name the column and changes another one sets it to the current
 * moment, cut to its digits; one that names it is taken at its word, also where it names the value
 * that is there.
 *
 * <p>A trigger can't see which columns a statement names, but there are triggers that fire only for
 * certain columns. So there are two: the first fires where the column is named with the value that
 * it has, and marks it with {@code -infinity}, which MySQL's types do not have; the second, which
 * comes behind it by its name, takes the mark off again, or else sets the moment.
 */
public final class OnUpdateSql {
  /** The function of both triggers, one in each schema. */
  public static final String FUNCTION = "landfall_on_update_now";

  private OnUpdateSql() {}

  /** The function, which takes the column, its digits and the step as the trigger's arguments. */
  public static String createFunction(String schema) {
    return "CREATE OR REPLACE FUNCTION "
        + Identifiers.postgres(new TableName(schema, FUNCTION))
        + "() RETURNS trigger LANGUAGE plpgsql AS $$"
        + """

    DECLARE
        at timestamptz := statement_timestamp();
        marked boolean;
        value jsonb := to_jsonb('-infinity'::text);
    BEGIN
        IF TG_ARGV[2] = 'set' THEN
            EXECUTE format('SELECT ($1).%I = ''-infinity''', TG_ARGV[0]) INTO marked USING NEW;
            IF marked THEN
                EXECUTE format('SELECT to_jsonb(($1).%I)', TG_ARGV[0]) INTO value USING OLD;
            ELSE
                value := to_jsonb(date_trunc('minute', at) + make_interval(
                    secs => trunc(extract(second FROM at)::numeric, TG_ARGV[1]::int)::float8));
            END IF;
        END IF;
        RETURN jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[0], value));
    END $$""";
  }

  /**
   * The trigger that marks the column where a statement sets it to what it is.
   *
   * @param digits of a fractional second
   */
  public static String createMark(TableName table, String name, String column, int digits) {
    return create(
        table,
        name,
        " OF " + Identifiers.postgres(column),
        "NEW." + Identifiers.postgres(column) + unchanged(column),
        column,
        digits,
        "keep");
  }

  /**
   * The trigger that sets the moment.
   *
   * @param ordinary all columns but the generated ones, for a table that has such: a trigger does
   *     not see the values to be of those; null to compare whole rows
   */
  public static String createSet(
      TableName table,
      String name,
      String column,
      int digits,
      @Nullable List<ColumnMapping> ordinary) {
    String quoted = Identifiers.postgres(column);
    return create(
        table,
        name,
        "",
        "NEW."
            + quoted
            + " = '-infinity'\n        OR (NEW."
            + quoted
            + unchanged(column)
            + " AND "
            + changed(ordinary)
            + ")",
        column,
        digits,
        "set");
  }

  private static String unchanged(String column) {
    return " IS NOT DISTINCT FROM OLD." + Identifiers.postgres(column);
  }

  /** Whether another value is to be, byte by byte, as MySQL compares rows. */
  private static String changed(@Nullable List<ColumnMapping> columns) {
    return columns == null
        ? "OLD.* *<> NEW.*"
        : row("OLD.", columns) + " IS DISTINCT FROM " + row("NEW.", columns);
  }

  private static String row(String which, List<ColumnMapping> columns) {
    return columns.stream()
        .map(c -> c.type().exact(which + Identifiers.postgres(c.name())))
        .collect(Collectors.joining(", ", "ROW(", ")"));
  }

  private static String create(
      TableName table,
      String name,
      String columns,
      String condition,
      String column,
      int digits,
      String step) {
    return "CREATE TRIGGER "
        + Identifiers.postgres(name)
        + " BEFORE UPDATE"
        + columns
        + " ON "
        + Identifiers.postgres(table)
        + " FOR EACH ROW\n    WHEN ("
        + condition
        + ")\n    EXECUTE FUNCTION "
        + Identifiers.postgres(new TableName(table.schema(), FUNCTION))
        + "("
        + DdlSql.literal(column)
        + ", '"
        + digits
        + "', '"
        + step
        + "')";
  }
}
