package dev.landfall.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.pipelines.Move.Source;
import dev.landfall.pipelines.api.Difference;
import dev.landfall.pipelines.api.SchemaText;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.define.PreviewSchema;
import dev.landfall.pipelines.run.ResetMigration;
import dev.landfall.pipelines.verify.VerifyTask;
import dev.landfall.transforms.MigrationException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Case-insensitive texts through a whole migration, by each choice of the spec. */
class CollationsTest {
  private static final String[] SOURCE = {
    "CREATE TABLE people (email varchar(60) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci"
        + " NOT NULL PRIMARY KEY, nick varchar(20) CHARACTER SET latin1 COLLATE latin1_swedish_ci,"
        + " code varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, UNIQUE KEY nick (nick),"
        + " UNIQUE KEY code (code(5)))",
    "CREATE TABLE posts (id int PRIMARY KEY, author varchar(60) CHARACTER SET utf8mb4 COLLATE"
        + " utf8mb4_general_ci, CONSTRAINT of_author FOREIGN KEY (author) REFERENCES people (email))",
    "INSERT INTO people VALUES ('Ann@x', 'Å', 'aaaaaA'), ('bob@x', 'a', 'AaaaaA'), ('zoë@x', 'o',"
        + " NULL)",
    "INSERT INTO posts VALUES (1, 'ann@X'), (2, 'BOB@x'), (3, 'zoe@x'), (4, NULL)"
  };

  private static final String WITHOUT_FOREIGN_KEY = "ALTER TABLE posts DROP FOREIGN KEY of_author";

  @ParameterizedTest
  @EnumSource(Source.class)
  void keysForbidAsMuchAsBeforeByDefault(Source server) throws SQLException {
    try (Move move = new Move(server)) {
      move.source(SOURCE);
      move.source(WITHOUT_FOREIGN_KEY);

      assertThat(move.with("", Move::migrated).equal()).isTrue();

      assertThat(move.stateOf("INSERT INTO people VALUES ('ANN@x', 'x', 'x')")).isEqualTo("23505");
      assertThat(move.stateOf("INSERT INTO people VALUES ('new@x', 'A', 'x')")).isEqualTo("23505");
      assertThat(move.stateOf("INSERT INTO people VALUES ('new@x', 'å ', 'x')")).isEqualTo("23505");
      assertThat(move.stateOf("INSERT INTO people VALUES ('new@x', 'x', 'aaaaaB')"))
          .isEqualTo("23505");
      assertThat(move.stateOf("INSERT INTO people VALUES ('new@x', 'x', 'aaaaB')"))
          .isEqualTo("00000");
      assertThat(move.stateOf("INSERT INTO people VALUES ('n@x', 'ä', 'aa'), ('m@x', 'y', 'aa  ')"))
          .isEqualTo("23505");
      assertThat(move.ask("SELECT count(*) FROM people WHERE email LIKE 'ann%'"))
          .containsExactly("0");
      assertThat(
              move.ask(
                  "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'"
                      + " AND tablename = 'people' ORDER BY indexname"))
          .containsExactly(
              "CREATE UNIQUE INDEX people_code ON public.people USING btree (\"left\"((code)::text,"
                  + " 5))",
              "CREATE UNIQUE INDEX people_code_pad ON public.people USING btree"
                  + " (rtrim(\"left\"((code)::text, 5)))",
              "CREATE UNIQUE INDEX people_nick ON public.people USING btree (nick)",
              "CREATE UNIQUE INDEX people_nick_ci ON public.people USING btree"
                  + " (rtrim((nick)::text) COLLATE mysql_fi_ai_ci)",
              "CREATE UNIQUE INDEX people_pkey ON public.people USING btree (email)",
              "CREATE UNIQUE INDEX people_pkey_ci ON public.people USING btree"
                  + " (rtrim((email)::text) COLLATE mysql_ai_ci)");
    }
  }

