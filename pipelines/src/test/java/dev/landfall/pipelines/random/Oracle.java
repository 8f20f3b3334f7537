package dev.landfall.pipelines.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a round's targets are to have, by the source's rows as plain JDBC reads them. */
final class Oracle {
  private final RandomMapping mapping;
  private final Set<List<Object>> losers = new HashSet<>();

  Oracle(RandomMapping mapping) {
    this.mapping = mapping;
  }

  /** How many rows of a source table were read, loaded, filtered and rejected. */
  record Counts(long read, long loaded, long filtered, long rejected) {}

  /**
   * What is to be.
   *
   * @param rows by target and key, each its values by column
   * @param lacking keys of rows that were rejected, by target: each in the target and in the source
   * @param rejects their keys in the source, by table
   */
  record Truth(
      Map<String, Map<List<String>, Map<String, @Nullable String>>> rows,
      Map<String, Map<List<String>, Map<String, String>>> lacking,
      Map<String, List<String>> rejects,
      Map<String, Counts> counts) {}

  private Map<Table, List<Row>> read(Connection source) throws SQLException {
    Map<Table, List<Row>> all = new LinkedHashMap<>();
    for (Table table : mapping.tables) {
      Recipes.Asked asked = Objects.requireNonNull(mapping.asked.get(table.name()));
      StringJoiner columns = new StringJoiner(", ");
      List<String> names = new ArrayList<>();
      for (Table.Column column : table.columns()) {
        columns.add(column.kind().read("t." + Table.quoted(column.name())));
        names.add(column.name());
      }
      asked.columns.forEach(
          (alias, expression) -> {
            columns.add(expression);
            names.add(alias);
          });
      StringJoiner order = new StringJoiner(", ");
      table.key().forEach(c -> order.add("t." + Table.quoted(c.name())));
      String sql =
          "SELECT %s FROM %s t %s ORDER BY %s"
              .formatted(columns, Table.quoted(table.name()), String.join(" ", asked.joins), order);
      List<Row> rows = new ArrayList<>();
      try (Statement statement = source.createStatement();
          ResultSet result = statement.executeQuery(sql)) {
        while (result.next()) {
          Map<String, @Nullable String> texts = new HashMap<>();
          for (int i = 0; i < names.size(); i++) {
            texts.put(names.get(i), result.getString(i + 1));
          }
          rows.add(new Row(table, texts));
        }
      }
      all.put(table, rows);
    }
    return all;
  }

  private record Candidate(Row row, List<String> key, @Nullable String rank, Table table) {}

  /** Which rows lose, by what the source has now; it stays so. */
  void settle(Connection source) throws SQLException {
    Map<Table, List<Row>> rows = read(source);
    for (Map.Entry<String, List<Target>> target : mapping.byName().entrySet()) {
      Target.Duplicates rule = target.getValue().get(0).duplicates;
      if (rule != null) {
        Map<List<String>, List<Candidate>> same = new LinkedHashMap<>();
        for (Target writer : target.getValue()) {
          for (Row row : Objects.requireNonNull(rows.get(writer.table))) {
            candidate(writer, rule, row, same);
          }
        }
        same.values().forEach(all -> settle(target.getKey(), rule, all));
      }
    }
  }

  private static void candidate(
      Target writer, Target.Duplicates rule, Row row, Map<List<String>, List<Candidate>> same) {
    try {
      List<String> by = new ArrayList<>();
      for (String column : rule.by()) {
        String text = writer.cell(column).make().of(row);
        if (text == null) {
          return;
        }
        by.add(text);
      }
      String rank = rule.column() == null ? null : writer.cell(rule.column()).make().of(row);
      same.computeIfAbsent(by, b -> new ArrayList<>())
          .add(new Candidate(row, writer.key(row), rank, writer.table));
    } catch (Unfit e) {
      // None that could count.
    }
  }

  private void settle(String target, Target.Duplicates rule, List<Candidate> all) {
    Comparator<Candidate> byRank = Comparator.comparing(Candidate::rank, Oracle::compareRanks);
    Candidate winner = all.get(0);
    for (Candidate other : all) {
      boolean better =
          switch (rule.keep()) {
            case "first" -> false;
            case "last" -> true;
            case "highest" ->
                other.rank() != null
                    && (winner.rank() == null || byRank.compare(other, winner) > 0);
            default ->
                other.rank() != null
                    && (winner.rank() == null || byRank.compare(other, winner) < 0);
          };
      winner = better ? other : winner;
    }
    for (Candidate other : all) {
      if (!other.equals(winner)) {
        losers.add(List.of(target, other.table().name(), other.row().key()));
        if (!other.key().equals(winner.key())) {
          mapping
              .winners
              .computeIfAbsent(target, t -> new LinkedHashMap<>())
              .put(other.key(), winner.key());
        }
      }
    }
  }

  private static int compareRanks(@Nullable String one, @Nullable String other) {
    String a = String.valueOf(one);
    String b = String.valueOf(other);
    return a.matches("-?[0-9.]+") && b.matches("-?[0-9.]+")
        ? new java.math.BigDecimal(a).compareTo(new java.math.BigDecimal(b))
        : a.compareTo(b);
  }

  /** What is to be by what the source has now. */
  Truth truth(Connection source) throws SQLException {
    Truth truth = new Truth(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    mapping.byName().keySet().forEach(name -> truth.rows.put(name, new HashMap<>()));
    for (Map.Entry<Table, List<Row>> table : read(source).entrySet()) {
      long loaded = 0;
      long filtered = 0;
      List<String> rejects = new ArrayList<>();
      for (Row row : table.getValue()) {
        List<Target> takers = new ArrayList<>();
        for (Target target : Objects.requireNonNull(mapping.targets.get(row.table().name()))) {
          if (!losers.contains(List.of(target.name, row.table().name(), row.key()))) {
            takers.add(target);
          }
        }
        try {
          Map<Target, Map<String, @Nullable String>> made = new LinkedHashMap<>();
          for (Target target : takers) {
            Map<String, @Nullable String> values = new TreeMap<>();
            for (Target.Cell cell : target.cells) {
              values.put(cell.name(), cell.make().of(row));
            }
            made.put(target, values);
          }
          for (Map.Entry<Target, Map<String, @Nullable String>> one : made.entrySet()) {
            assertThat(
                    Objects.requireNonNull(truth.rows.get(one.getKey().name))
                        .put(key(one.getKey(), row), one.getValue()))
                .as("two rows of one key in %s\n%s", one.getKey().name, mapping)
                .isNull();
          }
          loaded += takers.isEmpty() ? 0 : 1;
          filtered += takers.isEmpty() ? 1 : 0;
        } catch (Unfit e) {
          rejects.add(row.key().toString());
          for (Target target : takers) {
            truth
                .lacking
                .computeIfAbsent(target.name, t -> new HashMap<>())
                .put(key(target, row), row.shownKey());
          }
        }
      }
      rejects.sort(Comparator.naturalOrder());
      truth.rejects.put(table.getKey().name(), rejects);
      truth.counts.put(
          table.getKey().name(),
          new Counts(table.getValue().size(), loaded, filtered, rejects.size()));
    }
    return truth;
  }

  private static List<String> key(Target target, Row row) {
    try {
      return target.key(row);
    } catch (Unfit e) {
      throw new IllegalStateException("a key is always made", e);
    }
  }
}
