package dev.landfall.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.pipelines.Move.Source;
import dev.landfall.pipelines.define.PreviewSchema;
import dev.landfall.transforms.MigrationException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Names that PostgreSQL does not take as they are, through a whole migration. */
class NamesTest {
  private static final String LOWER = ", names: lower";

  private static String source(Move move) {
    return "source: \"" + move.sourceUrl() + "\"\n";
  }

  /** Every word that is a key word for PostgreSQL, whether it reserves it or not. */
  @ParameterizedTest
  @EnumSource(Source.class)
  void keyWordsAreNamesLikeOthers(Source server) throws SQLException {
    try (Move move = new Move(server)) {
      List<String> words = move.ask("SELECT word FROM pg_get_keywords() ORDER BY word");
      assertThat(words).contains("user", "order", "table", "check").hasSizeGreaterThan(400);
      move.source(
          "CREATE TABLE `select` (`primary` int PRIMARY KEY AUTO_INCREMENT, "
              + words.stream()
                  .filter(word -> !word.equals("primary"))
                  .map(word -> "`" + word + "` int")
                  .collect(Collectors.joining(", "))
              + ", UNIQUE KEY `unique` (`user`), KEY `order` (`order`, `table`))",
          "INSERT INTO `select` (`primary`, `user`, `order`) VALUES (7, 1, 2)");

      assertThat(move.with("", Move::migrated).equal()).isTrue();

      assertThat(move.ask("SELECT \"primary\", \"user\", \"order\" FROM \"select\""))
          .containsExactly("7|1|2");
      assertThat(
              move.ask(
                  "SELECT count(*) FROM information_schema.columns WHERE table_name = 'select'"))
          .containsExactly(String.valueOf(words.size()));
    }
  }

