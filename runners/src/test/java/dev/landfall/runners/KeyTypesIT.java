package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.SharedServers;
import dev.landfall.runners.cli.ExitCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every type as a primary key: cut into chunks, loaded, compared, and its rows told apart. */
class KeyTypesIT {
  private static final List<KeyTrip> BOTH =
      List.of(
          KeyTrip.of("k_tinyint", "smallint", "n - 128"),
          KeyTrip.of("k_int", "int", "n * 1000 - 150000"),
          KeyTrip.of("k_int_unsigned", "int unsigned", "4294967295 - n * 7"),
          KeyTrip.of("k_zerofill", "int(10) unsigned zerofill", "n * 3"),
          KeyTrip.of("k_bigint", "bigint", "9223372036854775807 - n * n * 1000003"),
          KeyTrip.of("k_bigint_unsigned", "bigint unsigned", "18446744073709551615 - n"),
          KeyTrip.of("k_decimal", "decimal(30,10)", "n * 1.0000000001 - 100"),
          KeyTrip.of("k_float", "float", "n * 0.1e0 - 5"),
          KeyTrip.of("k_double", "double", "n * 0.1e0 - 5"),
          KeyTrip.of("k_date", "date", "'1999-11-11' + INTERVAL n DAY"),
          KeyTrip.of(
              "k_datetime", "datetime(6)", "'2020-02-28 23:59:59.999990' + INTERVAL n MICROSECOND"),
          // In a zone with summer time some of these hours would be the same.
          KeyTrip.of("k_timestamp", "timestamp(6)", "'2021-10-25 00:00:00.5' + INTERVAL n HOUR"),
          KeyTrip.of("k_time", "time(3)", "sec_to_time((n - 150) * 10000.125)"),
          KeyTrip.of("k_char", "char(20)", "concat(char(97 + n % 26), lpad(n, 5, 'x'))"),
          KeyTrip.of("k_varchar", "varchar(40)", "concat(if(n % 2, 'a ', 'B-'), n)"),
          KeyTrip.of(
              "k_varchar_latin1",
              "varchar(40) character set latin1 collate latin1_german1_ci",
              "concat(if(n % 2, '\u00e4', 'Z'), n)"),
          KeyTrip.of(
              "k_varchar_bin",
              "varchar(40) collate utf8mb4_bin",
              "concat(if(n % 2, '\u00e4', 'A'), n)"),
          KeyTrip.of(
              "k_emoji",
              "varchar(40) collate utf8mb4_bin",
              "concat(elt(1 + n % 3, '\ud83d\ude00', '\uff21', 'z'), n)"),
          KeyTrip.of(
              "k_ucs2",
              "varchar(40) character set ucs2",
              "concat(elt(1 + n % 3, '\u4e2d', '\u00e9', 'z'), n)"),
          KeyTrip.of(
              "k_utf16",
              "varchar(40) character set utf16 collate utf16_bin",
              "concat(elt(1 + n % 3, '\ud83d\ude00', '\uff21', 'z'), n)"),
          KeyTrip.of(
              "k_sjis",
              "varchar(40) character set sjis",
              "concat(elt(1 + n % 3, '\u8868', '\uff76', 'z'), n)"),
          KeyTrip.of(
              "k_gbk",
              "varchar(40) character set gbk",
              "concat(elt(1 + n % 3, '\u4e2d', '\u8bda', 'z'), n)"),
          KeyTrip.of(
              "k_cp1251",
              "char(40) character set cp1251 collate cp1251_bin",
              "concat(elt(1 + n % 3, '\u043f', '\u0416', 'z'), n)"),
          new KeyTrip("k_descending", "k int NOT NULL, ", "k DESC", "n * 3 - 450", List.of("k")),
          KeyTrip.prefix("k_text", "text", 20, "concat('t', n, repeat('-', 40))"),
          KeyTrip.of("k_binary", "binary(8)", "unhex(lpad(hex(n * 7919), 10, '0'))"),
          KeyTrip.of("k_varbinary", "varbinary(16)", "unhex(md5(n))"),
          KeyTrip.prefix("k_blob", "blob", 20, "unhex(sha1(n))"),
          KeyTrip.of("k_bit", "bit(64)", "n * 61489146912365"),
          new KeyTrip(
              "k_pair",
              "a int NOT NULL, b varchar(20) NOT NULL, ",
              "a, b",
              "n % 7, concat('b', n)",
              List.of("a", "b")),
          new KeyTrip(
              "k_moment",
              "a date NOT NULL, b datetime(3) NOT NULL, c tinyint NOT NULL, ",
              "a, b, c",
              "'2020-01-01' + INTERVAL n % 3 DAY, '2020-01-01' + INTERVAL n MINUTE, n % 100",
              List.of("a", "b", "c")),
          // The key's order is not that of the columns.
          new KeyTrip(
              "k_turned",
              "a varbinary(9) NOT NULL, b bigint unsigned NOT NULL, ",
              "b, a",
              "unhex(lpad(hex(n), 4, '0')), 18446744073709551615 - n % 10",
              List.of("a", "b")),
          new KeyTrip(
              "k_labels",
              "a enum('z','y','x') NOT NULL, b set('q','p') NOT NULL, c int NOT NULL, ",
              "a, b, c",
              "1 + n % 3, n % 4, n",
              List.of("a", "b", "c")),
          new KeyTrip(
              "k_year",
              "a year NOT NULL, b decimal(5,2) NOT NULL, ",
              "a, b",
              "1901 + n % 250, n / 100",
              List.of("a", "b")),
          new KeyTrip(
              "k_flag",
              "a tinyint(1) NOT NULL, b char(3) NOT NULL, ",
              "a, b",
              "n % 2, n",
              List.of("a", "b")));

