package dev.landfall.pipelines.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.MovedDatabase;
import dev.landfall.pipelines.MovedDatabase.Source;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.RowFilter;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comparison knows how many rows of each table it has read, wherever they went. */
class ReadRowsTest {
  @TempDir private Path directory;

  /** The tables a and b become one, of which b gives no row; of c one goes anywhere. */
  private static Mapping shape(Mapping plain) {
    TableMapping b = plain.table(1);
    TargetTable a = plain.table(0).targets().get(0);
    TableMapping c = plain.table(2);
    return new Mapping(
        List.of(
            plain.table(0),
            with(b, table -> a.withFilter(new RowFilter.OneOf(0, List.of("none")))),
            with(c, table -> table.withFilter(new RowFilter.OneOf(0, List.of("2")))),
            plain.table(3)));
  }

  private static TableMapping with(TableMapping table, UnaryOperator<TargetTable> change) {
    return new TableMapping(
        table.source(), table.read(), List.of(change.apply(table.targets().get(0))));
  }

  @Test
  void areThoseThatTheSourceCounts() throws SQLException, IOException {
    try (MovedDatabase moved = new MovedDatabase(Source.MARIADB)) {
      for (String table : List.of("a", "b", "c", "d")) {
        moved.source(
            "CREATE TABLE " + table + " (id int PRIMARY KEY)",
            "INSERT INTO " + table + " VALUES (1), (2), (3)");
      }
      moved.source("INSERT INTO b VALUES (4)", "INSERT INTO c VALUES (4), (5)");
      moved.move(directory, "", ReadRowsTest::shape);
      assertThat(moved.mapping().sources(new Mapping.TargetPosition(0, 0)).stream())
          .extracting(TableName::table)
          .containsExactly("a", "b");

      for (boolean pushdown : new boolean[] {false, true}) {
        assertThat(
                ReadRows.of(moved.mapping(), pushdown ? moved.verifyByPushdown() : moved.verify()))
            .isEqualTo(Map.of(0, 3L, 1, 4L, 2, 5L, 3, 3L));
      }
    }
  }
}
