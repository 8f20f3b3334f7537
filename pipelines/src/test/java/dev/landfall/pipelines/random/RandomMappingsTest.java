package dev.landfall.pipelines.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.Move;
import dev.landfall.pipelines.MovedDatabase;
import dev.landfall.pipelines.api.Difference;
import dev.landfall.pipelines.api.RepairReport;
import dev.landfall.pipelines.api.RepairRequest;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.load.MigrateTask;
import dev.landfall.pipelines.repair.RepairTask;
import dev.landfall.pipelines.verify.VerifyTask;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mappings of random tables by random specs: the target has exactly the rows that an oracle makes
 * of the source's, a verification finds exactly what is changed on either side, and a repair mends
 * it.
 *
 * <p>A longer run: {@code -Dlandfall.mappings.rounds=5000 -Dlandfall.mappings.seed=1000}; one round
 * alone: {@code -Dlandfall.mappings.rounds=1} with its seed.
 */
class RandomMappingsTest {
  /** The same server for a seed, whichever others are moved with it. */
  private static final int TOGETHER = 20;

  private static final int ROUNDS = Integer.getInteger("landfall.mappings.rounds", 60);
  private static final long SEED = Long.getLong("landfall.mappings.seed", 2_040);

  static LongStream seeds() {
    int databases = (ROUNDS + TOGETHER - 1) / TOGETHER;
    return LongStream.range(0, databases).map(i -> SEED + i * TOGETHER);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void becomeWhatAnOracleSays(long seed) throws SQLException {
    Move.Source server = seed / TOGETHER % 2 == 0 ? Move.Source.MARIADB : Move.Source.MYSQL;
    try (Move move = new Move(server);
        Connection source = move.connectSource();
        Connection target = move.connectTarget()) {
      new Rounds(seed, Math.min(TOGETHER, ROUNDS), move, source, target).run();
    }
  }

  /** Rounds that are one migration. */
  private static final class Rounds {
    private final List<RandomMapping> mappings = new ArrayList<>();
    private final List<Oracle> oracles = new ArrayList<>();
    private final Move move;
    private final Connection source;
    private final Connection target;
    private final Random random;
    private final Map<RandomMapping, List<String>> faults = new LinkedHashMap<>();

    Rounds(long seed, int rounds, Move move, Connection source, Connection target) {
      this.move = move;
      this.source = source;
      this.target = target;
      this.random = new Random(seed);
      for (int i = 0; i < rounds; i++) {
        RandomMapping mapping = new RandomMapping("r%02d".formatted((seed + i) % 100), seed + i);
        mappings.add(mapping);
        oracles.add(new Oracle(mapping));
      }
    }

    void run() throws SQLException {
      StringBuilder spec = new StringBuilder("load: {rejects: 100%}\nmappings:\n");
      execute(source, "SET sql_mode = ''");
      for (RandomMapping mapping : mappings) {
        for (String sql : mapping.sql) {
          execute(source, sql);
        }
        spec.append(mapping.spec);
      }
      for (Oracle oracle : oracles) {
        oracle.settle(source);
      }
      move.with(
          spec.toString(),
          migration -> {
            try {
              rounds(migration);
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
            return true;
          });
      assertThat(faults.keySet())
          .extracting(mapping -> mapping.seed)
          .as(
              () ->
                  faults.entrySet().stream()
                      .map(one -> String.join("\n", one.getValue()) + "\n" + one.getKey())
                      .collect(Collectors.joining("\n\n")))
          .isEmpty();
    }

    /** Notes where a round is not as it should be; it goes no further then. */
    private void check(RandomMapping mapping, String what, Object is, Object expected) {
      if (!is.equals(expected)) {
        faults
            .computeIfAbsent(mapping, m -> new ArrayList<>())
            .add(
                "FAULT %d %s\n  is       %s\n  expected %s"
                    .formatted(mapping.seed, what, is, expected));
      }
    }

    private boolean whole(RandomMapping mapping) {
      return !faults.containsKey(mapping);
    }

    private void rounds(Migration migration) throws SQLException {
      migration.perform(new MigrateTask(false));
      List<Oracle.Truth> truths = truths();
      Map<String, Oracle.Counts> counts = counts();
      Map<String, List<String>> rejects = rejects();
      for (int i = 0; i < mappings.size(); i++) {
        RandomMapping mapping = mappings.get(i);
        Oracle.Truth truth = truths.get(i);
        check(
            mapping,
            "rows",
            surplus(rows(mapping), truth.rows()),
            surplus(truth.rows(), rows(mapping)));
        for (Table table : mapping.tables) {
          String name = table.name();
          check(mapping, "counts of " + name, of(counts, name), of(truth.counts(), name));
          check(mapping, "rejects of " + name, of(rejects, name), of(truth.rejects(), name));
        }
      }
      verify(migration, "loaded", truths);
      for (RandomMapping mapping : mappings) {
        editTarget(mapping);
      }
      verifyAndRepair(migration, "target changed");
      for (RandomMapping mapping : mappings) {
        editSource(mapping);
      }
      verifyAndRepair(migration, "source changed");
    }

    private static <V> V of(Map<String, V> map, String name) {
      return Objects.requireNonNull(map.get(name), name);
    }

    /** What one has and the other does not. */
    private static List<String> surplus(
        Map<String, Map<List<String>, Map<String, @Nullable String>>> one,
        Map<String, Map<List<String>, Map<String, @Nullable String>>> other) {
      List<String> surplus = new ArrayList<>();
      one.forEach(
          (table, rows) ->
              rows.forEach(
                  (key, row) -> {
                    var there = of(other, table).get(key);
                    if (!row.equals(there)) {
                      Map<String, @Nullable String> differ = new TreeMap<>(row);
                      if (there != null && there.keySet().equals(row.keySet())) {
                        differ
                            .entrySet()
                            .removeIf(e -> Objects.equals(e.getValue(), there.get(e.getKey())));
                      }
                      surplus.add("\n    " + table + key + " " + differ);
                    }
                  }));
      surplus.sort(String::compareTo);
      return surplus;
    }

    private List<Oracle.Truth> truths() throws SQLException {
      List<Oracle.Truth> truths = new ArrayList<>();
      for (Oracle oracle : oracles) {
        truths.add(oracle.truth(source));
      }
      return truths;
    }

    private void verifyAndRepair(Migration migration, String when) throws SQLException {
      List<Oracle.Truth> truths = truths();
      verify(migration, when, truths);
      RepairReport report =
          migration.perform(
              new RepairTask(
                  RepairRequest.builder().setExecute(true).setDeleteExtra(true).build()));
      for (int i = 0; i < mappings.size(); i++) {
        RandomMapping mapping = mappings.get(i);
        if (whole(mapping)) {
          var expected = truths.get(i).rows();
          var is = rows(mapping);
          // What can't be made anew stays as it is.
          truths
              .get(i)
              .lacking()
              .forEach((table, keys) -> of(is, table).keySet().removeAll(keys.keySet()));
          check(
              mapping,
              "rows behind a repair of which "
                  + report.keys().stream()
                      .filter(
                          k ->
                              k.reason() != null
                                  && k.table().startsWith("public." + mapping.prefix))
                      .map(k -> "\n    " + k)
                      .toList(),
              surplus(is, expected),
              surplus(expected, is));
        }
      }
      verify(migration, when + ", repaired", truths);
    }

    private void verify(Migration migration, String when, List<Oracle.Truth> truths)
        throws SQLException {
      List<RandomMapping> before = mappings.stream().filter(this::whole).toList();
      VerificationReport report = migration.perform(new VerifyTask(MovedDatabase.ONE_LOOK));
      Map<String, List<String>> found = new HashMap<>();
      for (Difference difference : report.differences()) {
        found
            .computeIfAbsent(table(difference), t -> new ArrayList<>())
            .add(
                difference.reject() == null || isThere(difference, truths)
                    ? difference.kind()
                        + " "
                        + new TreeMap<>(difference.key())
                        + " "
                        + difference.columns().stream().sorted().toList()
                    : "REJECTED " + shown(difference, truths));
      }
      for (int i = 0; i < mappings.size(); i++) {
        Map<String, List<String>> expected = differences(mappings.get(i), truths.get(i));
        for (Map.Entry<String, List<String>> one : expected.entrySet()) {
          if (before.contains(mappings.get(i))) {
            check(
                mappings.get(i),
                when + ": differences of " + one.getKey(),
                found.getOrDefault(one.getKey(), List.of()).stream().sorted().toList(),
                one.getValue().stream().sorted().toList());
          }
        }
      }
    }

    private Map<String, List<String>> differences(RandomMapping mapping, Oracle.Truth truth)
        throws SQLException {
      Map<String, List<String>> all = new TreeMap<>();
      Map<String, Map<List<String>, Map<String, @Nullable String>>> there = rows(mapping);
      for (Map.Entry<String, List<Target>> target : mapping.byName().entrySet()) {
        List<String> lines = new ArrayList<>();
        all.put(target.getKey(), lines);
        List<String> key = target.getValue().get(0).key;
        var expected = Objects.requireNonNull(truth.rows().get(target.getKey()));
        var found = Objects.requireNonNull(there.get(target.getKey()));
        expected.forEach(
            (k, row) -> {
              Map<String, @Nullable String> other = found.get(k);
              if (other == null) {
                lines.add("MISSING " + named(key, k) + " []");
              } else if (!other.equals(row)) {
                lines.add(
                    "CHANGED "
                        + named(key, k)
                        + " "
                        + row.keySet().stream()
                            .filter(c -> !Objects.equals(row.get(c), other.get(c)))
                            .toList());
              }
            });
        truth
            .lacking()
            .getOrDefault(target.getKey(), Map.of())
            .values()
            .forEach(k -> lines.add("REJECTED " + k));
        found.keySet().stream()
            .filter(k -> !expected.containsKey(k))
            .forEach(k -> lines.add("EXTRA " + named(key, k) + " []"));
      }
      return all;
    }

    /** Whether the source has a row of the key by now that is none to reject. */
    private boolean isThere(Difference difference, List<Oracle.Truth> truths) {
      for (int i = 0; i < mappings.size(); i++) {
        List<Target> writers = mappings.get(i).byName().get(table(difference));
        if (writers != null) {
          return of(truths.get(i).rows(), table(difference)).containsKey(key(writers, difference));
        }
      }
      return false;
    }

    private static List<String> key(List<Target> writers, Difference difference) {
      List<String> key = new ArrayList<>();
      writers.get(0).key.forEach(c -> key.add(String.valueOf(difference.key().get(c))));
      return key;
    }

    /** A rejected row's key by the source's columns, whichever it is told by. */
    private Map<String, String> shown(Difference difference, List<Oracle.Truth> truths) {
      Map<String, String> shown = new TreeMap<>();
      for (int i = 0; i < mappings.size(); i++) {
        RandomMapping mapping = mappings.get(i);
        List<Target> writers = mapping.byName().get(table(difference));
        if (writers == null) {
          continue;
        }
        List<String> key = key(writers, difference);
        Map<String, String> known =
            truths.get(i).lacking().getOrDefault(table(difference), Map.of()).get(key);
        if (known != null) {
          return known;
        }
        for (Target target : writers) {
          difference
              .key()
              .forEach(
                  (column, text) -> {
                    Table.Column plain =
                        target.cells.stream()
                            .filter(c -> c.name().equals(column))
                            .findFirst()
                            .map(Target.Cell::plain)
                            .orElse(null);
                    String name =
                        plain != null
                            ? plain.name()
                            : column.substring(column.lastIndexOf('.') + 1);
                    target.table.key().stream()
                        .filter(k -> k.name().equals(name))
                        .forEach(k -> shown.put(name, raw(k, String.valueOf(text))));
                  });
        }
      }
      return shown;
    }

    private static String table(Difference difference) {
      return difference.table().substring("public.".length());
    }

    /** What the source says of a value that a reject shows. */
    private static String raw(Table.Column column, String text) {
      if (!column.kind().isBytes()) {
        return text;
      }
      return text.startsWith("\\x")
          ? text.substring(2).toUpperCase(Locale.ROOT)
          : HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> named(List<String> columns, List<String> key) {
      Map<String, String> named = new TreeMap<>();
      for (int i = 0; i < key.size(); i++) {
        named.put(columns.get(i), key.get(i));
      }
      return named;
    }

    /** The target's rows, by table and key. */
    private Map<String, Map<List<String>, Map<String, @Nullable String>>> rows(
        RandomMapping mapping) throws SQLException {
      Map<String, Map<List<String>, Map<String, @Nullable String>>> all = new TreeMap<>();
      for (Map.Entry<String, List<Target>> one : mapping.byName().entrySet()) {
        Map<List<String>, Map<String, @Nullable String>> rows = new HashMap<>();
        try (Statement statement = target.createStatement();
            ResultSet result = statement.executeQuery("SELECT * FROM \"" + one.getKey() + "\"")) {
          while (result.next()) {
            Map<String, @Nullable String> row = new TreeMap<>();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
              row.put(result.getMetaData().getColumnName(i), result.getString(i));
            }
            List<String> key = new ArrayList<>();
            one.getValue().get(0).key.forEach(column -> key.add(String.valueOf(row.get(column))));
            rows.put(key, row);
          }
        }
        all.put(one.getKey(), rows);
      }
      return all;
    }

    private Map<String, Oracle.Counts> counts() throws SQLException {
      List<String> names = new ArrayList<>();
      mappings.forEach(mapping -> mapping.tables.forEach(table -> names.add(table.name())));
      names.sort(String::compareTo);
      Map<String, Oracle.Counts> counts = new HashMap<>();
      try (Statement statement = target.createStatement();
          ResultSet result =
              statement.executeQuery(
                  "SELECT table_position, sum(rows_read), sum(rows_loaded), sum(rows_filtered),"
                      + " sum(rows_rejected) FROM landfall.chunk WHERE plan = 'LOAD' GROUP BY 1")) {
        while (result.next()) {
          counts.put(
              names.get(result.getInt(1)),
              new Oracle.Counts(
                  result.getLong(2), result.getLong(3), result.getLong(4), result.getLong(5)));
        }
      }
      return counts;
    }

    /** The keys of rejected rows in the source, by table; bytes as hexadecimal digits. */
    private Map<String, List<String>> rejects() throws SQLException {
      Map<String, Table> tables = new HashMap<>();
      mappings.forEach(mapping -> mapping.tables.forEach(table -> tables.put(table.name(), table)));
      Map<String, List<String>> rejects = new HashMap<>();
      for (Map.Entry<String, Table> table : tables.entrySet()) {
        StringJoiner key = new StringJoiner(", ");
        table.getValue().key().forEach(column -> key.add("key->>'" + column.name() + "'"));
        List<String> keys = new ArrayList<>();
        try (Statement statement = target.createStatement();
            ResultSet result =
                statement.executeQuery(
                    "SELECT %s FROM landfall.reject WHERE table_name = '%s'"
                        .formatted(key, move.sourceName() + "." + table.getKey()))) {
          while (result.next()) {
            List<String> texts = new ArrayList<>();
            for (Table.Column column : table.getValue().key()) {
              String text = String.valueOf(result.getString(texts.size() + 1));
              texts.add(raw(column, text));
            }
            keys.add(texts.toString());
          }
        }
        keys.sort(String::compareTo);
        rejects.put(table.getKey(), keys);
      }
      return rejects;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    /** Does it where the database lets it. */
    private static void tried(Connection connection, String sql) {
      try {
        execute(connection, sql);
      } catch (SQLException e) {
        // Then it is no change.
      }
    }

    /** A value changed, a row deleted and one inserted, in each table. */
    private void editTarget(RandomMapping mapping) throws SQLException {
      for (Map.Entry<String, List<Target>> one : mapping.byName().entrySet()) {
        String name = "\"" + one.getKey() + "\"";
        Map<String, String> types = new TreeMap<>();
        try (Statement statement = target.createStatement();
            ResultSet result =
                statement.executeQuery(
                    "SELECT column_name, udt_name FROM information_schema.columns WHERE"
                        + " table_schema = 'public' AND table_name = '"
                        + one.getKey()
                        + "'")) {
          while (result.next()) {
            types.put(result.getString(1), result.getString(2));
          }
        }
        List<String> columns = new ArrayList<>(types.keySet());
        String column = columns.get(random.nextInt(columns.size()));
        tried(
            target,
            "UPDATE %s SET \"%s\" = %s %s"
                .formatted(
                    name,
                    column,
                    other(column, Objects.requireNonNull(types.get(column))),
                    one(name)));
        tried(target, "DELETE FROM " + name + " " + one(name));
        StringJoiner values = new StringJoiner(", ");
        StringJoiner names = new StringJoiner(", ");
        List<String> key = one.getValue().get(0).key;
        types.forEach(
            (c, type) -> {
              names.add("\"" + c + "\"");
              values.add(key.contains(c) ? other(c, type) : "\"" + c + "\"");
            });
        tried(
            target,
            "INSERT INTO %s (%s) SELECT %s FROM %s %s"
                .formatted(name, names, values, name, one(name)));
      }
    }

    private String one(String table) {
      return "WHERE ctid = (SELECT ctid FROM %s ORDER BY ctid OFFSET %d LIMIT 1)"
          .formatted(table, random.nextInt(12));
    }

    private String other(String column, String type) {
      String c = "\"" + column + "\"";
      if (random.nextInt(8) == 0) {
        return "NULL";
      }
      return switch (type) {
        case "int2", "int4", "int8", "numeric" -> c + " - 1";
        case "bool" -> "NOT " + c;
        case "bytea" -> c + " || '\\x00'::bytea";
        case "date" -> c + " - 1";
        case "timestamp" -> c + " - interval '1 second'";
        case "uuid" -> "gen_random_uuid()";
        default ->
            switch (random.nextInt(3)) {
              case 0 -> "''";
              case 1 -> "upper(" + c + ")";
              default -> "'Q' || left(" + c + ", 5)";
            };
      };
    }

    /** Values changed and a row deleted, in each table. */
    private void editSource(RandomMapping mapping) {
      for (Table table : mapping.tables) {
        boolean settled =
            Objects.requireNonNull(mapping.targets.get(table.name())).stream()
                .anyMatch(t -> t.duplicates != null);
        StringJoiner key = new StringJoiner(", ", "CONCAT_WS('|', ", ")");
        table.key().forEach(column -> key.add("HEX(" + Table.quoted(column.name()) + ")"));
        List<Table.Column> plain =
            table.columns().stream()
                .filter(c -> !table.key().contains(c) && table.foreign(c) == null)
                .filter(c -> !settled || !c.name().equals("code"))
                .toList();
        for (int left = 2; left > 0 && !plain.isEmpty(); left--) {
          Table.Column column = plain.get(random.nextInt(plain.size()));
          tried(
              source,
              "UPDATE %s SET %s = %s ORDER BY CRC32(CONCAT(%s, '%d')) LIMIT 1"
                  .formatted(
                      Table.quoted(table.name()),
                      Table.quoted(column.name()),
                      column.kind().literal(random, false),
                      key,
                      random.nextInt()));
        }
        if (!settled) {
          tried(
              source,
              "DELETE FROM %s ORDER BY CRC32(CONCAT(%s, '%d')) LIMIT 1"
                  .formatted(Table.quoted(table.name()), key, random.nextInt()));
        }
      }
    }
  }
}
