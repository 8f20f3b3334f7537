package dev.landfall.pipelines.random;

import dev.landfall.pipelines.random.Table.Column;
import dev.landfall.pipelines.random.Target.Cell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Columns of targets that chance makes of one table's, each as a spec says it and as a function.
 */
final class Recipes {
  private final Random random;
  private final Table table;
  private final boolean calm;
  private final Asked asked;

  /** Changes a text that may be none. */
  private interface Step {
    @Nullable String of(@Nullable String text) throws Unfit;
  }

  /** What else the source is asked for with a table's rows. */
  static final class Asked {
    final Map<String, String> columns = new LinkedHashMap<>();
    final List<String> joins = new ArrayList<>();

    String add(String expression) {
      String alias = "?" + columns.size();
      columns.put(alias, expression);
      return alias;
    }
  }

  /**
   * Of that table.
   *
   * @param calm whether no row may be rejected
   */
  Recipes(Random random, Table table, boolean calm, Asked asked) {
    this.random = random;
    this.table = table;
    this.calm = calm;
    this.asked = asked;
  }

  /** A text as YAML has it. */
  static String yaml(String text) {
    StringBuilder yaml = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        yaml.append('\\').append(c);
      } else if (c < ' ' || c == '\u00a0' || c == '\u3000') {
        yaml.append("\\u%04x".formatted((int) c));
      } else {
        yaml.append(c);
      }
    }
    return yaml.append('"').toString();
  }

  static String yaml(List<Column> columns) {
    StringJoiner names = new StringJoiner(", ", "[", "]");
    columns.forEach(column -> names.add(yaml(column.name())));
    return names.toString();
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** A column that is carried over, perhaps under another name. */
  static Cell plain(Column column, String name) {
    return new Cell(
        name,
        name.equals(column.name()) ? null : yaml(column.name()),
        List.of(column),
        column,
        null,
        row -> row.plain(column));
  }

  /** A column that is made of one of the table's in some way. */
  Cell of(Column column, String name) {
    return switch (random.nextInt(6)) {
      case 0 -> ifNull(column, name);
      case 2 -> column.kind().isText() ? typed(column, name) : applied(column, name);
      default -> applied(column, name);
    };
  }

  private Cell ifNull(Column column, String name) {
    if (!column.nullable()) {
      return plain(column, name);
    }
    String instead =
        switch (column.kind()) {
          case DATE -> "2001-02-03";
          case MICROS -> "2001-02-03 04:05:06.5";
          case SECONDS -> "2001-02-03 04:05:06";
          case BINARY, VARBINARY -> "\\x00ff";
          case DECIMAL -> "-1.5000";
          case CHAR, CODE -> any(List.of("", "?", "Ä "));
          default -> column.kind().isNumber() ? "77" : any(List.of("", "?", "none: \"it\""));
        };
    return new Cell(
        name,
        "{from: " + yaml(column.name()) + ", ifNull: " + yaml(instead) + "}",
        List.of(column),
        column,
        null,
        row -> Objects.requireNonNullElse(row.plain(column), instead));
  }

  /** A text of another type. */
  private Cell typed(Column column, String name) {
    return new Cell(
        name,
        "{from: " + yaml(column.name()) + ", type: text}",
        List.of(column),
        column,
        null,
        row -> row.plain(column));
  }

  private Cell applied(Column column, String name) {
    List<Step> steps = new ArrayList<>();
    StringJoiner words = new StringJoiner(", ", "[", "]");
    boolean text = column.kind().isText();
    for (int left = text ? 1 + random.nextInt(3) : 1; left > 0; left--) {
      switch (text ? random.nextInt(3) : 2) {
        case 0 -> {
          words.add("trim");
          steps.add(Recipes::trimmed);
        }
        case 1 -> {
          words.add("lower");
          steps.add(t -> t == null ? null : t.toLowerCase(Locale.ROOT));
        }
        default -> {
          words.add(map(column, steps));
          text = true;
        }
      }
    }
    boolean instead = column.nullable() && random.nextInt(4) == 0;
    String name0 =
        name.equals(column.name()) && random.nextBoolean()
            ? ""
            : "from: " + yaml(column.name()) + ", ";
    String yaml = "{" + name0 + "apply: " + words + (instead ? ", ifNull: \"?\"" : "") + "}";
    return new Cell(
        name,
        yaml,
        List.of(column),
        null,
        null,
        row -> {
          String value = row.plain(column);
          for (Step step : steps) {
            value = step.of(value);
          }
          return value == null && instead ? "?" : value;
        });
  }

  static @Nullable String trimmed(@Nullable String text) {
    return text == null
        ? null
        : text.replaceFirst("^[\\p{Z}\\t-\\r\\x1C-\\x1F]+", "")
            .replaceFirst("[\\p{Z}\\t-\\r\\x1C-\\x1F]+$", "");
  }

  private String map(Column column, List<Step> steps) {
    List<String> from =
        column.kind().isText()
            ? Kind.CODES
            : column.kind() == Kind.DECIMAL
                ? List.of("1.0000", "0.5000", "2")
                : column.kind().isNumber()
                    ? List.of("0", "1", "2", "3", "-1")
                    : List.of("0", "1", "\\x", "2024-02-29");
    Map<String, @Nullable String> map = new LinkedHashMap<>();
    for (int left = random.nextInt(6); left >= 0; left--) {
      map.put(
          any(from), random.nextInt(6) == 0 ? null : any(List.of("active", "In", "", " A", "1")));
    }
    StringJoiner entries = new StringJoiner(", ", "{", "}");
    map.forEach((k, v) -> entries.add(yaml(k) + ": " + (v == null ? "null" : yaml(v))));
    int policy = random.nextInt(calm ? 3 : 5);
    String other = List.of("keep", "null", "{value: \"other\"}", "refuse", "").get(policy);
    steps.add(
        text -> {
          if (text == null) {
            return null;
          }
          if (map.containsKey(text)) {
            return map.get(text);
          }
          return switch (policy) {
            case 0 -> text;
            case 1 -> null;
            case 2 -> "other";
            default -> throw new Unfit("none of the map's");
          };
        });
    return "{map: " + entries + (other.isEmpty() ? "" : ", else: " + other) + "}";
  }

  /** A column that is made of several, or of none. */
  Cell more(String name, List<Table> others) {
    return switch (random.nextInt(6)) {
      case 0 -> constant(name);
      case 1 -> uuid(name);
      case 2 -> sql(name);
      case 3, 4 -> {
        Cell lookup = lookup(name, others);
        yield lookup == null ? joined(name) : lookup;
      }
      default -> joined(name);
    };
  }

  private Cell constant(String name) {
    String[][] all = {
      {"{constant: \"shop: \\u00c4\"}", "shop: Ä"},
      {"{constant: 42}", "42"},
      {"{constant: 1.50, type: \"numeric(6,2)\"}", "1.50"},
      {"{constant: true}", "t"},
      {"{constant: null, type: integer}", null},
      {"{constant: 2024-02-29, type: date}", "2024-02-29"}
    };
    @Nullable String[] one = all[random.nextInt(all.length)];
    return new Cell(name, one[0], List.of(), null, null, row -> one[1]);
  }

  private List<Column> some(int most) {
    List<Column> some = new ArrayList<>();
    for (int left = 1 + random.nextInt(most); left > 0; left--) {
      Column column = any(table.columns());
      if (!(calm && column.odd()) && !some.contains(column)) {
        some.add(column);
      }
    }
    return some.isEmpty() ? List.of(table.key().get(0)) : some;
  }

  private static List<@Nullable String> texts(Row row, List<Column> columns) throws Unfit {
    List<@Nullable String> texts = new ArrayList<>();
    for (Column column : columns) {
      texts.add(row.plain(column));
    }
    return texts;
  }

  private Cell joined(String name) {
    List<Column> columns = some(3);
    String between = any(List.of("", " ", ", ", ":", "ß\\"));
    boolean lower = random.nextInt(3) == 0;
    return new Cell(
        name,
        "{from: %s, join: %s%s}"
            .formatted(yaml(columns), yaml(between), lower ? ", apply: lower" : ""),
        columns,
        null,
        null,
        row -> {
          List<@Nullable String> texts = texts(row, columns);
          texts.removeIf(Objects::isNull);
          String all = String.join(between, texts);
          return texts.isEmpty() ? null : lower ? all.toLowerCase(Locale.ROOT) : all;
        });
  }

  private Cell uuid(String name) {
    List<Column> columns = some(2);
    if (columns.equals(table.key())) {
      return joined(name);
    }
    boolean of = random.nextBoolean();
    boolean space = random.nextBoolean();
    String namespace = space ? "6ba7b810-9dad-11d1-80b4-00c04fd430c8" : Uuid.LANDFALL;
    // Never one that a key has, which would be led on as references are.
    Uuid uuid = new Uuid(of ? "my: own\\" : table.name() + "!", namespace);
    return new Cell(
        name,
        "{uuid: %s, of: %s%s}"
            .formatted(
                columns.size() == 1 && random.nextBoolean()
                    ? yaml(columns.get(0).name())
                    : yaml(columns),
                yaml(uuid.of()),
                space ? ", namespace: " + namespace : ""),
        columns,
        null,
        uuid,
        row -> {
          List<@Nullable String> texts = texts(row, columns);
          List<String> whole = new ArrayList<>();
          texts.forEach(text -> whole.add(String.valueOf(text)));
          return texts.contains(null) ? null : uuid.made(whole);
        });
  }

  private Cell sql(String name) {
    Column column = any(table.columns());
    String c = Table.quoted(column.name());
    String[][] all = {
      {"CHAR_LENGTH(" + c + ")", "bigint"},
      {"COALESCE(HEX(" + c + "), 'none')", ""},
      {"MD5(CONCAT(" + c + ", 'x'))", ""},
      {c + " IS NULL", "integer"},
      {"CASE WHEN " + c + " IS NULL THEN 'a' ELSE 'b' END", ""}
    };
    String[] one = all[random.nextInt(all.length)];
    String alias = asked.add("CAST((" + one[0].replace(c, "t." + c) + ") AS CHAR)");
    return new Cell(
        name,
        "{sql: %s%s}".formatted(yaml(one[0]), one[1].isEmpty() ? "" : ", type: " + one[1]),
        List.of(),
        null,
        null,
        row -> row.texts().get(alias));
  }

  /** A value of another table's row; null where no column can tell one. */
  private @Nullable Cell lookup(String name, List<Table> others) {
    Table there = others.isEmpty() ? null : any(others);
    if (there == null) {
      return null;
    }
    List<Column> by = new ArrayList<>();
    for (Column key : there.key()) {
      List<Column> own =
          table.columns().stream()
              .filter(c -> c.kind() == key.kind() || (c.kind().isNumber() && key.kind().isNumber()))
              .toList();
      if (own.isEmpty()) {
        return null;
      }
      Column one = any(own);
      if (by.contains(one)) {
        return null;
      }
      by.add(one);
    }
    List<Column> values = there.columns().stream().filter(c -> !c.odd()).toList();
    Column value = any(values);
    String join = "j" + asked.joins.size();
    StringJoiner on = new StringJoiner(" AND ");
    StringJoiner keys = new StringJoiner(", ", "{", "}");
    for (int i = 0; i < by.size(); i++) {
      String own = Table.quoted(by.get(i).name());
      String other = Table.quoted(there.key().get(i).name());
      on.add(join + "." + other + " = t." + own);
      keys.add(yaml(there.key().get(i).name()) + ": " + yaml(by.get(i).name()));
    }
    asked.joins.add("LEFT JOIN " + Table.quoted(there.name()) + " " + join + " ON " + on);
    String found = asked.add(join + "." + Table.quoted(there.key().get(0).name()) + " IS NOT NULL");
    String read = asked.add(value.kind().read(join + "." + Table.quoted(value.name())));
    int policy = random.nextInt(calm ? 2 : 4);
    String other =
        policy == 1 && value.kind().isText()
            ? "{value: \"?\"}"
            : policy < 2 ? "null" : policy == 2 ? "refuse" : "";
    return new Cell(
        name,
        "{lookup: {table: %s, by: %s, value: %s%s}}"
            .formatted(
                yaml(there.name()),
                keys,
                yaml(value.name()),
                other.isEmpty() ? "" : ", missing: " + other),
        by,
        null,
        null,
        row -> {
          for (Column column : by) {
            if (row.plain(column) == null) {
              return null;
            }
          }
          String text = value.kind().plain(row.texts().get(read), value.nullable());
          if ("1".equals(row.texts().get(found))) {
            return text;
          }
          return switch (other) {
            case "null" -> null;
            case "{value: \"?\"}" -> "?";
            default -> throw new Unfit("no such row");
          };
        });
  }
}
