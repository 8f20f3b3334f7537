package dev.landfall.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.MovedDatabase.Source;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.api.VerificationReport.SourceRows;
import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.RowFilter;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TableMapping;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Targets that take only some of a table's rows. */
class FilterTest {
  @TempDir private Path directory;

  /** Rows with one of those texts in a column go to the targets of that name. */
  static UnaryOperator<Mapping> only(String target, String column, String... texts) {
    return mapping ->
        new Mapping(
            mapping.tables().stream().map(table -> only(table, target, column, texts)).toList());
  }

  private static TableMapping only(
      TableMapping table, String target, String column, String... texts) {
    List<String> read = table.read().stream().map(SourceColumn::name).toList();
    return new TableMapping(
        table.source(),
        table.read(),
        table.targets().stream()
            .map(
                t ->
                    t.name().table().equals(target)
                        ? t.withFilter(new RowFilter.OneOf(read.indexOf(column), List.of(texts)))
                        : t)
            .toList());
  }

  private static MovedDatabase moved(Source server, int rows) throws SQLException {
    MovedDatabase moved = new MovedDatabase(server);
    moved.source(
        "CREATE TABLE orders (id int PRIMARY KEY, status varchar(10)"
            + " CHARACTER SET latin1 COLLATE latin1_general_ci, note varchar(20))");
    for (int id = 1; id <= rows; id++) {
      String status = List.of("'paid'", "'open'", "'Paid'", "NULL").get(id % 4);
      moved.source("INSERT INTO orders VALUES (" + id + ", " + status + ", 'n" + id + "')");
    }
    return moved;
  }

  static String counts(VerificationReport report, String target) {
    return report.tables().stream()
        .filter(t -> t.target().equals("public." + target))
        .map(
            t ->
                "source %d target %d matched %d changed %d missing %d extra %d"
                    .formatted(
                        t.sourceRows(),
                        t.targetRows(),
                        t.matched(),
                        t.changed(),
                        t.missing(),
                        t.extra()))
        .findFirst()
        .orElseThrow();
  }