  @Test
  void binaryMakesPlainKeysOnly() throws SQLException {
    try (Move move = new Move(Source.MARIADB)) {
      move.source(SOURCE);
      move.source(WITHOUT_FOREIGN_KEY);

      SchemaText schema = move.with("collations: binary", m -> m.perform(new PreviewSchema()));
      assertThat(move.with("collations: binary", Move::migrated).equal()).isTrue();

      assertThat(schema.notes())
          .containsExactly(
              "primary key people.PRIMARY: converted: tells 'a' from 'A'; for the source's collation"
                  + " utf8mb4_general_ci of email they are equal",
              "index people.code: converted: is on an expression: the beginning of a column",
              "index people.nick: converted: tells 'a' from 'A'; for the source's collation"
                  + " latin1_swedish_ci of nick they are equal");
      assertThat(
              move.ask("SELECT indexname FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"))
          .containsExactly(
              "people_code", "people_nick", "people_pkey", "posts_of_author", "posts_pkey");
      assertThat(move.ask("SELECT count(*) FROM pg_collation WHERE NOT collisdeterministic"))
          .containsExactly("0");
      assertThat(move.stateOf("INSERT INTO people VALUES ('ANN@x', 'x', 'x')")).isEqualTo("00000");
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void icuColumnsCompareAsBefore(Source server) throws SQLException {
    try (Move move = new Move(server)) {
      move.source(SOURCE);

      assertThat(move.with("collations: icu", Move::migrated).equal()).isTrue();

      assertThat(
              move.ask(
                  "SELECT p.id FROM posts p JOIN people q ON q.email = p.author ORDER BY p.id"))
          .containsExactly("1", "2", "3");
      assertThat(move.ask("SELECT code FROM people WHERE email = 'ZOE@X' OR nick = 'å'"))
          .containsExactlyInAnyOrder("null", "aaaaaA");
      assertThat(move.stateOf("INSERT INTO posts VALUES (9, 'nobody@x')")).isEqualTo("23503");
      assertThat(move.stateOf("INSERT INTO people VALUES ('ann@x ', 'x', 'x')")).isEqualTo("23505");
      // A changed case is a changed value all the same.
      move.target("UPDATE posts SET author = 'ANN@X' WHERE id = 1");
      VerificationReport report = move.with("collations: icu", m -> m.perform(new VerifyTask()));
      assertThat(report.differences())
          .containsExactly(
              new Difference(
                  "public.posts", Map.of("id", "1"), Difference.Kind.CHANGED, List.of("author")));
      move.target(
          "ALTER TABLE posts DISABLE TRIGGER ALL",
          "UPDATE people SET email = 'ANN@x' WHERE email = 'ann@x'");
      assertThat(move.with("collations: icu", m -> m.perform(new VerifyTask())).differences())
          .contains(
              new Difference(
                  "public.people", Map.of("email", "ANN@x"), Difference.Kind.EXTRA, List.of()),
              new Difference(
                  "public.people", Map.of("email", "Ann@x"), Difference.Kind.MISSING, List.of()));
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void citextColumnsCompareWithoutCase(Source server) throws SQLException {
    try (Move move = new Move(server)) {
      move.source(SOURCE);
      move.source("UPDATE posts SET author = 'Zoë@x' WHERE id = 3");

      assertThat(move.with("collations: citext", Move::migrated).equal()).isTrue();

      assertThat(
              move.ask(
                  "SELECT column_name, coalesce(domain_name, udt_name) FROM"
                      + " information_schema.columns WHERE table_name = 'people' ORDER BY 1"))
          .containsExactly("code|varchar", "email|citext", "nick|citext");
      assertThat(move.ask("SELECT email FROM people WHERE email LIKE 'ANN%'"))
          .containsExactly("Ann@x");
      assertThat(move.stateOf("INSERT INTO posts VALUES (9, 'ANN@X')")).isEqualTo("00000");
      assertThat(move.stateOf("INSERT INTO people VALUES ('ann@x', 'x', 'x')")).isEqualTo("23505");
      assertThat(move.stateOf("INSERT INTO people VALUES ('zoe@x ', 'x', 'x')")).isEqualTo("23505");
      move.target("UPDATE people SET nick = 'O' WHERE nick = 'o'");
      assertThat(move.with("collations: citext", m -> m.perform(new VerifyTask())).differences())
          .contains(
              new Difference(
                  "public.people",
                  Map.of("email", "zoë@x"),
                  Difference.Kind.CHANGED,
                  List.of("nick")));
    }
  }

  @Test
  void laterRunsFindWhatIsThere() throws SQLException {
    try (Move move = new Move(Source.MARIADB)) {
      move.source(SOURCE);
      move.source(WITHOUT_FOREIGN_KEY);
      String indexes = "SELECT count(*) FROM pg_indexes WHERE schemaname = 'public'";
      move.with("", Move::migrated);
      assertThat(move.ask(indexes)).containsExactly("8");
      move.target("DROP INDEX people_nick_ci");

      assertThat(move.with("", Move::migrated).equal()).isTrue();
      assertThat(move.ask(indexes)).containsExactly("8");
      assertThatThrownBy(() -> move.with("collations: icu", Move::migrated))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining(
              "+ %1$s.posts.author varchar(60) -> public.posts.author varchar(60) through TEXT,"
                      .formatted(move.sourceName())
                  + " collation icu");
      // Beginning anew finds the collations of before.
      move.with(
          "",
          migration -> {
            migration.perform(new ResetMigration());
            return true;
          });
      assertThat(move.ask(indexes)).containsExactly("0");
      assertThat(move.with("collations: icu", Move::migrated).equal()).isTrue();
      assertThat(move.ask("SELECT count(*) FROM pg_collation WHERE NOT collisdeterministic"))
          .containsExactly("2");
    }
  }

  /** Keys of texts are cut, loaded and compared in many chunks, whatever compares them. */
  @ParameterizedTest
  @ValueSource(strings = {"icu", "citext"})
  void manyChunksOfTextsAreMovedAndCompared(String choice) throws SQLException {
    try (Move move = new Move(Source.MARIADB)) {
      move.source(
          "CREATE TABLE words (n int, w varchar(20) CHARACTER SET utf8mb4 COLLATE"
              + " utf8mb4_general_ci, v varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,"
              + " PRIMARY KEY (w, n), KEY (v(3)), FULLTEXT KEY (v))",
          "INSERT INTO words SELECT seq % 7, concat(if(seq % 2, 'a', 'A'), 'é', seq), 'Some words'"
              + " FROM seq_1_to_500",
          "ANALYZE TABLE words");
      String spec = "collations: " + choice + "\nload: {chunkRows: 50}\n";

      assertThat(move.with(spec, Move::migrated).equal()).isTrue();

      assertThat(move.ask("SELECT count(*) > 5, sum(rows_loaded) FROM landfall.chunk"))
          .containsExactly("t|500");
      move.target("UPDATE words SET v = 'some words' WHERE w = 'Aé77'");
      VerificationReport report = move.with(spec, m -> m.perform(new VerifyTask()));
      assertThat(report.differences())
          .containsExactly(
              new Difference(
                  "public.words",
                  Map.of("w", "aé77", "n", "0"),
                  Difference.Kind.CHANGED,
                  List.of("v")));
    }
  }

  @Test
  void theNarrowerChoiceWins() throws SQLException {
    try (Move move = new Move(Source.MARIADB)) {
      move.source(SOURCE);
      String spec =
          """
          collations: citext
          mappings:
            - table: people
              collation: binary
              columns:
                nick: {collation: icu}
          """;

      SchemaText schema = move.with(spec, m -> m.perform(new PreviewSchema()));

      assertThat(schema.pre())
          .contains("\"email\" varchar(60)                                   NOT NULL")
          .contains("\"nick\"  varchar(20) COLLATE \"public\".\"mysql_fi_ai_ci\"")
          .contains("\"author\" citext");
      assertThat(schema.notes())
          .contains(
              "foreign key posts.of_author: left to you: texts of author and"
                  + " public.people.email are compared in different ways; give both the same"
                  + " `collation:`");
    }
  }

  @Test
  void aForeignKeyOfTextsIsSaidToMindCase() throws SQLException {
    try (Move move = new Move(Source.MARIADB)) {
      move.source(SOURCE);

      assertThat(move.with("", m -> m.perform(new PreviewSchema())).notes())
          .containsExactly(
              "primary key people.PRIMARY: converted: has the unique index people_pkey_ci beside it, which"
                  + " forbids what is equal for utf8mb4_general_ci",
              "index people.code: converted: is on an expression: the beginning of a column; has the"
                  + " unique index people_code_pad beside it, which forbids what differs in blanks at its end only, as utf8mb4_bin does",
              "index people.nick: converted: has the unique index people_nick_ci beside it, which"
                  + " forbids what is equal for latin1_swedish_ci",
              "foreign key posts.of_author: converted: refers to texts of the same characters; the"
                  + " source's collation also lets 'abc' refer to 'ABC'");
    }
  }

  @Test
  void aColumnThatAChoiceCantMeanAnythingForIsAMistake() throws SQLException {
    try (Move move = new Move(Source.MARIADB)) {
      move.source(SOURCE);
      String spec =
          """
          collations: icy
          """;
      assertThatThrownBy(() -> move.with(spec, m -> m.perform(new PreviewSchema())))
          .isInstanceOf(MigrationException.class)
          .hasMessageEndingWith(
              "4:13  collations: expected binary, unique, icu or citext, found \"icy\". Did you mean"
                  + " \"icu\"?");
      String columns =
          """
          mappings:
            - table: people
              columns:
                code: {collation: icu}
            - table: posts
              columns:
                id: {collation: binary}
                author: {collation: citext, type: text}
          """;
      String name = move.sourceName();
      assertThatThrownBy(() -> move.with(columns, m -> m.perform(new PreviewSchema())))
          .isInstanceOf(MigrationException.class)
          .hasMessage(
              """
              3 mistakes, nothing was touched:
              move.yaml:7:25  mappings[0].columns.code.collation: the collation of %1$s.people.code, \
              utf8mb4_bin, tells 'a' from 'A', so that icu would make equal what is not. Remove \
              collation.
              move.yaml:10:23  mappings[1].columns.id.collation: column %1$s.posts.id is int(11), \
              which has no collation. Remove collation.
              move.yaml:11:41  mappings[1].columns.author.type: `collation: citext` makes the \
              column's type citext. Remove one of the two."""
                  .formatted(name));
    }
  }

  /** ICU may call more equal than the source does: then the plain key has to do. */
  @ParameterizedTest
  @EnumSource(Source.class)
  void anIndexThatRowsForbidMakesRoomForALesserOne(Source server) throws SQLException {
    try (Move move = new Move(server)) {
      move.source(
          "CREATE TABLE kana (word varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci"
              + " NOT NULL PRIMARY KEY)",
          "INSERT INTO kana VALUES ('かな'), ('カナ')");

      assertThatThrownBy(() -> move.with("name: other\ncollations: icu", Move::migrated))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("Detail: Key (word)=(かな) is duplicated.")
          .hasMessageEndingWith(
              " Rows are equal here that the source tells apart, by a column's collation or type:"
                  + " choose another `collation:` or `type:` for the key's columns and begin anew"
                  + " with --restart.");
      move.target("DROP TABLE kana");

      assertThat(move.with("", Move::migrated).equal()).isTrue();

      assertThat(move.ask("SELECT indexname FROM pg_indexes WHERE schemaname = 'public'"))
          .containsExactlyInAnyOrder("kana_pkey", "kana_pkey_ci");
      assertThat(move.stateOf("INSERT INTO kana VALUES ('Ab'), ('aB ')")).isEqualTo("23505");
      // What the one that failed told of is its own.
      assertThat(
              move.ask(
                  "SELECT kind, text FROM landfall.event WHERE kind = 'CONSTRAINT'"
                      + " AND migration <> 'other'"))
          .singleElement()
          .asString()
          .startsWith(
              "CONSTRAINT|The unique index kana_pkey_ci of public.kana could not be built as it was"
                  + " meant: ERROR: could not create unique index \"kana_pkey_ci\" Detail: Key")
          .endsWith(" is duplicated. In its place is one for which only case does not count.");
    }
  }

  /** Rows that neither ICU nor folding tells apart: {@code i} and {@code I} are two in Turkish. */
  @ParameterizedTest
  @EnumSource(Source.class)
  void anIndexThatNothingAllowsIsLeftOut(Source server) throws SQLException {
    try (Move move = new Move(server)) {
      move.source(
          "CREATE TABLE words (word varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_turkish_ci"
              + " NOT NULL PRIMARY KEY)",
          "INSERT INTO words VALUES ('o'), ('ø'), ('i'), ('I')");

      assertThat(move.with("", Move::migrated).equal()).isTrue();

      assertThat(move.ask("SELECT indexname FROM pg_indexes WHERE schemaname = 'public'"))
          .containsExactly("words_pkey");
      assertThat(move.ask("SELECT text FROM landfall.event WHERE kind = 'CONSTRAINT'"))
          .singleElement()
          .asString()
          .endsWith(
              " is duplicated. It is left out. The plain key beside it is in force, which tells"
                  + " apart what the source's collation calls equal.");
    }
  }
}
