package dev.landfall.pipelines.random;

import dev.landfall.pipelines.random.Table.Column;
import dev.landfall.pipelines.random.Table.Foreign;
import dev.landfall.pipelines.random.Target.Cell;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Tables and a spec that chance makes: one round. */
final class RandomMapping {
  private static final List<Kind> KINDS = List.of(Kind.values());

  private static final int ROWS = 24;

  private static final List<Kind> KEYS =
      List.of(Kind.INT, Kind.INT, Kind.BIGINT, Kind.VARCHAR, Kind.VARCHAR_BIN, Kind.BINARY);

  private static final List<String> ODD_NAMES = List.of("select", "Größe", "a b", "x.y", "UPPER");

  final long seed;
  final List<Table> tables = new ArrayList<>();
  final Map<String, List<Target>> targets = new LinkedHashMap<>();
  final Map<String, Recipes.Asked> asked = new LinkedHashMap<>();
  final Map<String, Map<List<String>, List<String>>> winners = new LinkedHashMap<>();
  final List<String> sql = new ArrayList<>();
  final StringBuilder spec = new StringBuilder();

  private final Random random;
  final String prefix;
  private final Set<String> referenced = new HashSet<>();
  private final List<String> omitted = new ArrayList<>();

  /** What can only be said when all tables are mapped. */
  private final List<Runnable> composites = new ArrayList<>();

  private int shards;
  private int mergeBy;
  private int names;

  RandomMapping(String prefix, long seed) {
    this.prefix = prefix;
    this.seed = seed;
    this.random = new Random(seed * 1_000_003);
    int count = 2 + random.nextInt(3);
    int[] parents = new int[count];
    for (int i = 0; i < count; i++) {
      parents[i] = i == 0 || chance(4) ? -1 : random.nextInt(i);
      if (parents[i] >= 0) {
        referenced.add(prefix + (char) ('a' + parents[i]));
      }
    }
    for (int i = 0; i < count; i++) {
      tables.add(table(prefix + (char) ('a' + i), parents[i] < 0 ? null : tables.get(parents[i])));
    }
    if (random.nextInt(3) == 0) {
      shards(2 + random.nextInt(2));
    }
    for (Table table : tables) {
      asked.put(table.name(), new Recipes.Asked());
      targets.put(table.name(), new ArrayList<>());
    }
    for (Table table : tables.subList(0, tables.size() - shards)) {
      map(table);
    }
    if (shards > 0) {
      merge();
    }
    composites.forEach(Runnable::run);
  }

  private boolean chance(int of) {
    return random.nextInt(of) == 0;
  }

  private Table table(String name, @Nullable Table parent) {
    List<Column> columns = new ArrayList<>();
    List<Column> key = new ArrayList<>();
    List<Foreign> foreigns = new ArrayList<>();
    boolean self = chance(6);
    if (parent != null && parent.key().size() == 1 && chance(6)) {
      // A row for a row: the key refers.
      Column column = new Column("f0", parent.key().get(0).kind(), false, false);
      key.add(column);
      foreigns.add(new Foreign(name + "_f", List.of(column), parent));
    } else {
      for (int left = chance(4) ? 2 : 1; left > 0; left--) {
        key.add(new Column("k" + key.size(), KEYS.get(random.nextInt(KEYS.size())), false, false));
      }
      if (parent != null) {
        List<Column> refers = new ArrayList<>();
        boolean nullable = random.nextBoolean();
        for (Column column : parent.key()) {
          refers.add(new Column("f" + refers.size(), column.kind(), nullable, false));
        }
        columns.addAll(refers);
        foreigns.add(new Foreign(name + "_f", refers, parent));
      }
    }
    columns.addAll(0, key);
    self = self && key.size() == 1 && !key.get(0).name().equals("f0");
    if (self) {
      referenced.add(name);
    }
    boolean odd = !referenced.contains(name);
    columns.add(new Column("code", Kind.CODE, random.nextBoolean(), false));
    for (int left = 1 + random.nextInt(4); left > 0; left--) {
      Kind kind = KINDS.get(random.nextInt(KINDS.size()));
      columns.add(new Column("c" + columns.size(), kind, !chance(3), odd && chance(3)));
    }
    if (self) {
      Column boss = new Column("boss", key.get(0).kind(), true, false);
      columns.add(boss);
      Table bare = new Table(name, columns, key, List.of());
      foreigns.add(new Foreign(name + "_boss", List.of(boss), bare));
    }
    Table made = new Table(name, columns, key, foreigns);
    sql.add(made.create());
    sql.addAll(made.insert(random, rows(), 0));
    return made;
  }

