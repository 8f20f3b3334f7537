package dev.landfall.transforms.types;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.model.TargetType;
import dev.landfall.transforms.model.TargetType.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL type text taken apart: {@code character varying(20)[]} is {@code varchar}, {@code
 * [20]}, array. Aliases (PostgreSQL manual, table 8.1) become one name each, the shortest that DDL
 * takes.
 *
 * @param base the type's name without modifiers
 * @param modifiers the numbers in parentheses
 * @param word the word that is the first modifier, {@code Point} in PostGIS's {@code
 *     geometry(Point,4326)}; null when there is none
 * @param array whether it is an array of that type
 */
public record TypeText(String base, List<Integer> modifiers, @Nullable String word, boolean array) {
  /** A timestamp, time or interval without a number in parentheses keeps microseconds. */
  private static final int MAX_FRACTION = 6;

  private static final Pattern SHAPE =
      Pattern.compile(
          "((?:\"(?:[^\"]|\"\")+\"|[^()\\[\\]\"])+?)\\s*(?:\\(\\s*((?:-?\\d+|[a-zA-Z]+)(?:\\s*,\\s*-?\\d+)?)\\s*\\))?"
              + "( with(?:out)? time zone)?((?:\\s*\\[\\d*\\])*)");

  private static final Pattern NAME =
      Pattern.compile(
          "(?:\"(?:[^\"]|\"\")+\"|[\\p{L}_][\\p{L}\\d_$ ]*)"
              + "(?:\\.(?:\"(?:[^\"]|\"\")+\"|[\\p{L}\\d_$ ]+))?");

  /** PostgreSQL manual 8.1.2 and 8.3: what the server itself would refuse. */
  private static final Map<String, Integer> LONGEST =
      Map.of("varchar", 10_485_760, "char", 10_485_760, "numeric", 1000);