  static List<String> differences(VerificationReport report) {
    return report.differences().stream()
        .map(d -> d.table() + d.key() + " " + d.kind() + " " + d.columns())
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void aTargetHasTheRowsThatPass(Source server) throws SQLException, IOException {
    try (MovedDatabase moved = moved(server, 400)) {
      moved.move(directory, "", only("orders", "status", "paid", "open"));
      assertThat(moved.ask("SELECT status, count(*) FROM orders GROUP BY 1 ORDER BY 1"))
          .containsExactly("open|100", "paid|100");
      accounted(moved, "orders", 400, 200, 200);
      for (VerifyRequest.Level level : VerifyRequest.Level.values()) {
        VerificationReport report =
            moved.verify(MovedDatabase.ONE_LOOK.toBuilder().setLevel(level).build());
        assertThat(differences(report)).as("%s", level).isEmpty();
        assertThat(report.equal()).as("%s", level).isTrue();
      }
      VerificationReport report = moved.verifyByPushdown();
      assertThat(report.equal()).isTrue();
      assertThat(report.rowsRead().values())
          .containsExactly("only rows with status 'paid' or 'open' are moved");
      assertThat(report.sources().values()).containsExactly(new SourceRows(400, 200));
      assertThat(counts(report, "orders"))
          .isEqualTo("source 200 target 200 matched 200 changed 0 missing 0 extra 0");
    }
  }

  /** Of a source table: what was read, by the source's own count, and what became of it. */
  static void accounted(MovedDatabase moved, String table, long read, long loaded, long filtered)
      throws SQLException {
    assertThat(moved.askSource("SELECT COUNT(*) FROM " + table))
        .containsExactly(String.valueOf(read));
    assertThat(
            moved.ask(
                "SELECT sum(rows_read), sum(rows_loaded), sum(rows_filtered), sum(rows_rejected)"
                    + " FROM landfall.chunk WHERE plan = 'LOAD' AND table_position = "
                    + moved.position(table)))
        .containsExactly(read + "|" + loaded + "|" + filtered + "|" + (read - loaded - filtered));
  }

  @Test
  void whatDoesNotPassIsNoDifference() throws SQLException, IOException {
    try (MovedDatabase moved = moved(Source.MARIADB, 400)) {
      moved.move(directory, "", only("orders", "status", "paid"));
      // Of those that don't pass.
      moved.source(
          "UPDATE orders SET note = 'other' WHERE id = 1", "DELETE FROM orders WHERE id = 2");
      assertThat(differences(moved.verify())).isEmpty();
      // 4, 8 and 12 are paid; 5 becomes so, 12 is so no more, and 9 was never to be there.
      moved.source(
          "UPDATE orders SET note = 'other' WHERE id = 4",
          "UPDATE orders SET status = 'paid' WHERE id = 5",
          "UPDATE orders SET status = 'open' WHERE id = 12");
      moved.target(
          "DELETE FROM orders WHERE id = 8", "INSERT INTO orders VALUES (9, 'open', 'n9')");
      List<String> found =
          List.of(
              "public.orders{id=12} EXTRA []",
              "public.orders{id=4} CHANGED [note]",
              "public.orders{id=5} MISSING []",
              "public.orders{id=8} MISSING []",
              "public.orders{id=9} EXTRA []");
      assertThat(differences(moved.verify())).isEqualTo(found);
      assertThat(differences(moved.verify(MovedDatabase.ONE_LOOK.toBuilder().setLooks(1).build())))
          .isEqualTo(found);
      assertThat(moved.repair())
          .containsExactly(
              "public.orders[12] DELETED",
              "public.orders[4] UPDATED",
              "public.orders[5] INSERTED",
              "public.orders[8] INSERTED",
              "public.orders[9] DELETED");
      VerificationReport report = moved.verify();
      assertThat(differences(report)).isEmpty();
      assertThat(counts(report, "orders"))
          .isEqualTo("source 100 target 100 matched 100 changed 0 missing 0 extra 0");
    }
  }

  @Test
  void aTargetMayGetNoRow() throws SQLException, IOException {
    try (MovedDatabase moved = moved(Source.MARIADB, 300)) {
      moved.move(directory, "", only("orders", "status", "lost"));
      assertThat(moved.ask("SELECT count(*) FROM orders")).containsExactly("0");
      accounted(moved, "orders", 300, 0, 300);
      for (VerifyRequest.Level level : VerifyRequest.Level.values()) {
        VerificationReport report =
            moved.verify(MovedDatabase.ONE_LOOK.toBuilder().setLevel(level).build());
        assertThat(report.equal()).as("%s", level).isTrue();
        assertThat(counts(report, "orders"))
            .isEqualTo("source 0 target 0 matched 0 changed 0 missing 0 extra 0");
      }
    }
  }

  @Test
  void oneOfTwoTargetsMayTakeFewer() throws SQLException, IOException {
    try (MovedDatabase moved = moved(Source.MARIADB, 400)) {
      moved.move(
          directory,
          """
          mappings:
            - table: orders
              split:
                - {to: every, columns: [id, note]}
                - {to: paid, columns: [id, status]}
          """,
          only("paid", "status", "paid"));
      accounted(moved, "orders", 400, 400, 0);
      assertThat(moved.ask("SELECT (SELECT count(*) FROM every), (SELECT count(*) FROM paid)"))
          .containsExactly("400|100");
      VerificationReport report = moved.verify();
      assertThat(differences(report)).isEmpty();
      assertThat(counts(report, "every"))
          .isEqualTo("source 400 target 400 matched 400 changed 0 missing 0 extra 0");
      assertThat(counts(report, "paid"))
          .isEqualTo("source 100 target 100 matched 100 changed 0 missing 0 extra 0");
      moved.source("UPDATE orders SET note = 'other', status = 'open' WHERE id = 4");
      assertThat(differences(moved.verify()))
          .containsExactly("public.every{id=4} CHANGED [note]", "public.paid{id=4} EXTRA []");
      assertThat(moved.repair())
          .containsExactly("public.every[4] UPDATED", "public.paid[4] DELETED");
      assertThat(differences(moved.verify())).isEmpty();
    }
  }

  /** A row is a reject only for the targets that it would go to. */
  @Test
  void whatCannotBeConvertedIsMissingOnlyWhereItWouldGo() throws SQLException, IOException {
    try (MovedDatabase moved = new MovedDatabase(Source.MARIADB)) {
      moved.source(
          "SET sql_mode = ''",
          "CREATE TABLE orders (id int PRIMARY KEY, status varchar(10), day date NOT NULL)",
          "INSERT INTO orders VALUES (1, 'paid', '2024-01-01'), (2, 'paid', '0000-00-00'),"
              + " (3, 'open', '2024-01-01'), (4, 'open', '0000-00-00')");
      moved.move(directory, "", only("orders", "status", "paid"));
      accounted(moved, "orders", 4, 1, 2);
      VerificationReport report = moved.verify();
      assertThat(counts(report, "orders"))
          .isEqualTo("source 2 target 1 matched 1 changed 0 missing 1 extra 0");
      assertThat(differences(report)).containsExactly("public.orders{id=2} MISSING []");
    }
  }

  /** PostgreSQL is asked about those rows only that pass, and finds the one that it refuses. */
  @Test
  void whatTheTargetRefusesIsFoundAmongThoseThatPass() throws SQLException, IOException {
    try (MovedDatabase moved = moved(Source.MARIADB, 400)) {
      moved.source("UPDATE orders SET note = CONCAT('a', CHAR(0)) WHERE id IN (1, 2, 204, 205)");
      moved.move(directory, "", only("orders", "status", "paid"));
      accounted(moved, "orders", 400, 99, 300);
      assertThat(moved.ask("SELECT key::text, column_name FROM landfall.reject"))
          .containsExactly("{\"id\": \"204\"}|note");
      VerificationReport report = moved.verify();
      assertThat(counts(report, "orders"))
          .isEqualTo("source 100 target 99 matched 99 changed 0 missing 1 extra 0");
    }
  }

  /** What can't be converted for one target is no row of another that would not take it. */
  @Test
  void aRejectOfOneTargetIsNoneOfAnother() throws SQLException, IOException {
    try (MovedDatabase moved = new MovedDatabase(Source.MARIADB)) {
      moved.source(
          "SET sql_mode = ''",
          "CREATE TABLE orders (id int PRIMARY KEY, status varchar(10), day date NOT NULL)",
          "INSERT INTO orders VALUES (1, 'paid', '2024-01-01'), (2, 'open', '0000-00-00')");
      moved.move(
          directory,
          """
          mappings:
            - table: orders
              split:
                - {to: every, columns: [id, day]}
                - {to: paid, columns: [id, status]}
          """,
          only("paid", "status", "paid"));
      accounted(moved, "orders", 2, 1, 0);
      VerificationReport report = moved.verify();
      assertThat(differences(report)).containsExactly("public.every{id=2} MISSING []");
      assertThat(counts(report, "paid"))
          .isEqualTo("source 1 target 1 matched 1 changed 0 missing 0 extra 0");
      moved.target("INSERT INTO paid VALUES (2, 'open')");
      assertThat(differences(moved.verify(MovedDatabase.ONE_LOOK.toBuilder().setLooks(1).build())))
          .containsExactly("public.every{id=2} MISSING []", "public.paid{id=2} EXTRA []");
      assertThat(moved.repair())
          .hasSize(2)
          .anyMatch(outcome -> outcome.startsWith("public.every[2] FAILED: the source's row can't"))
          .contains("public.paid[2] DELETED");
    }
  }
}