  private int rows() {
    return chance(10) ? random.nextInt(2) : 3 + random.nextInt(ROWS);
  }

  private void shards(int count) {
    shards = count;
    List<Column> columns = new ArrayList<>();
    Column id = new Column("k0", Kind.INT, false, false);
    columns.add(id);
    columns.add(new Column("code", Kind.CODE, true, false));
    columns.add(new Column("rank", chance(2) ? Kind.SMALLINT : Kind.DATE, true, false));
    for (int left = random.nextInt(3); left > 0; left--) {
      Kind kind = KINDS.get(random.nextInt(KINDS.size()));
      columns.add(
          new Column("c" + columns.size(), kind == Kind.UNSIGNED ? Kind.INT : kind, true, false));
    }
    mergeBy = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      String name = prefix + "s" + i;
      Table table = new Table(name, columns, List.of(id), List.of());
      tables.add(table);
      sql.add(table.create());
      sql.addAll(table.insert(random, rows(), mergeBy == 2 ? 1000 * i : 0));
    }
  }

  /** All shards become one table. */
  private void merge() {
    List<Table> all = tables.subList(tables.size() - shards, tables.size());
    String name = prefix + "merged";
    long same = random.nextLong();
    String keep = keep();
    for (int i = 0; i < all.size(); i++) {
      Table table = all.get(i);
      // The same columns of each.
      random.setSeed(same);
      names = 1000;
      Target target = new Target(table, name);
      String shard = String.valueOf(i + 1);
      if (mergeBy == 0) {
        target.cells.add(
            new Cell("shard", "{constant: " + shard + "}", List.of(), null, null, row -> shard));
      }
      Column id = table.key().get(0);
      if (mergeBy == 1) {
        target.cells.add(keyUuid(table, "id"));
      } else {
        target.cells.add(Recipes.plain(id, chance(2) ? "id" : "k0"));
      }
      String key = target.cells.get(target.cells.size() - 1).name();
      target.key = mergeBy == 0 ? List.of("shard", key) : List.of(key);
      target.cells.add(Recipes.plain(table.columns().get(2), "rank"));
      Recipes recipes = new Recipes(random, table, mergeBy == 3, asked(table));
      for (Column column : table.columns()) {
        if (!column.equals(id) && !column.name().equals("rank") && !chance(5)) {
          target.cells.add(cell(table, recipes, column));
        }
      }
      if (chance(2)) {
        target.cells.add(recipes.more(fresh(), List.of()));
      }
      if (mergeBy == 3) {
        target.duplicates =
            new Target.Duplicates(
                target.key, keep, keep.endsWith("st") && keep.length() > 5 ? "rank" : null);
      }
      Objects.requireNonNull(targets.get(table.name())).add(target);
      entry(table, List.of(target), true, false);
    }
  }

  private String keep() {
    return List.of("first", "last", "highest", "lowest").get(random.nextInt(4));
  }

  private Recipes.Asked asked(Table table) {
    return java.util.Objects.requireNonNull(asked.get(table.name()));
  }

  private String fresh() {
    return (chance(4) ? ODD_NAMES.get(random.nextInt(ODD_NAMES.size())) : "n") + names++;
  }

  private Cell keyUuid(Table table, String name) {
    boolean of = mergeBy != 1 && chance(3);
    Uuid uuid = new Uuid(of ? "Of " + table.name() : table.name(), Uuid.LANDFALL);
    return new Cell(
        name,
        "{uuid: "
            + (table.key().size() == 1
                ? Recipes.yaml(table.key().get(0).name())
                : Recipes.yaml(table.key()))
            + (of ? ", of: " + Recipes.yaml(uuid.of()) : "")
            + "}",
        table.key(),
        null,
        uuid,
        row -> {
          List<String> key = new ArrayList<>();
          for (Column column : table.key()) {
            key.add(String.valueOf(row.plain(column)));
          }
          return uuid.made(key);
        });
  }

  /** The column as it moves without a word, or under another name. */
  private Cell carried(Table table, Column column, String name) {
    Cell plain = Recipes.plain(column, name);
    return new Cell(
        name,
        plain.yaml(),
        plain.sources(),
        column,
        null,
        row -> {
          Foreign foreign = table.foreign(column);
          Reference reference =
              foreign == null || foreign.columns().size() > 1 ? null : reference(foreign);
          String text = row.plain(column);
          return reference == null || text == null ? text : reference.of(List.of(text));
        });
  }

  /** What a reference to a key of a table becomes. */
  private record Reference(@Nullable Uuid uuid, @Nullable Map<List<String>, List<String>> winners) {
    String of(List<String> key) {
      String made = uuid == null ? key.get(0) : uuid.made(key);
      return winners == null ? made : winners.getOrDefault(List.of(made), List.of(made)).get(0);
    }
  }

  private @Nullable Reference reference(Foreign foreign) {
    Table parent =
        tables.stream()
            .filter(t -> t.name().equals(foreign.parent().name()))
            .findFirst()
            .orElseThrow();
    for (Target target : java.util.Objects.requireNonNull(targets.get(parent.name()))) {
      Map<List<String>, List<String>> won =
          target.duplicates == null
              ? null
              : winners.computeIfAbsent(target.name, n -> new LinkedHashMap<>());
      Cell uuid =
          target.cells.stream()
              .filter(c -> c.uuid() != null && c.sources().equals(parent.key()))
              .findFirst()
              .orElse(null);
      if (uuid != null || won != null) {
        return new Reference(uuid == null ? null : uuid.uuid(), won);
      }
    }
    Foreign next =
        parent.foreigns().stream()
            .filter(f -> f.columns().equals(parent.key()))
            .findFirst()
            .orElse(null);
    return next == null ? null : reference(next);
  }

  private Cell cell(Table table, Recipes recipes, Column column) {
    String own = column.name();
    return switch (random.nextInt(5)) {
      case 0 -> carried(table, column, own);
      case 1 -> carried(table, column, fresh());
      default ->
          table.foreign(column) != null
              ? carried(table, column, own)
              : recipes.of(column, chance(2) ? own : fresh());
    };
  }

  private void map(Table table) {
    int way = random.nextInt(8);
    // A split's targets are compared and repaired each by itself, so a reject would not stay whole.
    boolean split = way >= 6;
    boolean calm = split || referenced.contains(table.name());
    Recipes recipes = new Recipes(random, table, calm, asked(table));
    boolean chained = table.foreigns().stream().anyMatch(f -> f.columns().equals(table.key()));
    boolean chainedTo =
        tables.stream()
            .flatMap(t -> t.foreigns().stream().filter(f -> f.columns().equals(t.key())))
            .anyMatch(f -> f.parent().name().equals(table.name()));
    boolean duplicates = way > 0 && table.key().size() == 1 && !chained && !chainedTo && chance(4);
    List<Target> all = new ArrayList<>();
    if (way == 0) {
      Target target = new Target(table, table.name());
      table.columns().forEach(c -> target.cells.add(carried(table, c, c.name())));
      composite(table, target);
      all.add(target);
    } else if (way < 4) {
      all.add(changed(table, recipes));
    } else {
      for (int i = 0; i < (way < 6 ? 1 : 2); i++) {
        all.add(listed(table, recipes, calm, prefix + "t" + names++, i == 0 || !duplicates));
      }
    }
    for (Target target : all) {
      target.key = key(table, target);
    }
    if (duplicates) {
      duplicates(table, all);
    }
    java.util.Objects.requireNonNull(targets.get(table.name())).addAll(all);
    if (way > 0) {
      entry(table, all, false, way < 4);
    }
  }

  private void duplicates(Table table, List<Target> all) {
    Target target = all.get(0);
    Column code =
        table.columns().stream().filter(c -> c.name().equals("code")).findFirst().orElseThrow();
    Cell by =
        new Cell(
            "one",
            "{from: code, apply: [trim, lower]}",
            List.of(code),
            null,
            null,
            row -> {
              String text = Recipes.trimmed(row.plain(code));
              return text == null ? null : text.toLowerCase(java.util.Locale.ROOT);
            });
    target.cells.removeIf(c -> c.sources().contains(code) && c.plain() != null);
    target.cells.add(by);
    List<Cell> ranks =
        target.cells.stream()
            .filter(
                c ->
                    c.plain() != null
                        && c.plain().kind().isNumber()
                        && table.foreign(c.plain()) == null)
            .toList();
    String keep = ranks.isEmpty() ? List.of("first", "last").get(random.nextInt(2)) : keep();
    boolean ranked = keep.equals("highest") || keep.equals("lowest");
    target.duplicates =
        new Target.Duplicates(
            List.of("one"), keep, ranked ? ranks.get(random.nextInt(ranks.size())).name() : null);
    Cell id = target.cells.get(0);
    if (all.size() > 1 && id.uuid() != null && chance(2)) {
      // What another target has of it is led on to the row that is there.
      Map<List<String>, List<String>> won =
          winners.computeIfAbsent(target.name, n -> new LinkedHashMap<>());
      all.get(1)
          .cells
          .add(
              new Cell(
                  "ref",
                  id.yaml(),
                  id.sources(),
                  null,
                  null,
                  row -> {
                    List<String> own = List.of(String.valueOf(id.make().of(row)));
                    return won.getOrDefault(own, own).get(0);
                  }));
    }
  }

  /** A map of columns: what is not mentioned is carried. */
  private Target changed(Table table, Recipes recipes) {
    Target target = new Target(table, chance(2) ? table.name() : prefix + "t" + names++);
    Set<Column> mentioned = new HashSet<>();
    boolean uuid = chance(2);
    if (uuid) {
      target.cells.add(keyUuid(table, chance(2) ? table.key().get(0).name() : "id"));
      mentioned.addAll(table.key());
      table.key().stream()
          .filter(c -> table.foreign(c) == null && chance(3))
          .forEach(c -> target.cells.add(carried(table, c, fresh())));
    }
    for (Column column : table.columns()) {
      boolean key = table.key().contains(column);
      if (key) {
        if (!uuid && chance(4)) {
          target.cells.add(carried(table, column, fresh()));
          mentioned.add(column);
        }
      } else if (chance(8)) {
        omitted.add(column.name());
        mentioned.add(column);
      } else if (!chance(4)) {
        Cell cell = cell(table, recipes, column);
        if (cell.yaml() != null) {
          target.cells.add(cell);
          mentioned.add(column);
        }
      }
    }
    while (chance(2)) {
      Cell cell = recipes.more(fresh(), lookedUp(table));
      if (cell.sources().stream()
          .noneMatch(c -> table.key().contains(c) && !mentioned.contains(c))) {
        target.cells.add(cell);
        mentioned.addAll(cell.sources());
      }
    }
    for (Column column : table.columns()) {
      if (!mentioned.contains(column)) {
        target.cells.add(carried(table, column, column.name()));
      }
    }
    composite(table, target);
    return target;
  }

  /** Tables that values may be looked up in. */
  private List<Table> lookedUp(Table table) {
    return tables.stream().filter(t -> !t.name().equals(table.name())).toList();
  }

  private Target listed(Table table, Recipes recipes, boolean calm, String name, boolean made) {
    Target target = new Target(table, name);
    boolean uuid = made && chance(2);
    if (uuid) {
      target.cells.add(keyUuid(table, "id"));
    } else {
      for (Column column : table.key()) {
        target.cells.add(carried(table, column, chance(3) ? fresh() : column.name()));
      }
    }
    for (Column column : table.columns()) {
      if (!table.key().contains(column) && !(calm && column.odd()) && !chance(4)) {
        target.cells.add(cell(table, recipes, column));
      }
    }
    while (chance(2)) {
      target.cells.add(recipes.more(fresh(), lookedUp(table)));
    }
    return target;
  }

  /** Foreign keys of several columns to keys that are made anew get a column. */
  private void composite(Table table, Target target) {
    for (Foreign foreign : table.foreigns()) {
      if (foreign.columns().size() > 1) {
        composites.add(
            () -> {
              Reference reference = reference(foreign);
              if (reference == null || reference.uuid() == null) {
                return;
              }
              target.cells.add(
                  new Cell(
                      foreign.name(),
                      null,
                      foreign.columns(),
                      null,
                      null,
                      row -> {
                        List<String> key = new ArrayList<>();
                        for (Column column : foreign.columns()) {
                          String text = row.plain(column);
                          if (text == null) {
                            return null;
                          }
                          key.add(text);
                        }
                        return reference.of(key);
                      }));
            });
      }
    }
  }

  private static List<String> key(Table table, Target target) {
    for (Cell cell : target.cells) {
      if (cell.uuid() != null && cell.sources().equals(table.key())) {
        return List.of(cell.name());
      }
    }
    List<String> key = new ArrayList<>();
    for (Column column : table.key()) {
      key.add(
          target.cells.stream()
              .filter(c -> column.equals(c.plain()))
              .findFirst()
              .orElseThrow()
              .name());
    }
    return key;
  }

  private void entry(Table table, List<Target> all, boolean merged, boolean map) {
    spec.append("  - table: ").append(table.name()).append('\n');
    if (merged) {
      spec.append("    merge: true\n");
    }
    String indent = "    ";
    if (all.size() > 1) {
      spec.append("    split:\n");
      indent = "        ";
    }
    for (Target target : all) {
      spec.append(all.size() > 1 ? "      - " : indent).append("to: ").append(target.name);
      spec.append('\n');
      if (merged) {
        StringJoiner key = new StringJoiner(", ", "[", "]");
        target.key.forEach(key::add);
        spec.append(indent).append("key: ").append(key).append('\n');
      }
      Target.Duplicates rule = target.duplicates;
      if (rule != null) {
        spec.append(indent)
            .append("duplicates: {")
            .append(merged ? "" : "by: " + String.join(", ", rule.by()) + ", ")
            .append("keep: ")
            .append(
                rule.column() == null
                    ? rule.keep()
                    : "{" + rule.keep() + ": " + Recipes.yaml(rule.column()) + "}")
            .append("}\n");
      }
      if (map && !omitted.isEmpty()) {
        spec.append(indent).append("omit: ").append(omitted).append('\n');
      }
      omitted.clear();
      StringBuilder columns = new StringBuilder();
      for (Cell cell : target.cells) {
        if (cell.yaml() != null) {
          columns
              .append(indent)
              .append(map ? "  " : "  - ")
              .append(Recipes.yaml(cell.name()))
              .append(": ")
              .append(cell.yaml())
              .append('\n');
        } else if (!map) {
          columns.append(indent).append("  - ").append(Recipes.yaml(cell.name())).append('\n');
        }
      }
      if (!columns.isEmpty()) {
        spec.append(indent).append("columns:\n").append(columns);
      }
    }
  }

  /** All targets, each with the writers that it has. */
  Map<String, List<Target>> byName() {
    Map<String, List<Target>> all = new LinkedHashMap<>();
    targets
        .values()
        .forEach(
            some -> some.forEach(t -> all.computeIfAbsent(t.name, n -> new ArrayList<>()).add(t)));
    return all;
  }

  @Override
  public String toString() {
    return "seed " + seed + "\nmappings:\n" + spec + String.join(";\n", sql) + ";";
  }
}
