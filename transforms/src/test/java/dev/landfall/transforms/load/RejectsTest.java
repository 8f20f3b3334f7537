package dev.landfall.transforms.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.ledger.RunStop;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.types.Conversion;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RejectsTest {
  private static final String REJECTS =
      "SELECT table_name, chunk, key, column_name, reason, value FROM landfall.reject ORDER BY id";

  private static final List<SourceColumn> COLUMNS =
      List.of(
          LoadBed.column("id", "int", false),
          LoadBed.column("name", "varchar", true),
          LoadBed.column("age", "bigint", true),
          LoadBed.column("token", "varchar", true));

  /** The user's own tables; both have a column {@code name}, made from different columns. */
  private static TableMapping split() {
    return LoadBed.mapping(
        COLUMNS,
        LoadBed.table(
            true,
            "accounts",
            LoadBed.to("id", "integer", 0, Conversion.NONE),
            LoadBed.to("name", "text", 1, Conversion.TEXT)),
        LoadBed.table(
            true,
            "profiles",
            LoadBed.to("legacy_user_id", "integer", 0, Conversion.NONE),
            LoadBed.to("age", "smallint", 2, Conversion.NONE),
            LoadBed.to("name", "uuid", 3, Conversion.TEXT)));
  }

  private static LoadBed bed(String... more) throws SQLException {
    List<String> ddl = new ArrayList<>();
    ddl.add("CREATE TABLE accounts (id int, name text)");
    ddl.add("CREATE TABLE profiles (legacy_user_id int, age smallint, name uuid)");
    ddl.addAll(List.of(more));
    return new LoadBed(split(), ddl.toArray(String[]::new));
  }

  private static List<@Nullable String> row(@Nullable String... values) {
    return Arrays.asList(values);
  }

  private static List<List<@Nullable String>> users(int count) {
    List<List<@Nullable String>> users = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      users.add(row(String.valueOf(i), "u" + i, "7", null));
    }
    return users;
  }

  private static List<String> idsWithout(int count, Integer... missing) {
    return IntStream.range(0, count)
        .filter(i -> !Arrays.asList(missing).contains(i))
        .mapToObj(String::valueOf)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {10_000, 3_000})
  void oneBadRowCostsThatRowOnly(int batchRows) throws SQLException {
    try (LoadBed bed = bed()) {
      bed.plan(1);
      List<List<@Nullable String>> users = users(10_000);
      users.set(7_777, row("7777", "u7777", "40000", null));

      bed.load(LoadBed.pieces(0, users, batchRows));

      assertThat(bed.rows("SELECT id FROM accounts ORDER BY id"))
          .isEqualTo(idsWithout(10_000, 7_777));
      assertThat(bed.rows("SELECT legacy_user_id FROM profiles ORDER BY 1"))
          .isEqualTo(idsWithout(10_000, 7_777));
      assertThat(bed.chunks()).containsExactly("0|t|10000|9999|0|1");
      assertThat(bed.rows(REJECTS))
          .containsExactly(
              "shop.users|0|{\"id\": \"7777\"}|age|value \"40000\" is out of range for type"
                  + " smallint (SQLState 22003)|40000");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 7})
  void everySortOfBadRow(int batchRows) throws SQLException {
    try (LoadBed bed =
        bed(
            "ALTER TABLE profiles ALTER age SET NOT NULL",
            "ALTER TABLE profiles ADD CONSTRAINT grown CHECK (age > 0)",
            "ALTER TABLE profiles ADD CONSTRAINT once UNIQUE (name) DEFERRABLE INITIALLY DEFERRED",
            "CREATE UNIQUE INDEX names ON accounts (name)")) {
      bed.plan(1);
      String uuid = "00000000-0000-0000-0000-000000000001";
      List<List<@Nullable String>> users = users(40);
      users.set(2, row("2", "a\0b", "7", null));
      users.set(4, row("4", "u4", null, null));
      users.set(6, row("6", "u0", "7", null));
      users.set(8, row("8", "u8", "-1", null));
      users.set(10, row("10", "u10", "7", uuid));
      users.set(12, row("12", "u12", "7", uuid));
      users.set(14, row("14", "u14", "7", "\\N"));
      users.set(16, row("16", "u16", "7", "\\."));
      users.set(18, row("18", "u18", "7", uuid + "\n9\t9\t" + uuid));

      bed.load(LoadBed.pieces(0, users, batchRows));

      Integer[] bad = {2, 4, 6, 8, 12, 14, 16, 18};
      assertThat(bed.rows("SELECT id FROM accounts ORDER BY id")).isEqualTo(idsWithout(40, bad));
      assertThat(bed.rows("SELECT legacy_user_id FROM profiles ORDER BY 1"))
          .isEqualTo(idsWithout(40, bad));
      assertThat(bed.chunks()).containsExactly("0|t|40|32|0|8");
      assertThat(
              bed.rows(
                  "SELECT key ->> 'id', column_name, value FROM landfall.reject ORDER BY" + " id"))
          .containsExactly(
              "2|name|\\x610062",
              "4|age|null",
              "6|null|id=6, name=u0, age=7, token=null",
              "8|null|id=8, name=u8, age=-1, token=null",
              "12|null|id=12, name=u12, age=7, token=" + uuid,
              "14|token|\\N",
              "16|token|\\.",
              "18|token|" + uuid + "\n9\t9\t" + uuid);
      assertThat(bed.rows("SELECT reason FROM landfall.reject ORDER BY id"))
          .satisfiesExactly(
              r ->
                  assertThat(r)
                      .isEqualTo(
                          "NUL character at byte 2 of a text, which PostgreSQL's texts can't hold;"
                              + " `rules: {nul: strip}` would leave it out"),
              r -> assertThat(r).contains("23502", "null value in column \"age\""),
              r -> assertThat(r).contains("23505", "names", "(name)=(u0)"),
              r -> assertThat(r).contains("23514", "grown"),
              r -> assertThat(r).contains("23505", "once"),
              r -> assertThat(r).contains("22P02", "uuid"),
              r -> assertThat(r).contains("22P02", "uuid"),
              r -> assertThat(r).contains("22P02", "uuid"));
    }
  }

  @Test
  void rowTooLongForAnIndexIsTheRowsFault() throws SQLException {
    try (LoadBed bed = bed("CREATE INDEX names ON accounts (name)")) {
      bed.plan(1);
      List<List<@Nullable String>> users = users(10);
      // Random enough that compression does not make it fit.
      StringBuilder name = new StringBuilder();
      java.util.Random random = new java.util.Random(1);
      for (int i = 0; i < 20_000; i++) {
        name.append((char) ('!' + random.nextInt(90)));
      }
      users.set(5, row("5", name.toString(), "7", null));

      bed.load(LoadBed.whole(0, users));

      assertThat(bed.rows("SELECT id FROM accounts ORDER BY id")).isEqualTo(idsWithout(10, 5));
      assertThat(bed.rows("SELECT reason FROM landfall.reject"))
          .satisfiesExactly(r -> assertThat(r).contains("54000"));
    }
  }

  @Test
  void longValueIsCutBetweenCharacters() throws SQLException {
    try (LoadBed bed = bed("ALTER TABLE accounts ADD CHECK (length(name) < 10)")) {
      bed.plan(1);
      List<List<@Nullable String>> users = users(3);
      users.set(1, row("1", "😀".repeat(40_000), "7", null));

      bed.load(LoadBed.whole(0, users));

      assertThat(
              bed.rows(
                  "SELECT value LIKE 'id=1, name=😀%', position('?' IN value) FROM"
                      + " landfall.reject"))
          .containsExactly("t|0");
    }
  }

  @Test
  void everyRowBad() throws SQLException {
    try (LoadBed bed = bed("ALTER TABLE profiles ADD CHECK (false)")) {
      bed.plan(2);

      bed.load(LoadBed.whole(0, users(30)), LoadBed.pieces(1, users(30), 11));

      assertThat(bed.rows("SELECT count(*) FROM accounts")).containsExactly("0");
      assertThat(bed.chunks()).containsExactly("0|t|30|0|0|30", "1|t|30|0|0|30");
      assertThat(bed.rows("SELECT count(*), count(DISTINCT (chunk, key)) FROM landfall.reject"))
          .containsExactly("60|60");
    }
  }

  @Test
  void stopIsAskedForAboveTheLimitOnly() throws SQLException {
    try (LoadBed bed = bed("ALTER TABLE profiles ADD CHECK (age < 8)")) {
      bed.plan(2);
      List<List<@Nullable String>> users = users(1_000);
      users.set(0, row("0", "u0", "8", null));
      users.set(1, row("1", "u1", "8", null));
      RejectLimit limit = RejectLimit.ofRows(2);

      bed.load(limit, LoadBed.whole(0, users));
      assertThat(RunStop.reason(bed.target, bed.migration().run())).isEmpty();

      List<List<@Nullable String>> more = users(20);
      more.set(0, row("0", "u0", "8", null));
      bed.load(limit, LoadBed.whole(1, more));
      assertThat(RunStop.reason(bed.target, bed.migration().run())).contains(RunStop.REJECTS);
      assertThat(new RunStop(bed.migration()).stopRequested()).isTrue();
    }
  }

  @Test
  void ledgerRefusesAChunkWhoseRowsDontAddUp() throws SQLException {
    try (LoadBed bed = bed()) {
      bed.plan(1);
      assertThatThrownBy(
              () -> Servers.execute(bed.target, "UPDATE landfall.chunk SET rows_read = 1"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("every_row_accounted_for");
      assertThatThrownBy(() -> LoadedChunk.create(0, 1, 10, 8, 0, 1, 0))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("table 0, chunk 1: read 10 rows, but loaded 8 + filtered 0 + rejected 1");
    }
  }

  @Test
  void limitsCountRows() {
    assertThat(RejectLimit.DEFAULT.exceeded(10, 10)).isFalse();
    assertThat(RejectLimit.DEFAULT.exceeded(11, 10)).isTrue();
    assertThat(RejectLimit.DEFAULT.exceeded(11, 11_000)).isFalse();
    assertThat(RejectLimit.DEFAULT.exceeded(12, 11_999)).isTrue();
    assertThat(RejectLimit.ofRows(0).exceeded(1, Long.MAX_VALUE)).isTrue();
    assertThatThrownBy(() -> new RejectLimit(null, null))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
