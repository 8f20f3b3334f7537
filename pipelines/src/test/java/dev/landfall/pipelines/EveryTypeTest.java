package dev.landfall.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.EmbeddedNewestMySql;
import dev.landfall.embedded.SharedServers;
import dev.landfall.pipelines.MovedDatabase.Source;
import dev.landfall.pipelines.api.RepairRequest;
import dev.landfall.pipelines.api.SelfTestReport;
import dev.landfall.pipelines.load.MigrateTask;
import dev.landfall.pipelines.proof.SelfTestTask;
import dev.landfall.pipelines.repair.RepairTask;
import dev.landfall.pipelines.verify.VerifyTask;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Extreme values of every type through a whole migration, by default and by choice. */
class EveryTypeTest {
  private record Case(String declared, String literal, String chosen, String type, String text) {}

  private final List<Case> cases = new ArrayList<>();

  /** A value of a declared type becomes that text of that PostgreSQL type. */
  private void moves(String declared, String literal, String type, String text) {
    moves(declared, literal, "", type, text);
  }

  /** The same for a type that the spec chooses for the column. */
  private void moves(String declared, String literal, String chosen, String type, String text) {
    cases.add(new Case(declared, literal, chosen, type, text));
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void extremesArrive(Source server) throws SQLException {
    declare(server == Source.MARIADB);
    try (SpecBed bed = new SpecBed(server);
        Migration migration = migration(bed)) {
      arrive(bed, migration);
      proveAndRepair(bed, migration);
    }
  }

  @Test
  void extremesArriveFromTheNewestMySql() throws SQLException {
    Optional<String> missing = EmbeddedNewestMySql.missing();
    Assumptions.assumeTrue(missing.isEmpty(), missing::toString);
    declare(/* mariadb= */ false);
    moves("vector(3)", "TO_VECTOR('[1,-2.5,0.1]')", "real[]", "{1,-2.5,0.1}");
    try (SpecBed bed = new SpecBed(SharedServers.newestMysql().freshDatabase("types_"))) {
      bed.source(
          "SET sql_generate_invisible_primary_key = ON",
          "CREATE TABLE no_key (v int)",
          "INSERT INTO no_key VALUES (7), (7), (NULL)",
          "CREATE TABLE many (id int AUTO_INCREMENT PRIMARY KEY, v char(36))",
          "INSERT INTO many (v) VALUES ('')",
          "INSERT INTO many (v) WITH RECURSIVE n (i) AS"
              + " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 999) SELECT i FROM n",
          "ANALYZE TABLE many");
      try (Migration migration = migration(bed)) {
        arrive(bed, migration);
      }
      assertThat(bed.ask("SELECT my_row_id, v FROM no_key ORDER BY 1"))
          .containsExactly("1|7", "2|7", "3|null");
      assertThat(bed.ask("SELECT count(*), count(DISTINCT v) FROM many"))
          .containsExactly("1000|1000");
      assertThat(bed.ask("SELECT count(*) > 5 FROM landfall.chunk WHERE table_position = 0"))
          .containsExactly("t");
    }
  }

  private void declare(boolean mariadb) {
    moves("tinyint", "-128", "smallint", "-128");
    moves("tinyint unsigned", "255", "smallint", "255");
    moves("tinyint(1)", "-1", "smallint", "-1");
    moves("tinyint(1)", "1", "boolean", "true");
    moves("tinyint(1)", "1", "smallint", "smallint", "1");
    moves("smallint unsigned", "65535", "integer", "65535");
    moves("mediumint unsigned zerofill", "7", "integer", "7");
    moves("int unsigned", "4294967295", "bigint", "4294967295");
    moves("bigint", "-9223372036854775808", "bigint", "-9223372036854775808");
    moves("bigint unsigned", "18446744073709551615", "numeric(20,0)", "18446744073709551615");
    moves("bigint unsigned", "9223372036854775807", "bigint", "9223372036854775807");
    String nines = "9".repeat(35) + "." + "9".repeat(30);
    moves("decimal(65,30)", "-" + nines, "numeric(65,30)", "-" + nines);
    moves("decimal(10,2) unsigned zerofill", "1.5", "numeric(10,2)", "1.50");
    moves("float", "3.4028234e38", "real", "3.4028235e+38");
    moves("float", "1.1754942e-38", "real", "1.1754942e-38");
    moves("float", "16777217", "real", "1.6777216e+07");
    moves("float", "0.1", "double precision", "double precision", "0.10000000149011612");
    moves("double", "-1.7976931348623157e308", "double precision", "-1.7976931348623157e+308");
    moves("double", "5e-324", "double precision", "5e-324");
    moves("double", "0.1", "double precision", "0.1");
    moves("bit(1)", "b'1'", "boolean", "true");
    moves("bit(64)", "b'" + "10".repeat(32) + "'", "bit(64)", "10".repeat(32));
    moves("bit(9)", "b'1'", "bit(9)", "000000001");
    moves("date", "'9999-12-31'", "date", "9999-12-31");
    moves(
        "datetime(6)",
        "'1000-01-01 00:00:00.000001'",
        "timestamp(6) without time zone",
        "1000-01-01 00:00:00.000001");
    moves(
        "datetime(3)",
        "'2024-03-31 02:30:00.125'",
        "timestamptz",
        "timestamp with time zone",
        "2024-03-31 02:30:00.125+00");
    moves(
        "timestamp(6) NULL",
        "'2038-01-19 03:14:07.999999'",
        "timestamp(6) with time zone",
        "2038-01-19 03:14:07.999999+00");
    moves("time(6)", "'-838:59:58.999999'", "interval(6)", "-838:59:58.999999");
    moves("time", "'838:59:59'", "interval(0)", "838:59:59");
    moves("time(6)", "'23:59:59.999999'", "time", "time without time zone", "23:59:59.999999");
    moves("year", "'0000'", "smallint", "0");
    moves("year", "2155", "integer", "integer", "2155");
    moves("char(3)", "'a  '", "character varying(3)", "a");
    moves("char(0)", "''", "character varying(1)", "");
    moves("varchar(5)", "'a\\\\ü€ '", "character varying(5)", "a\\ü€ ");
    moves(
        "varchar(36)",
        "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'",
        "uuid",
        "uuid",
        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
    moves("longtext", "'x\\ny\\tz'", "text", "x\ny\tz");
    moves("binary(4)", "x'6100'", "bytea", "\\x61000000");
    moves("varbinary(0)", "''", "bytea", "\\x");
    moves("longblob", "x'00ff5c'", "bytea", "\\x00ff5c");
    moves("enum('b','a','it''s')", "'it''s'", "text", "it's");
    moves("enum('b','a,\"','')", "'a,\"'", "enum", "t_c" + cases.size(), "a,\"");
    moves("set('b','a','\\\\','\"')", "'a,\\\\,\"'", "text[]", "{a,\"\\\\\",\"\\\"\"}");
    moves("set('b','a')", "''", "text", "text", "");
    moves(
        "json",
        "'{\"b\": [1, 2.50, -0.1e-5], \"a\": \"\\\\u00e4\"}'",
        "jsonb",
        mariadb
            ? "{\"a\": \"ä\", \"b\": [1, 2.50, -0.000001]}"
            : "{\"a\": \"ä\", \"b\": [1, 2.5, -0.000001]}");
    moves("json", "'\"\\\\u0000\"'", "json", "json", "\"\\u0000\"");
    moves("json", "'1e300'", "text", "text", "1e300");
    moves(
        "point",
        "ST_GeomFromText('POINT(1 2)')",
        "bytea",
        "\\x0101000000000000000000f03f0000000000000040");
    moves("point", "ST_GeomFromText('POINT(1 2.5)')", "text", "text", "POINT(1 2.5)");
    moves(
        "geometrycollection",
        "ST_GeomFromText('GEOMETRYCOLLECTION EMPTY')",
        "bytea",
        "\\x010700000000000000");
    if (mariadb) {
      moves(
          "uuid",
          "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'",
          "uuid",
          "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
      moves("inet4", "'255.255.255.255'", "inet", "255.255.255.255/32");
      moves("inet6", "'1:0:2:3:4:5:6:0'", "inet", "1:0:2:3:4:5:6:0/128");
      moves("inet6", "'::1.2.3.4'", "inet", "::1.2.3.4/128");
      moves("inet6", "'::ffff:1.2.3.4'", "inet", "::ffff:1.2.3.4/128");
      moves("inet6", "'1:2:0:0:5:0:0:8'", "inet", "1:2::5:0:0:8/128");
      moves(
          "json",
          "'{\"n\":123456789012345678901234567890.5}'",
          "jsonb",
          "{\"n\": 123456789012345678901234567890.5}");
    } else {
      moves("float", "'-0'", "real", "-0");
      moves("double", "'-0'", "double precision", "-0");
      moves(
          "point SRID 4326",
          "ST_GeomFromText('POINT(52.5 13.25)', 4326)",
          "bytea",
          "\\x0101000020e61000000000000000802a400000000000404a40");
    }
  }

  private Migration migration(SpecBed bed) throws SQLException {
    String columns =
        IntStream.range(0, cases.size())
            .mapToObj(i -> "c" + i + " " + cases.get(i).declared())
            .collect(Collectors.joining(", "));
    String literals = cases.stream().map(Case::literal).collect(Collectors.joining(", "));
    bed.source(
        "SET sql_mode = ''",
        "CREATE TABLE t (id int PRIMARY KEY, " + columns + ") CHARACTER SET utf8mb4",
        "INSERT INTO t VALUES (1, " + literals + ")",
        "INSERT INTO t (id) VALUES (2)");
    String chosen =
        IntStream.range(0, cases.size())
            .filter(i -> !cases.get(i).chosen().isEmpty())
            .mapToObj(i -> "      c" + i + ": {type: \"" + cases.get(i).chosen() + "\"}\n")
            .collect(Collectors.joining());
    return bed.migration(
        "load: {chunkRows: 100}\nmappings:\n  - table: t\n    columns:\n" + chosen);
  }

  private void arrive(SpecBed bed, Migration migration) throws SQLException {
    migration.perform(new MigrateTask(false));

    assertThat(bed.ask("SELECT table_name, column_name, reason FROM landfall.reject")).isEmpty();
    List<String> types =
        bed.ask(
            "SELECT format_type(atttypid, atttypmod) FROM pg_attribute"
                + " WHERE attrelid = 't'::regclass AND attnum > 1 ORDER BY attnum");
    List<Case> found = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      Case declared = cases.get(i);
      String text = bed.ask("SELECT c" + i + "::text FROM t WHERE id = 1").get(0);
      found.add(
          new Case(declared.declared(), declared.literal(), declared.chosen(), types.get(i), text));
    }
    assertThat(found).containsExactlyElementsOf(cases);
    assertThat(
            bed.ask(
                "SELECT count(*) FROM t, jsonb_each(to_jsonb(t)) WHERE id = 2 AND value = 'null'"))
        .containsExactly(String.valueOf(cases.size()));
    assertThat(migration.perform(new VerifyTask()).differences()).isEmpty();
  }

  private void proveAndRepair(SpecBed bed, Migration migration) throws SQLException {
    List<String> moved = bed.ask("SELECT t::text FROM t ORDER BY id");
    RepairRequest repair = RepairRequest.builder().setExecute(true).build();
    bed.target("DELETE FROM t WHERE id = 1");
    migration.perform(new VerifyTask());
    assertThat(migration.perform(new RepairTask(repair)).equal()).isTrue();
    assertThat(bed.ask("SELECT t::text FROM t ORDER BY id")).isEqualTo(moved);
    bed.target("DELETE FROM t WHERE id = 1", "INSERT INTO t (id) VALUES (1)");
    migration.perform(new VerifyTask());
    assertThat(migration.perform(new RepairTask(repair)).equal()).isTrue();
    assertThat(bed.ask("SELECT t::text FROM t ORDER BY id")).isEqualTo(moved);
    SelfTestReport proof = migration.perform(new SelfTestTask(List.of()));
    assertThat(proof.unexpected()).isEmpty();
    assertThat(proof.cases()).filteredOn(c -> !c.passed()).isEmpty();
    assertThat(
            proof.cases().stream()
                .filter(c -> !c.control())
                .flatMap(c -> c.columns().stream())
                .collect(Collectors.toSet()))
        .containsAll(IntStream.range(0, cases.size()).mapToObj(i -> "c" + i).toList());
  }
}
