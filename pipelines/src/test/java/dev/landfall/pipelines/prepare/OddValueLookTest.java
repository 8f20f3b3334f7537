package dev.landfall.pipelines.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.MovedDatabase.Source;
import dev.landfall.pipelines.SpecBed;
import dev.landfall.pipelines.define.PreviewSchema;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Odd values are looked for where the spec lets them move, and under its rules. */
class OddValueLookTest {
  private static final String SPEC =
      """
      rules: {zeroDate: null, nul: {replace: "#"}}
      tables: {exclude: [stays]}
      mappings:
        - table: moves
          omit: [stays]
          columns:
            given: {ifNull: 2000-01-01}
            raw: {rules: {nul: bytes}}
            state: {type: enum}
      """;

  private static void fill(SpecBed bed) throws SQLException {
    bed.source(
        "SET SESSION sql_mode = ''",
        "CREATE TABLE moves (k date, id int, day date NOT NULL, given date, note text, raw text,"
            + " state enum('a'), stays text, PRIMARY KEY (k, id)) CHARACTER SET utf8mb4",
        "INSERT INTO moves VALUES (0, 1, 0, 0, 'a\\0', 'b\\0', 0, 'c\\0'),"
            + " ('2020-01-01', 2, 0, NULL, 'a', 'b', 'a', 'c')",
        "CREATE TABLE stays (d date)",
        "INSERT INTO stays VALUES (0)");
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void tellsWhatTheRulesOfTheSpecWillDo(Source server) throws SQLException {
    try (SpecBed bed = new SpecBed(server)) {
      fill(bed);
      try (Migration migration = bed.migration(SPEC)) {
        assertThat(migration.perform(new PreviewSchema()).scan()).isNull();
        assertThat(migration.perform(new PreviewSchema(true)).scan())
            .extracting(
                c ->
                    c.table()
                        + "."
                        + c.column()
                        + " "
                        + c.odd().key()
                        + " "
                        + c.rows()
                        + " "
                        + c.policy().written())
            .map(line -> line.replace(bed.sourceName() + ".", ""))
            .containsExactly(
                // A column of a key takes no NULL.
                "moves.k zeroDate 1 refuse",
                "moves.day zeroDate 2 null",
                "moves.given zeroDate 1 null",
                "moves.note nul 1 {replace: \"#\"}",
                "moves.raw nul 1 bytes",
                "moves.state emptyEnum 1 keep");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void endsWhenItIsToldTo(Source server) throws SQLException {
    try (SpecBed bed = new SpecBed(server)) {
      fill(bed);
      try (Migration migration = bed.migration(SPEC)) {
        migration.requestStop();
        assertThatThrownBy(() -> migration.perform(new PreviewSchema(true)))
            .isInstanceOfSatisfying(
                MigrationException.class, e -> assertThat(e.kind()).isEqualTo(Kind.STOPPED))
            .hasMessage("Stopped while odd values were looked for; nothing was changed.");
        assertThat(migration.perform(new PreviewSchema()).pre()).contains("CREATE TABLE");
      }
    }
  }
}
