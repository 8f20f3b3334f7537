package dev.landfall.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.pipelines.MovedDatabase.Source;
import dev.landfall.transforms.MigrationException;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What accounts may do that have just the rights that docs/rights.md names, and fewer. */
class RightsTest {
  @ParameterizedTest
  @EnumSource(Source.class)
  void anAccountOfSomeTablesMovesThoseThatTheSpecNames(Source server) throws SQLException {
    try (SpecBed bed = new SpecBed(server)) {
      String database = "`" + bed.sourceName() + "`";
      String reader = "r_" + bed.sourceName();
      bed.source(
          "CREATE TABLE t (id int PRIMARY KEY, a varchar(9), secret int)",
          "CREATE TABLE u (id int PRIMARY KEY)",
          "CREATE TABLE v (id int PRIMARY KEY)",
          "INSERT INTO t VALUES (1, 'x', 7), (2, NULL, 8)",
          "INSERT INTO u VALUES (3)",
          "CREATE USER " + reader + " IDENTIFIED BY '" + reader + "'",
          "GRANT SELECT (id, a) ON " + database + ".t TO " + reader,
          "GRANT SELECT ON " + database + ".u TO " + reader);
      String named = "tables: {include: [t, u]}\n";
      try {
        try (Migration all = bed.migrationOf(reader, null, "")) {
          assertThatThrownBy(() -> all.migrate(true))
              .isInstanceOf(MigrationException.class)
              .hasMessageContaining("may not see every table of " + bed.sourceName());
        }
        try (Migration some = bed.migrationOf(reader, null, "tables: {include: [t, \"u*\"]}\n")) {
          assertThatThrownBy(some::schema)
              .hasMessageContaining("may not see every table of " + bed.sourceName());
        }
        try (Migration both = bed.migrationOf(reader, null, named)) {
          assertThatThrownBy(() -> both.migrate(true))
              .hasMessageContaining(
                  "may not see every column of " + bed.sourceName() + ".t (it sees id, a)");
        }
        assertThat(bed.ask("SELECT to_regnamespace('landfall'), to_regclass('t')"))
            .containsExactly("null|null");

        bed.source("GRANT REFERENCES ON " + database + ".t TO " + reader);
        try (Migration both = bed.migrationOf(reader, null, named)) {
          assertThatThrownBy(() -> both.migrate(true))
              .hasMessageContaining("can't read " + bed.sourceName() + ".t on the source");
        }
        try (Migration both =
            bed.migrationOf(reader, null, named + "mappings: [{table: t, omit: [secret]}]\n")) {
          both.migrate(true);
        }
        assertThat(bed.ask("SELECT id, a FROM t ORDER BY id")).containsExactly("1|x", "2|null");
        assertThat(bed.ask("SELECT id FROM u")).containsExactly("3");
        assertThat(bed.ask("SELECT to_regclass('v')")).containsExactly("null");
      } finally {
        bed.source("DROP USER " + reader);
      }
    }
  }
}