  /** PostGIS's types of geometries, as {@code format_type()} prints them. */
  private static final List<String> SHAPES =
      List.of(
          "Geometry",
          "Point",
          "LineString",
          "Polygon",
          "MultiPoint",
          "MultiLineString",
          "MultiPolygon",
          "GeometryCollection");

  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("bool", "boolean"),
          Map.entry("int2", "smallint"),
          Map.entry("int", "integer"),
          Map.entry("int4", "integer"),
          Map.entry("int8", "bigint"),
          Map.entry("decimal", "numeric"),
          Map.entry("dec", "numeric"),
          Map.entry("float4", "real"),
          Map.entry("float8", "double precision"),
          Map.entry("character varying", "varchar"),
          Map.entry("char varying", "varchar"),
          Map.entry("character", "char"),
          Map.entry("bit varying", "varbit"),
          Map.entry("timestamp without time zone", "timestamp"),
          Map.entry("timestamp with time zone", "timestamptz"),
          Map.entry("time without time zone", "time"),
          Map.entry("time with time zone", "timetz"));

  private static final Map<String, Kind> KINDS =
      Map.ofEntries(
          Map.entry("boolean", Kind.BOOLEAN),
          Map.entry("smallint", Kind.SMALLINT),
          Map.entry("integer", Kind.INTEGER),
          Map.entry("bigint", Kind.BIGINT),
          Map.entry("numeric", Kind.NUMERIC),
          Map.entry("real", Kind.REAL),
          Map.entry("double precision", Kind.DOUBLE),
          Map.entry("text", Kind.TEXT),
          Map.entry("varchar", Kind.TEXT),
          Map.entry("char", Kind.TEXT),
          Map.entry("bpchar", Kind.TEXT),
          Map.entry("citext", Kind.TEXT),
          Map.entry("bytea", Kind.BYTEA),
          Map.entry("date", Kind.DATE),
          Map.entry("time", Kind.TIME),
          Map.entry("interval", Kind.INTERVAL),
          Map.entry("timestamp", Kind.TIMESTAMP),
          Map.entry("timestamptz", Kind.TIMESTAMPTZ),
          Map.entry("json", Kind.JSON),
          Map.entry("jsonb", Kind.JSONB),
          Map.entry("bit", Kind.BIT),
          Map.entry("varbit", Kind.BIT),
          Map.entry("uuid", Kind.UUID));

  public TypeText {
    modifiers = List.copyOf(modifiers);
  }

  /**
   * Takes apart what a user wrote or what {@code format_type()} printed.
   *
   * @throws MigrationException when the text is no type
   */
  public static TypeText parse(String text) {
    String folded = text.contains("\"") ? text.strip() : text.strip().toLowerCase(Locale.ROOT);
    Matcher matcher = SHAPE.matcher(folded.replaceAll("\\s+", " "));
    if (!matcher.matches() || !NAME.matcher(matcher.group(1)).matches()) {
      throw noType(text, "it should look like varchar(20), numeric(12,2), timestamptz or text[]");
    }
    String zone = matcher.group(3) == null ? "" : matcher.group(3);
    String base = matcher.group(1) + zone;
    Optional<String> word =
        Optional.ofNullable(matcher.group(2)).filter(m -> Character.isLetter(m.charAt(0)));
    if (word.isPresent()) {
      return spatial(text, base, word.get(), matcher.group(4));
    }
    List<Integer> modifiers = numbers(text, matcher.group(2));
    boolean array = !matcher.group(4).isEmpty();
    if (base.equals("float")) {
      // PostgreSQL manual 8.1.3: float(1) to float(24) are real.
      boolean single = !modifiers.isEmpty() && modifiers.get(0) <= 24;
      return new TypeText(single ? "real" : "double precision", List.of(), null, array);
    }
    if (base.matches("(small|big)?serial[248]?")) {
      throw noType(
          text, "it is a column with a sequence; an auto-increment becomes an identity by itself");
    }
    String name = ALIASES.getOrDefault(base, base);
    Integer longest = LONGEST.get(name);
    if (longest != null && !modifiers.isEmpty() && modifiers.get(0) > longest) {
      throw noType(text, "the number in parentheses is " + longest + " at most");
    }
    return new TypeText(name, modifiers, null, array);
  }

  /** {@code geometry(Point,4326)}; no other type has a word in parentheses. */
  private static TypeText spatial(String text, String base, String modifiers, String brackets) {
    List<String> parts = List.of(modifiers.split("\\s*,\\s*", -1));
    Optional<String> shape =
        SHAPES.stream().filter(name -> name.equalsIgnoreCase(parts.get(0))).findFirst();
    if (!(base.endsWith("geometry") || base.endsWith("geography")) || shape.isEmpty()) {
      throw noType(text, "it should look like varchar(20), geometry(Point,4326) or text[]");
    }
    List<Integer> srid = parts.size() > 1 ? numbers(text, parts.get(1)) : List.of();
    return new TypeText(base, srid, shape.get(), !brackets.isEmpty());
  }

  private static List<Integer> numbers(String text, @Nullable String modifiers) {
    if (modifiers == null) {
      return List.of();
    }
    try {
      return Arrays.stream(modifiers.split(",", -1)).map(n -> Integer.valueOf(n.strip())).toList();
    } catch (NumberFormatException e) {
      throw noType(text, "the number in parentheses is too large");
    }
  }

  private static MigrationException noType(String text, String why) {
    return new MigrationException(
        MigrationException.Kind.USAGE,
        "\"" + text + "\" is not a type of a PostgreSQL column: " + why + ".");
  }

  /** The type with its family and its one spelling. */
  public TargetType type() {
    String numbers =
        modifiers.isEmpty() && word == null
            ? ""
            : Stream.concat(Stream.ofNullable(word), modifiers.stream().map(String::valueOf))
                .collect(Collectors.joining(",", "(", ")"));
    return new TargetType(kind(), base + numbers + (array ? "[]" : ""));
  }

  /** The type's name without its schema. */
  public String name() {
    return base.substring(base.lastIndexOf('.') + 1).replace("\"", "");
  }

  private Kind kind() {
    Kind kind = KINDS.getOrDefault(base, base.startsWith("interval ") ? Kind.INTERVAL : Kind.OTHER);
    if (!array) {
      return kind;
    }
    return kind == Kind.TEXT ? Kind.TEXT_ARRAY : Kind.OTHER;
  }

  /** How many characters or bits it holds, null for no limit. */
  public @Nullable Integer length() {
    if (!modifiers.isEmpty()) {
      return modifiers.get(0);
    }
    return base.equals("char") || base.equals("bit") ? Integer.valueOf(1) : null;
  }

  /** How many digits a number has after the point, null for no limit. */
  @Nullable Integer scale() {
    return modifiers.isEmpty()
        ? null
        : Integer.valueOf(modifiers.size() > 1 ? modifiers.get(1) : 0);
  }

  /** How many digits a fraction of a second has. */
  int fraction() {
    return modifiers.isEmpty() ? MAX_FRACTION : modifiers.get(0);
  }
}
