package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Objects of every kind through the whole move, and what is said of them. */
class ObjectsIT {
  @Test
  void everythingThatCanBeMovedIs() throws Exception {
    try (Pair pair = Pair.make()) {
      Db.run(
          pair.source(),
          "CREATE TABLE people (id int AUTO_INCREMENT PRIMARY KEY, name varchar(40) NOT NULL,"
              + " size enum('s','m') NOT NULL DEFAULT 'm', loud varchar(50) AS (crc32(name))"
              + " VIRTUAL, n int, twice int AS (n * 2) STORED,"
              + " touched timestamp NULL ON UPDATE CURRENT_TIMESTAMP)",
          "INSERT INTO people (id, name, n, touched) VALUES (1, 'a', 4, '2001-01-01'),"
              + " (2, 'b', NULL, NULL)",
          "CREATE TABLE visits (id int NOT NULL AUTO_INCREMENT, day date NOT NULL, person int,"
              + " PRIMARY KEY (id, day)) PARTITION BY RANGE (to_days(day))"
              + " (PARTITION early VALUES LESS THAN (to_days('2020-01-01')),"
              + " PARTITION late VALUES LESS THAN MAXVALUE)",
          "INSERT INTO visits SELECT seq, DATE '2019-12-01' + INTERVAL seq DAY, seq"
              + " FROM seq_1_to_60",
          "CREATE TABLE notes (id int PRIMARY KEY, person int, CONSTRAINT of FOREIGN KEY (person)"
              + " REFERENCES people (id))",
          "SET foreign_key_checks = 0",
          "INSERT INTO notes VALUES (1, 1), (2, 77), (3, 78)",
          "SET foreign_key_checks = 1",
          "CREATE SEQUENCE numbers START WITH 12",
          "CREATE VIEW strange AS SELECT soundex(name) AS s FROM people",
          "CREATE TRIGGER t BEFORE INSERT ON people FOR EACH ROW BEGIN SET NEW.n = 1; END");
      Path spec = pair.spec();

      Cli.Result schema = Cli.run("schema", "-c", spec.toString()).exits(0);
      assertThat(schema.err()).isEmpty();
      assertThat(schema.out())
          .contains(
              "\n-- What becomes of each object\n",
              "\n-- trigger t, left to you:\n--     CREATE TRIGGER `t` BEFORE INSERT ON `people` FOR"
                  + " EACH ROW\n--     BEGIN SET NEW.n = 1; END\n",
              "\n-- view strange, left to you:\n--     CREATE VIEW strange (s) AS\n--     select soundex(")
          .containsPattern("\n-- \\d+ objects: \\d+ same, \\d+ converted, \\d+ left to you\n$");
      // The whole of it is a script.
      Db.run(pair.target(), "CREATE SCHEMA IF NOT EXISTS public", schema.out());
      Db.run(pair.target(), "DROP SCHEMA public CASCADE", "CREATE SCHEMA public");

      Cli.Result moved = Cli.run("migrate", "-c", spec.toString()).exits(0);

      assertThat(moved.err() + moved.out())
          .contains(
              "Not as in the source: public.notes: of holds for new rows only (NOT VALID): 2 rows"
                  + " break it");
      assertThat(Cli.run("status", "--json", "-c", spec.toString()).exits(0).out())
          .contains("\"warnings\":[\"public.notes: of holds for new rows only");
      assertThat(Db.rows(pair.target(), "SELECT id, size, n, twice FROM people ORDER BY id"))
          .containsExactly("1\tm\t4\t8", "2\tm\t\\N\t\\N");
      assertThat(
              Db.rows(
                  pair.target(),
                  "SELECT tableoid::regclass::text, count(*) FROM visits GROUP BY 1 ORDER BY 1"))
          .containsExactly("visits_early\t30", "visits_late\t30");
      assertThat(Db.number(pair.target(), "SELECT nextval('numbers')")).isEqualTo(12);
      assertThat(Db.number(pair.target(), "SELECT nextval('visits_id_seq')")).isEqualTo(61);

      Cli.migrate(spec, "--restart", "--yes").exits(0);
      assertThat(Db.number(pair.target(), "SELECT count(*) FROM visits")).isEqualTo(60);
    }
  }
}
