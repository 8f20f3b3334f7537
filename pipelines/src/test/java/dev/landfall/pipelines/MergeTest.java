package dev.landfall.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.MovedDatabase.Source;
import dev.landfall.pipelines.api.VerificationReport;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        List.of(new TargetTable(ORDERS, columns, key, /* existing= */ false)));
  }

  private static void fill(MovedDatabase moved) throws SQLException {
    moved.source(
        "CREATE TABLE orders_2023 (id int PRIMARY KEY AUTO_INCREMENT, note varchar(20))",
        "CREATE TABLE orders_2024 (id int PRIMARY KEY AUTO_INCREMENT, note varchar(20))",
        "CREATE TABLE other (id int PRIMARY KEY, note varchar(20))",
        "INSERT INTO orders_2023 SELECT seq, CONCAT('a', seq) FROM seq_1_to_700",
        "INSERT INTO orders_2024 SELECT seq, CONCAT('b', seq) FROM seq_1001_to_1500",
        "INSERT INTO other SELECT seq, CONCAT('c', seq) FROM seq_1_to_300");
  }

  private static String orders(VerificationReport report) {
    return report.tables().stream()
        .filter(t -> t.target().equals("public.orders"))
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

  private static List<String> differences(VerificationReport report) {
    return report.differences().stream()
        .map(d -> d.table() + d.key() + " " + d.kind() + " " + d.columns())
        .sorted()
        .toList();
  }

  @Test
  void theRowsOfAllWritersAreThere() throws SQLException, IOException {
    try (MovedDatabase moved = new MovedDatabase(Source.MARIADB)) {
      fill(moved);
      moved.move(directory, "", mapping -> merged(mapping, "orders_", false));
      assertThat(moved.ask("SELECT year, count(*) FROM orders GROUP BY 1 ORDER BY 1"))
          .containsExactly("2023|700", "2024|500");
      for (VerifyRequest.Level level : VerifyRequest.Level.values()) {
        VerificationReport report =
            moved.verify(MovedDatabase.ONE_LOOK.toBuilder().setLevel(level).build());
        assertThat(differences(report)).as("%s", level).isEmpty();
        assertThat(report.equal()).as("%s", level).isTrue();
      }
      assertThat(orders(moved.verify()))
          .isEqualTo("source 1200 target 1200 matched 1200 changed 0 missing 0 extra 0");
    }
  }
}