  /** MySQL allows 64 characters of up to three bytes, PostgreSQL 63 bytes. */
  @ParameterizedTest
  @EnumSource(Source.class)
  void longNamesAreShortenedAndStayDifferent(Source server) throws SQLException {
    // Longer names of tables would not be names of files.
    String wide = "表".repeat(45);
    String narrow = "t".repeat(63);
    try (Move move = new Move(server)) {
      move.source(
          "CREATE TABLE `%1$sA` (`%1$sA` int PRIMARY KEY AUTO_INCREMENT, `%1$sB` int, `%2$sC` int,"
                  .formatted(wide, narrow)
              + " `%2$sD` int, KEY `%1$sA` (`%1$sB`), KEY `%1$sB` (`%2$sC`), UNIQUE `%2$sC` (`%2$sD`))"
                  .formatted(wide, narrow),
          "CREATE TABLE `%1$sB` (`%1$sA` int AUTO_INCREMENT PRIMARY KEY, b int, c int,"
                  .formatted(wide)
              + " CONSTRAINT `%2$sC` FOREIGN KEY (b) REFERENCES `%1$sA` (`%1$sA`),"
                  .formatted(wide, narrow)
              + " CONSTRAINT `%2$sD` FOREIGN KEY (c) REFERENCES `%1$sA` (`%1$sA`))"
                  .formatted(wide, narrow),
          "INSERT INTO `%1$sA` VALUES (5, 6, 7, 8)".formatted(wide),
          "INSERT INTO `%1$sB` VALUES (1, 5, NULL)".formatted(wide));

      assertThat(move.with("", Move::migrated).equal()).isTrue();

      List<String> relations =
          move.ask(
              "SELECT relkind, relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                  + " ORDER BY relkind::text COLLATE \"C\"");
      assertThat(relations.stream().map(r -> r.substring(0, 1)).collect(Collectors.joining()))
          .isEqualTo("SSiiiiiiirr");
      assertThat(
              move.ask(
                  "SELECT count(*) FROM pg_constraint WHERE contype = 'f'"
                      + " AND connamespace = 'public'::regnamespace"))
          .containsExactly("2");
      assertThat(
              move.ask(
                  "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public'"
                      + " AND column_name <> ALL ('{b,c}') ORDER BY table_name, ordinal_position"))
          .allMatch(name -> name.matches("(?:表{18}|t{54})_[0-9a-f]{8}"))
          .hasSize(5);
      assertThat(move.with("", m -> m.perform(new PreviewSchema())).notes())
          .extracting(note -> note.replaceAll("_[0-9a-f]{8}", "_#").replaceAll("(.)\\1{9,}", "$1"))
          .containsExactlyInAnyOrder(
              "table 表A: converted: becomes public.表_#",
              "column 表A.表A: converted: is called 表_#",
              "column 表A.表B: converted: is called 表_#",
              "column 表A.tC: converted: is called t_#",
              "column 表A.tD: converted: is called t_#",
              "table 表B: converted: becomes public.表_#",
              "column 表B.表A: converted: is called 表_#");
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void namesOfOneSchemaStayApart(Source server) throws SQLException {
    try (Move move = new Move(server)) {
      move.source(
          "CREATE TABLE a (b int PRIMARY KEY AUTO_INCREMENT, x int, KEY b_c (x), KEY b_seq (x))",
          "CREATE TABLE a_b (c int, d int, KEY c (c))",
          "CREATE TABLE a_b_seq (id int PRIMARY KEY)",
          "CREATE TABLE a_pkey (id int PRIMARY KEY)",
          "CREATE TABLE odd (id int PRIMARY KEY, xmin int, ctid int, `a\"b` int, `sp ace` int,"
              + " UNIQUE KEY xmin (xmin))",
          "INSERT INTO a VALUES (3, 1)",
          "INSERT INTO odd VALUES (1, 2, 3, 4, 5)");

      assertThat(move.with("", Move::migrated).equal()).isTrue();

      assertThat(move.ask("INSERT INTO a (x) VALUES (1) RETURNING b")).containsExactly("4");
      assertThat(
              move.ask(
                  "SELECT relkind, regexp_replace(relname, '_[0-9a-f]{8}$', '_#') FROM pg_class"
                      + " WHERE relnamespace = 'public'::regnamespace"
                      + " ORDER BY relkind::text COLLATE \"C\", relname"))
          .containsExactly(
              "S|a_b_seq_#",
              "i|a_b_c",
              "i|a_b_c_#",
              "i|a_b_seq_#",
              "i|a_b_seq_pkey",
              "i|a_pkey_#",
              "i|a_pkey_pkey",
              "i|odd_pkey",
              "i|odd_xmin",
              "r|a",
              "r|a_b",
              "r|a_b_seq",
              "r|a_pkey",
              "r|odd");
      assertThat(
              move.ask(
                  "SELECT regexp_replace(column_name, '_[0-9a-f]{8}$', '_#') FROM"
                      + " information_schema.columns WHERE table_name = 'odd'"
                      + " ORDER BY ordinal_position"))
          .containsExactly("id", "xmin_#", "ctid_#", "a\"b", "sp ace");
      assertThat(move.with("", m -> m.perform(new PreviewSchema())).notes())
          .extracting(note -> note.replaceAll("_[0-9a-f]{8}", "_#"))
          .containsExactly(
              "column odd.xmin: converted: is called xmin_#",
              "column odd.ctid: converted: is called ctid_#");
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void lowerFoldsWhatTheSourceNames(Source server) throws SQLException {
    try (Move move = new Move(server)) {
      move.source(
          "CREATE TABLE Orders (Id int PRIMARY KEY AUTO_INCREMENT, UserId int, ÄName varchar(9)"
              + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, Kept int, UNIQUE KEY IX_User (UserId))",
          "CREATE TABLE Items (OrderId int, CONSTRAINT FK_Order FOREIGN KEY (OrderId) REFERENCES"
              + " Orders (Id))",
          "INSERT INTO Orders VALUES (1, 2, 'x', 3)",
          "INSERT INTO Items VALUES (1)");
      String spec =
          source(move)
              + """
              mappings:
                - table: Orders
                  columns:
                    KeptName: Kept
                    UserId: {nullable: true}
                - table: Items
                  to: OrderItems
              """;

      assertThat(move.withSource(spec, LOWER, Move::migrated).equal()).isTrue();

      assertThat(
              move.ask(
                  "SELECT table_name, column_name FROM information_schema.columns"
                      + " WHERE table_schema = 'public' ORDER BY table_name, ordinal_position"))
          .containsExactlyInAnyOrder(
              "orders|id",
              "orders|userid",
              "orders|äname",
              "orders|KeptName",
              "OrderItems|orderid");
      assertThat(
              move.ask(
                  "SELECT conname FROM pg_constraint WHERE contype <> 'n' AND connamespace ="
                      + " 'public'::regnamespace ORDER BY conname COLLATE \"C\""))
          .containsExactly("fk_order", "orders_ix_user", "orders_pkey");
    }
  }

  @Test
  void namesOfOtherObjectsAreLeftToThem() throws SQLException {
    try (Move move = new Move(Source.MARIADB)) {
      move.source("CREATE TABLE a (id int PRIMARY KEY, b int, c int, KEY b (b), UNIQUE KEY c (c))");
      move.target(
          "CREATE TABLE mine (x int)",
          "CREATE INDEX a_c ON mine (x)",
          "CREATE VIEW a_b AS SELECT 1 AS one",
          "CREATE SEQUENCE a_id_seq");

      assertThatThrownBy(() -> move.with("", m -> m.perform(new PreviewSchema())))
          .isInstanceOf(MigrationException.class)
          .hasMessage(
              """
              The target has other objects under names that indexes are to get; nothing was touched. \
              Rename those objects, or choose another schema:
                public.a_b, for an index of public.a: is a view
                public.a_c, for an index of public.a: is an index of mine""");
      move.target("DROP VIEW a_b", "DROP INDEX a_c");
      assertThat(move.with("", Move::migrated).equal()).isTrue();
      assertThat(move.with("", m -> m.perform(new PreviewSchema())).post())
          .contains("\"a_b\"", "\"a_c\"");
    }
  }

  @Test
  void namesThatBecomeOneAreMistakes() throws SQLException {
    try (Move move = new Move(Source.MARIADB)) {
      move.source(
          "CREATE TABLE Orders (id int PRIMARY KEY, Total int, Note int)",
          "CREATE TABLE orders (id int PRIMARY KEY)");
      String name = move.sourceName();

      assertThatThrownBy(
              () -> move.withSource(source(move), LOWER, m -> m.perform(new PreviewSchema())))
          .isInstanceOf(MigrationException.class)
          .hasMessage(
              "1 mistake, nothing was touched:\n"
                  + "source  target table public.orders is written by both %1$s.Orders and"
                      .formatted(name)
                  + " %1$s.orders. Rename one with `to`, or exclude one; if it is to have the rows of both, say `merge: true` in both mappings."
                      .formatted(name));
      String spec =
          source(move)
              + """
              tables: {include: [Orders]}
              mappings:
                - table: Orders
                  columns: [id, Total, {total: Note}]
              """;
      assertThatThrownBy(() -> move.withSource(spec, LOWER, m -> m.perform(new PreviewSchema())))
          .isInstanceOf(MigrationException.class)
          .hasMessageEndingWith(
              "mappings[0].table: columns \"Total\" and \"Note\" of %1$s.Orders both become"
                      .formatted(name)
                  + " \"total\". Rename one of them in `columns`.");
    }
  }
}
