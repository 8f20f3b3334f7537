package dev.landfall.transforms.types;

import dev.landfall.transforms.MigrationException;
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
    String name = PgTypes.name(base);
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

  /** Its one spelling. */
  public String ddl() {
    String numbers =
        modifiers.isEmpty() && word == null
            ? ""
            : Stream.concat(Stream.ofNullable(word), modifiers.stream().map(String::valueOf))
                .collect(Collectors.joining(",", "(", ")"));
    return base + numbers + (array ? "[]" : "");
  }

  /** The type's name without its schema. */
  public String name() {
    return base.substring(base.lastIndexOf('.') + 1).replace("\"", "");
  }

  /** How many characters or bits it holds, null for no limit. */
  public @Nullable Integer length() {
    if (!modifiers.isEmpty()) {
      return modifiers.get(0);
    }
    return base.equals("char") || base.equals("bit") ? Integer.valueOf(1) : null;
  }
}
