package dev.landfall.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.MovedDatabase.Source;
import dev.landfall.pipelines.api.RepairReport;
import dev.landfall.pipelines.api.RepairRequest;
import dev.landfall.pipelines.api.TableResult;
import dev.landfall.pipelines.define.PreviewSchema;
import dev.landfall.pipelines.load.MigrateTask;
import dev.landfall.pipelines.repair.RepairTask;
import dev.landfall.pipelines.verify.VerifyTask;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A rule for all columns lets only those be NULL in which it makes something NULL. */
class FilledColumnsTest {
  private static final String SPEC =
      """
      rules: {zeroDate: null, badText: null}
      mappings: [{table: t, columns: {said: {rules: {zeroDate: null}}}}]
      """;

  private static final String NOT_NULL =
      "SELECT attname FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0"
          + " AND attnotnull ORDER BY attnum";

  @ParameterizedTest
  @EnumSource(Source.class)
  void columnsWithoutSuchValuesStayNotNull(Source server) throws SQLException {
    try (SpecBed bed = new SpecBed(server)) {
      bed.source(
          "SET SESSION sql_mode = ''",
          "CREATE TABLE t (id int PRIMARY KEY, zero date NOT NULL, day date NOT NULL,"
              + " at datetime NOT NULL, said date NOT NULL, may date, note text NOT NULL,"
              + " old varchar(9) CHARACTER SET latin2 NOT NULL)",
          "INSERT INTO t VALUES (1, 0, '2020-01-01', '2020-01-01', '2020-01-01', NULL, 'x', 'y')",
          "CREATE TABLE none (id int PRIMARY KEY, note text NOT NULL)");
      // Whether bytes are UTF-8 only PostgreSQL tells, so a text might need its NULL.
      List<String> notNull = List.of("id", "day", "at", "old");
      try (Migration migration = bed.migration(SPEC)) {
        assertThat(migration.perform(new PreviewSchema()).pre())
            .contains("\"day\"  date         NOT NULL,", "\"zero\" date,", "\"said\" date,");
        migration.perform(new MigrateTask(true));
        assertThat(bed.ask(NOT_NULL)).isEqualTo(notNull);
        assertThat(bed.ask(NOT_NULL.replace("'t'", "'none'"))).containsExactly("id", "note");
      }
      // It is fixed then: what comes later is rejected, with what would let it in.
      bed.source("INSERT INTO t VALUES (2, '2020-01-01', 0, 0, 0, NULL, 'x', 'y')");
      try (Migration migration = bed.migration(SPEC)) {
        migration.perform(new MigrateTask(false));
        assertThat(bed.ask(NOT_NULL)).isEqualTo(notNull);
        assertThat(migration.perform(new VerifyTask()).tables())
            .extracting(TableResult::missing)
            .containsExactlyInAnyOrder(0L, 1L);
        assertThat(
                migration
                    .perform(new RepairTask(RepairRequest.builder().setExecute(true).build()))
                    .keys())
            .extracting(RepairReport.Key::reason)
            .singleElement()
            .asString()
            .endsWith(
                "can't be converted: column day: zero date 0000-00-00, which PostgreSQL does not"
                    + " know; `rules: {zeroDate: null}` can't load NULL, because the target's column is NOT NULL; `nullable:"
                    + " true` for the column would let it be");
      }
    }
  }
}
