package dev.landfall.transforms.types;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A type of the source as people write it in a rule: {@code tinyint(1)}, {@code bigint unsigned},
 * {@code enum}. Without numbers in parentheses it means all of that type, without {@code unsigned}
 * both kinds of numbers, and {@code geometry} every spatial type.
 *
 * @param name the type's name as the catalogue has it
 * @param modifiers what is in parentheses without blanks, empty for anything; the display width of
 *     an integer is none, except {@code tinyint(1)}, which MySQL's clients take for a boolean
 * @param unsigned whether only unsigned numbers are meant
 */
public record DeclaredType(String name, String modifiers, boolean unsigned) {
  private static final Pattern SHAPE =
      Pattern.compile(
          "([a-z0-9 ]*?[a-z0-9])\\s*(?:\\(([\\d,\\s]*)\\))?((?: (?:unsigned|signed|zerofill))*)");

  /** What people write for a number of one digit (MySQL manual 11.1.1). */
  private static final Set<String> BOOLEANS = Set.of("bool", "boolean");

  private static final List<String> INTEGERS =
      List.of("tinyint", "smallint", "mediumint", "int", "bigint");

  private static final String GEOMETRY = "geometry";

  /** The type that a user wrote; empty when the source has none of that name. */
  public static Optional<DeclaredType> parse(String text) {
    String folded = text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    Matcher matcher = SHAPE.matcher(BOOLEANS.contains(folded) ? "tinyint(1)" : folded);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String name = MySqlTypes.name(matcher.group(1));
    return MySqlTypes.names().contains(name)
        ? Optional.of(
            new DeclaredType(
                name,
                modifiers(name, matcher.group(2)),
                matcher.group(3).contains("unsigned") || matcher.group(3).contains("zerofill")))
        : Optional.empty();
  }

  /** The type of a column, with all that is declared. */
  public static DeclaredType of(Declaration column) {
    String declared = column.columnType();
    boolean list = column.dataType().equals("enum") || column.dataType().equals("set");
    int open = declared.indexOf('(');
    int close = declared.indexOf(')');
    String numbers =
        !list && open >= 0 && close > open ? declared.substring(open + 1, close) : null;
    String name = MySqlTypes.name(column.dataType());
    return new DeclaredType(
        name,
        name.equals("json") || name.equals("year") ? "" : modifiers(name, numbers),
        !list && column.unsigned());
  }

  private static String modifiers(String name, @org.jspecify.annotations.Nullable String numbers) {
    if (numbers == null) {
      return "";
    }
    String close = numbers.replaceAll("\\s", "");
    boolean width = INTEGERS.contains(name) && !(name.equals("tinyint") && close.equals("1"));
    return width ? "" : close;
  }

  /** The names of all types, for somebody who looks for one. */
  public static List<String> names() {
    return List.copyOf(new TreeSet<>(MySqlTypes.names()));
  }

  /** Whether the column is of this type. */
  public boolean covers(Declaration column) {
    DeclaredType its = of(column);
    boolean named =
        name.equals(its.name) || (name.equals(GEOMETRY) && column.type() instanceof MySqlGeometry);
    // tinyint(1) unsigned is no boolean to any client.
    boolean flag = name.equals("tinyint") && modifiers.equals("1") && !unsigned;
    return named
        && (!unsigned || its.unsigned)
        && (modifiers.isEmpty() || modifiers.equals(its.modifiers))
        && !(flag && its.unsigned);
  }

  /** Of two types that cover the same column the one that says more comes last. */
  public static Comparator<DeclaredType> leastSpecificFirst() {
    return Comparator.comparing((DeclaredType type) -> !type.name.equals(GEOMETRY))
        .thenComparing(type -> !type.modifiers.isEmpty())
        .thenComparing(DeclaredType::unsigned);
  }

  /** The only number in parentheses. */
  Optional<Integer> number() {
    return modifiers.matches("\\d{1,9}")
        ? Optional.of(Integer.valueOf(modifiers))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return name
        + (modifiers.isEmpty() ? "" : "(" + modifiers + ")")
        + (unsigned ? " unsigned" : "");
  }
}
