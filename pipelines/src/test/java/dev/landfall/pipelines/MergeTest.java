package dev.landfall.pipelines;

import static dev.landfall.pipelines.FilterTest.counts;
import static dev.landfall.pipelines.FilterTest.differences;
import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.MovedDatabase.Source;
import dev.landfall.pipelines.api.Slice;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.api.VerificationReport.SourceRows;
import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.types.PgType;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two tables of the source that become one of the target. */
class MergeTest {
  private static final TableName ORDERS = new TableName("public", "orders");

  @TempDir private Path directory;

  /** All tables whose names begin like that as one, each with the year of its name. */
  static Mapping merged(Mapping plain, String start, boolean yearInKey) {
    List<TableMapping> tables = new ArrayList<>();
    for (TableMapping table : plain.tables()) {
      String name = table.source().name().table();
      tables.add(name.startsWith(start) ? merged(table, name, yearInKey) : table);
    }
    return new Mapping(tables);
  }

  private static TableMapping merged(TableMapping table, String name, boolean yearInKey) {
    TargetTable own = table.targets().get(0);
    List<ColumnMapping> columns = new ArrayList<>(own.columns());
    columns.add(
        ColumnMapping.constant(
            "year", PgType.parse("integer"), false, name.substring(name.length() - 4)));
    List<String> key = new ArrayList<>(own.key());
    if (yearInKey) {
      key.add("year");
    }
    return new TableMapping(
        table.source(),
        table.read(),
        List.of(new TargetTable(ORDERS, columns, key, /* existing= */ false, own.filter())));
  }

  private static String rows(String table, String letter, int from, int to) {
    return "INSERT INTO "
        + table
        + " VALUES "
        + IntStream.rangeClosed(from, to)
            .mapToObj(id -> "(" + id + ", '" + letter + id + "')")
            .collect(Collectors.joining(", "));
  }