  /** Blanks at the end count in these collations. */
  private static final List<KeyTrip> MYSQL =
      List.of(
          KeyTrip.of(
              "k_no_pad",
              "varchar(40) collate utf8mb4_0900_as_cs",
              "concat('a', n div 3, repeat(' ', n % 3))"));

  private static final List<KeyTrip> MARIADB =
      List.of(
          // Versions 1, 4 and 7, of which the server sorts the first by its last group.
          KeyTrip.of(
              "k_uuid",
              "uuid",
              "concat(left(md5(n), 12), elt(1 + n % 3, '1', '4', '7'), mid(md5(n), 14, 3), 'a',"
                  + " mid(md5(n), 18))"),
          KeyTrip.of("k_inet6", "inet6", "concat('2001:db8::', hex(n), ':0:1')"),
          KeyTrip.of("k_inet4", "inet4", "concat('192.0.', n % 200, '.', n % 256)"));

  /** Numbers that are not exact, prefixes, and types that the planner does not cut by. */
  private static final List<String> UNCUT =
      List.of(
          "public.k_blob", "public.k_double", "public.k_float", "public.k_labels", "public.k_text");

  @ParameterizedTest
  @EnumSource(SourceServer.class)
  void rowsAreToldApartByKeysOfEveryType(SourceServer server) throws Exception {
    List<KeyTrip> trips =
        Stream.concat(BOTH.stream(), (server == SourceServer.MARIADB ? MARIADB : MYSQL).stream())
            .toList();
    try (Pair pair = Pair.make(server.get(), SharedServers.postgres())) {
      List<String> statements =
          new ArrayList<>(
              List.of(
                  "SET time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES'",
                  "CREATE TABLE digits AS SELECT 0 AS d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3"
                      + " UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7"
                      + " UNION SELECT 8 UNION SELECT 9",
                  "CREATE TABLE numbers AS SELECT a.d + 10 * b.d + 100 * c.d + 1 AS n"
                      + " FROM digits a, digits b, digits c"));
      trips.forEach(trip -> statements.addAll(trip.create("numbers")));
      Db.run(pair.source(), statements.toArray(String[]::new));
      String spec = pair.spec("tables: {include: [\"k_*\"]}", "load: {chunkRows: 40}").toString();

      Cli.run("migrate", "-c", spec).exits(ExitCodes.DONE);
      assertThat(Verdicts.schema(pair.target())).isEmpty();

      List<String> counts = new ArrayList<>();
      List<String> differences = new ArrayList<>();
      List<String> onSource = new ArrayList<>();
      List<String> onTarget = new ArrayList<>(List.of("CREATE SCHEMA copies"));
      for (KeyTrip trip : trips) {
        String table = trip.table();
        counts.add("public." + table + " " + KeyTrip.ROWS + " " + KeyTrip.ROWS);
        differences.addAll(trip.expected());
        onTarget.add(trip.copy());
        onSource.add("DELETE FROM " + table + " WHERE n = 7");
        onTarget.add("DELETE FROM " + table + " WHERE n = 177");
        onTarget.add("UPDATE " + table + " SET v = 'Old' WHERE n = 277");
      }
      assertThat(
              Verdicts.texts(
                  pair.target(),
                  "SELECT concat_ws(' ', target_table, source_rows, matched)"
                      + " FROM landfall.verification"))
          .containsExactlyInAnyOrderElementsOf(counts);
      assertThat(
              Verdicts.texts(
                  pair.target(),
                  "SELECT target_table FROM landfall.verification JOIN landfall.chunk"
                      + " USING (table_position) GROUP BY 1, cut HAVING cut <> 'KEY' ORDER BY 1"))
          .as("tables that are not cut by their key")
          .containsExactlyElementsOf(UNCUT);
      assertThat(
              Db.number(
                  pair.target(),
                  "SELECT min(chunks) FROM (SELECT count(*) AS chunks FROM landfall.chunk"
                      + " WHERE cut = 'KEY' GROUP BY table_position) per_table"))
          .as("chunks of a table that is cut by its key")
          .isGreaterThan(2);

      Db.run(pair.source(), onSource.toArray(String[]::new));
      Db.run(pair.target(), onTarget.toArray(String[]::new));
      Cli.run("verify", "-c", spec).exits(ExitCodes.DIFFERENCES);

      List<String> found = new ArrayList<>();
      for (KeyTrip trip : trips) {
        found.addAll(trip.found(pair.target()));
      }
      assertThat(found).containsExactlyInAnyOrderElementsOf(differences);
      assertThat(Verdicts.differences(pair.target())).hasSameSizeAs(differences);
    }
  }
}