  private static void fill(MovedDatabase moved) throws SQLException {
    moved.source(
        "CREATE TABLE orders_2023 (id int PRIMARY KEY AUTO_INCREMENT, note varchar(20))",
        "CREATE TABLE orders_2024 (id int PRIMARY KEY AUTO_INCREMENT, note varchar(20))",
        "CREATE TABLE other (id int PRIMARY KEY, note varchar(20))",
        rows("orders_2023", "a", 1, 700),
        rows("orders_2024", "b", 1001, 1500),
        rows("other", "c", 1, 300));
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void theRowsOfAllWritersAreThere(Source server) throws SQLException, IOException {
    try (MovedDatabase moved = new MovedDatabase(server)) {
      fill(moved);
      moved.move(directory, "", mapping -> merged(mapping, "orders_", false));
      assertThat(moved.ask("SELECT year, count(*) FROM orders GROUP BY 1 ORDER BY 1"))
          .containsExactly("2023|700", "2024|500");
      FilterTest.accounted(moved, "orders_2023", 700, 700, 0);
      FilterTest.accounted(moved, "orders_2024", 500, 500, 0);
      for (VerifyRequest.Level level : VerifyRequest.Level.values()) {
        VerificationReport report =
            moved.verify(MovedDatabase.ONE_LOOK.toBuilder().setLevel(level).build());
        assertThat(differences(report)).as("%s", level).isEmpty();
        assertThat(report.equal()).as("%s", level).isTrue();
      }
      VerificationReport report = moved.verifyByPushdown();
      assertThat(counts(report, "orders"))
          .isEqualTo("source 1200 target 1200 matched 1200 changed 0 missing 0 extra 0");
      assertThat(report.sources())
          .containsValues(new SourceRows(700, 0), new SourceRows(500, 0))
          // The databases have summed the other one up.
          .hasSize(2);
      assertThat(report.rowsRead().values())
          .containsExactly(
              "2 tables become public.orders together", "2 tables become public.orders together");
    }
  }

  @Test
  void differencesOfEachWriterAreFoundAndMended() throws SQLException, IOException {
    try (MovedDatabase moved = new MovedDatabase(Source.MARIADB)) {
      fill(moved);
      moved.move(directory, "", mapping -> merged(mapping, "orders_", false));
      moved.source(
          "UPDATE orders_2023 SET note = 'other' WHERE id = 7",
          "UPDATE orders_2024 SET note = 'other' WHERE id = 1007",
          "INSERT INTO orders_2024 VALUES (2000, 'new')",
          "DELETE FROM orders_2023 WHERE id = 8");
      moved.target(
          "DELETE FROM orders WHERE id IN (9, 1009)",
          "INSERT INTO orders VALUES (3000, 'x', 2023)");
      List<String> found =
          List.of(
              "public.orders{id=1007} CHANGED [note]",
              "public.orders{id=1009} MISSING []",
              "public.orders{id=2000} MISSING []",
              "public.orders{id=3000} EXTRA []",
              "public.orders{id=7} CHANGED [note]",
              "public.orders{id=8} EXTRA []",
              "public.orders{id=9} MISSING []");
      VerificationReport report = moved.verify();
      assertThat(differences(report)).isEqualTo(found);
      assertThat(counts(report, "orders"))
          .isEqualTo("source 1200 target 1199 matched 1195 changed 2 missing 3 extra 2");
      assertThat(differences(moved.verify(MovedDatabase.ONE_LOOK.toBuilder().setLooks(1).build())))
          .isEqualTo(found);
      assertThat(moved.repair())
          .containsExactly(
              "public.orders[1007] UPDATED",
              "public.orders[1009] INSERTED",
              "public.orders[2000] INSERTED",
              "public.orders[3000] DELETED",
              "public.orders[7] UPDATED",
              "public.orders[8] DELETED",
              "public.orders[9] INSERTED");
      assertThat(differences(moved.verify())).isEmpty();
      assertThat(moved.ask("SELECT year FROM orders WHERE id IN (9, 2000) ORDER BY id"))
          .containsExactly("2023", "2024");
    }
  }

  /** Two tables with the same key, which the year tells apart. */
  @Test
  void aConstantMayBeOfTheKey() throws SQLException, IOException {
    try (MovedDatabase moved = new MovedDatabase(Source.MARIADB)) {
      fill(moved);
      moved.source("INSERT INTO orders_2024 VALUES (5, 'five')");
      moved.move(directory, "", mapping -> merged(mapping, "orders_", true));
      assertThat(moved.ask("SELECT year, note FROM orders WHERE id = 5 ORDER BY 1"))
          .containsExactly("2023|a5", "2024|five");
      moved.source("UPDATE orders_2024 SET note = 'other' WHERE id = 5");
      assertThat(differences(moved.verify()))
          .containsExactly("public.orders{id=5, year=2024} CHANGED [note]");
      assertThat(moved.repair()).containsExactly("public.orders[5, 2024] UPDATED");
      assertThat(differences(moved.verify())).isEmpty();
    }
  }

  /** What two tables both have is loaded once; the other is a reject, and missing. */
  @Test
  void theSameKeyInTwoWritersIsADifference() throws SQLException, IOException {
    try (MovedDatabase moved = new MovedDatabase(Source.MARIADB)) {
      fill(moved);
      moved.source("INSERT INTO orders_2024 VALUES (5, 'a5'), (6, 'six')");
      moved.move(directory, "", mapping -> merged(mapping, "orders_", false));
      assertThat(moved.ask("SELECT count(*) FROM orders")).containsExactly("1200");
      assertThat(
              moved.ask(
                  "SELECT key->>'id', reason FROM landfall.reject ORDER BY (key->>'id')::int"))
          .containsExactly(
              "5|duplicate key value violates unique constraint \"orders_pkey\" (SQLState 23505):"
                  + " Key (id)=(5) already exists.",
              "6|duplicate key value violates unique constraint \"orders_pkey\" (SQLState 23505):"
                  + " Key (id)=(6) already exists.");
      for (int looks = 0; looks < 2; looks++) {
        VerificationReport report =
            moved.verify(MovedDatabase.ONE_LOOK.toBuilder().setLooks(looks).build());
        assertThat(counts(report, "orders"))
            .isEqualTo("source 1202 target 1200 matched 1200 changed 0 missing 2 extra 0");
        assertThat(differences(report))
            .containsExactly("public.orders{id=5} MISSING []", "public.orders{id=6} MISSING []");
      }
      assertThat(moved.repair())
          .containsExactly(
              "public.orders[5] FAILED: the source has 2 rows of this key",
              "public.orders[6] FAILED: the source has 2 rows of this key");
      // Once the source has it in one place only, all is well.
      moved.source("DELETE FROM orders_2024 WHERE id < 10");
      moved.verify();
      moved.repair();
      assertThat(moved.verify().equal()).isTrue();
      assertThat(moved.ask("SELECT count(*) FROM landfall.reject WHERE mended IS NULL"))
          .containsExactly("0");
    }
  }

  @Test
  void tablesWithoutAKeyHaveTheRowsOfBoth() throws SQLException, IOException {
    try (MovedDatabase moved = new MovedDatabase(Source.MARIADB)) {
      moved.source(
          "CREATE TABLE log_2023 (word varchar(20))",
          "CREATE TABLE log_2024 (word varchar(20))",
          "INSERT INTO log_2023 VALUES ('a'), ('a'), ('b')",
          "INSERT INTO log_2024 VALUES ('a'), ('c')");
      moved.move(directory, "", mapping -> merged(mapping, "log_", false));
      assertThat(moved.verify().equal()).isTrue();
      moved.target("DELETE FROM orders WHERE word = 'c'", "INSERT INTO orders VALUES ('b', 2023)");
      assertThat(differences(moved.verify()))
          .containsExactly(
              "public.orders{word=b, year=2023} EXTRA []",
              "public.orders{word=c, year=2024} MISSING []");
      moved.repair();
      assertThat(moved.verify().equal()).isTrue();
      assertThat(moved.ask("SELECT word, year, count(*) FROM orders GROUP BY 1, 2 ORDER BY 1, 2"))
          .containsExactly("a|2023|2", "a|2024|1", "b|2023|1", "c|2024|1");
    }
  }

  /** What writes one target together is taken together, whole. */
  @Test
  void slicesTakeAllWritersAtOnce() throws SQLException, IOException {
    try (MovedDatabase moved = new MovedDatabase(Source.MARIADB)) {
      fill(moved);
      moved.move(directory, "", mapping -> merged(mapping, "orders_", false));
      moved.target("DELETE FROM orders WHERE id = 1009");
      List<String> looked = new ArrayList<>();
      List<String> found = new ArrayList<>();
      boolean finished = false;
      for (int i = 0; i < 20 && !finished; i++) {
        VerificationReport report =
            moved.verify(MovedDatabase.ONE_LOOK.toBuilder().setSlice(Slice.parse("1/10")).build());
        report.tables().forEach(t -> looked.add(t.target()));
        found.addAll(differences(report));
        finished =
            Objects.requireNonNull(Objects.requireNonNull(report.reconciliation()).pass())
                .finished();
      }
      assertThat(finished).isTrue();
      assertThat(found).containsExactly("public.orders{id=1009} MISSING []");
      assertThat(looked).containsOnlyOnce("public.orders").contains("public.other");
    }
  }

  /** Each writer may have a filter of its own. */
  @Test
  void writersMayTakeSomeOfTheirRows() throws SQLException, IOException {
    try (MovedDatabase moved = new MovedDatabase(Source.MARIADB)) {
      fill(moved);
      moved.move(
          directory,
          "",
          mapping ->
              merged(
                  FilterTest.only("orders_2024", "note", "b1001", "b1002").apply(mapping),
                  "orders_",
                  false));
      FilterTest.accounted(moved, "orders_2024", 500, 2, 498);
      for (VerifyRequest.Level level : VerifyRequest.Level.values()) {
        VerificationReport report =
            moved.verify(MovedDatabase.ONE_LOOK.toBuilder().setLevel(level).build());
        assertThat(report.equal()).as("%s", level).isTrue();
      }
      VerificationReport report = moved.verify();
      assertThat(counts(report, "orders"))
          .isEqualTo("source 702 target 702 matched 702 changed 0 missing 0 extra 0");
      assertThat(report.sources()).containsValue(new SourceRows(500, 498));
    }
  }
}
