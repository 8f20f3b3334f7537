package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.runners.cli.TemporaryFiles;
import dev.landfall.transforms.MigrationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people get wrong: one clear message each, the right exit code, nothing touched. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {
  private Pair pair;
  private String source;
  private String target;

  @BeforeAll
  void makeShop() throws Exception {
    pair = Pair.make();
    Shop.create(pair.source());
    source = pair.source().url();
    target = pair.target().url();
  }

  @AfterAll
  void nothingWasTouched() throws Exception {
    assertThat(
            Db.rows(
                pair.target(),
                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
        .isEmpty();
    assertThat(Db.rows(pair.target(), "SELECT to_regnamespace('landfall')")).containsExactly("\\N");
    pair.close();
  }

  private String at(EmbeddedServer server, String database) {
    return server.user() + "@127.0.0.1:" + server.port() + "/" + database;
  }

  private static void refused(String from, String to, int code, String message) {
    assertThat(
            Cli.run("migrate", "--no-verify", "--source", from, "--target", to)
                .exits(code)
                .message())
        .isEqualTo(message);
  }

  @Test
  void wrongPasswords() {
    refused(
        source.replace(EmbeddedServer.PASSWORD, "wrOng-1"),
        target,
        6,
        "The source database "
            + at(pair.source().server(), pair.source().name())
            + " can't be reached: Access denied for user 'root'@'127.0.0.1' (using password: YES)."
            + " Check user and password (\"source\" of the spec, or --source).");
    refused(
        source,
        target.replace(EmbeddedServer.PASSWORD, "wrOng-1"),
        6,
        "The target database "
            + at(pair.target().server(), pair.target().name())
            + " can't be reached: FATAL: password authentication failed for user \"postgres\"."
            + " Check user and password (\"target\" of the spec, or --target).");
  }

  @ParameterizedTest
  @ValueSource(strings = {"verify", "backfill", "repair --execute", "verify --self-test"})
  void commandsThatNeedTablesLeaveNoLedger(String command) {
    List<String> line = new ArrayList<>(List.of(command.split(" ")));
    line.addAll(List.of("--source", source, "--target", target));
    assertThat(Cli.run(line).exits(2).message())
        .matches(
            "(These tables are not in the target yet: public.customers, .*"
                + "|Migration \"shop[^\"]*\" has no verification that says what to repair.*)");
  }

  @Test
  void nowhereForTemporaryFiles() {
    assertThatThrownBy(() -> TemporaryFiles.require(Path.of("/proc")))
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.kind()).isEqualTo(MigrationException.Kind.USAGE))
        .hasMessageStartingWith(
            "Nothing can be written to the directory for temporary files, /proc: ");
  }

  @Test
  void moreAtOnceThanThereIsRoomFor() throws Exception {
    for (String[] more :
        new String[][] {
          {"--parallelism", "99999"},
          {"--", "--targetParallelism=99999"},
          {"--runner", "flink", "--parallelism", "99999"}
        }) {
      List<String> line =
          new ArrayList<>(List.of("migrate", "--source", source, "--target", target));
      line.addAll(List.of(more));
      assertThat(Cli.run(line).exits(2).message())
          .matches(
              "A parallelism of 99999 \\(--parallelism, or load.parallelism of the spec\\) is too"
                  + " much; here at most [1-9]\\d chunks can be in work at once: .*Nothing was"
                  + " touched\\.");
    }
    Path spec = pair.spec("load: {parallelism: 4096, chunkBytes: 64KiB}");
    assertThat(Cli.run("migrate", "-c", spec.toString()).exits(2).message())
        .startsWith("A parallelism of 4096 ");
    Path large = pair.spec("load: {parallelism: 8, chunkBytes: 512MiB}");
    assertThat(Cli.run("migrate", "-c", large.toString()).exits(2).message())
        .matches(
            "A parallelism of 8 .* at most 2 chunks can be in work at once: each holds up to 512"
                + " MiB of rows \\(load.chunkBytes\\), and the process has \\d+ MiB of memory. .*");
    assertThat(Cli.status(spec).out()).isEqualTo("move  not started yet\n");
  }

  @Test
  void hostsThatAreNotThere() {
    refused(
        "mysql://root:secret9@127.0.0.1:1/shop",
        target,
        6,
        "The source database root@127.0.0.1:1/shop can't be reached: Connection refused. Check that"
            + " the server is up, and host and port (\"source\" of the spec, or --source).");
    refused(
        source,
        "postgresql://u:secret9@127.0.0.1:1/shop",
        6,
        "The target database u@127.0.0.1:1/shop can't be reached: Connection refused. Check that"
            + " the server is up, and host and port (\"target\" of the spec, or --target).");
    refused(
        "mysql://root:secret9@nohost.invalid/shop",
        target,
        6,
        "The source database root@nohost.invalid:3306/shop can't be reached: unknown host"
            + " nohost.invalid. Check that the server is up, and host and port (\"source\" of the"
            + " spec, or --source).");
    refused(
        source,
        "postgresql://u:secret9@nohost.invalid/shop",
        6,
        "The target database u@nohost.invalid:5432/shop can't be reached: unknown host"
            + " nohost.invalid. Check that the server is up, and host and port (\"target\" of the"
            + " spec, or --target).");
    refused(
        source,
        "postgresql://u:secret9@127.0.0.1:" + pair.source().server().port() + "/shop",
        6,
        "The target database u@127.0.0.1:"
            + pair.source().server().port()
            + "/shop can't be reached: what answers there is no PostgreSQL server. Check that the"
            + " server is up, and host and port (\"target\" of the spec, or --target).");
  }

  @Test
  void databasesThatAreNotThere() {
    refused(
        pair.source().server().jdbcUrl("nix"),
        target,
        6,
        "The source database "
            + at(pair.source().server(), "nix")
            + " can't be reached: Unknown database 'nix'. Check the database's name (\"source\" of"
            + " the spec, or --source), or create the database first.");
    refused(
        source,
        pair.target().server().jdbcUrl("nix"),
        6,
        "The target database "
            + at(pair.target().server(), "nix")
            + " can't be reached: FATAL: database \"nix\" does not exist. Check the database's name"
            + " (\"target\" of the spec, or --target), or create the database first.");
  }

  @Test
  void wrongUrls() {
    refused(
        source,
        target + "&sslmode=veryfi-full",
        2,
        "1 mistake, nothing was touched:\n"
            + "--target  parameter sslmode must be one of disable, allow, prefer, require, verify-ca,"
            + " verify-full. Did you mean \"verify-full\"? ("
            + target.substring(0, target.indexOf('?'))
            + "?***)");
    refused(
        source + "&ssIMode=REQUIRED",
        target + "&fooBar=1",
        2,
        "2 mistakes, nothing was touched:\n"
            + "--source  the driver knows no parameter ssIMode. Did you mean \"sslMode\"? ("
            + source.substring(0, source.indexOf('?'))
            + "?***)\n"
            + "--target  there is a parameter that the driver does not know. If this is part of a"
            + " password, write its special characters as percent escapes (\"?\" is %3F, \"&\" is"
            + " %26). ("
            + target.substring(0, target.indexOf('?'))
            + "?***)");
    refused(
        target,
        source,
        2,
        "2 mistakes, nothing was touched:\n"
            + "--source  the source must be MySQL or MariaDB, and this is PostgreSQL. Landfall"
            + " moves from MySQL to PostgreSQL: are source and target swapped? ("
            + target.substring(0, target.indexOf('?'))
            + "?***)\n"
            + "--target  the target must be PostgreSQL, and this is MySQL or MariaDB. Landfall"
            + " moves from MySQL to PostgreSQL: are source and target swapped? ("
            + source.substring(0, source.indexOf('?'))
            + "?***)");
  }

  @Test
  void wrongBeamOptions() {
    assertThat(
            Cli.run(
                    List.of(
                        "migrate",
                        "--no-verify",
                        "--source",
                        source,
                        "--target",
                        target,
                        "--",
                        "--fooBar=3"))
                .exits(2)
                .message())
        .isEqualTo(
            "Beam does not take what stands behind \"--\": Class interface"
                + " org.apache.beam.runners.direct.DirectOptions missing a property named"
                + " 'fooBar'. Correct it, or leave it out. Nothing was touched.");
  }

  @Test
  void missingRights() throws Exception {
    String database = pair.source().name();
    Db.run(
        pair.source(),
        "CREATE USER IF NOT EXISTS reader@'127.0.0.1' IDENTIFIED BY '"
            + EmbeddedServer.PASSWORD
            + "'",
        "GRANT SELECT ON " + database + ".orders TO reader@'127.0.0.1'");
    String read = source.replace("user=root", "user=reader");
    refused(
        read,
        target,
        2,
        "The account reader@127.0.0.1 may not see every table of D on the source; one that it does"
                .replace("D", database)
            + " not see would be left out without a word. Nothing was touched. Let an administrator"
            + " of the source run this, or name each table that is to move under \"tables\" of the"
            + " spec:\n  GRANT SELECT ON `D`.* TO 'reader'@'127.0.0.1';"
                .replace("D", database.replace("_", "\\_")));
    Db.run(pair.source(), "GRANT INSERT ON " + database + ".* TO reader@'127.0.0.1'");
    refused(
        read,
        target,
        2,
        "The account reader@127.0.0.1 can't read D.customers, D.events, D.nothing, D.order_lines, D.products"
                .replace("D", database)
            + " on the source; nothing was touched. Let an administrator of the source run this, or"
            + " exclude the tables, or omit the columns that it may not read:"
            + Stream.of("customers", "events", "nothing", "order_lines", "products")
                .map(
                    t ->
                        "\n  GRANT SELECT ON `"
                            + database
                            + "`.`"
                            + t
                            + "` TO 'reader'@'127.0.0.1';")
                .collect(Collectors.joining()));
    Db.run(pair.source(), "DROP USER reader@'127.0.0.1'");

    String name = pair.target().name();
    Db.run(pair.target(), "CREATE ROLE weak LOGIN PASSWORD '" + EmbeddedServer.PASSWORD + "'");
    String weak = target.replace("user=postgres", "user=weak");
    String grant = "  GRANT CREATE, USAGE ON SCHEMA \"public\" TO \"weak\";";
    refused(
        source,
        weak,
        2,
        "The user weak lacks rights in the target database "
            + name
            + "; nothing was touched. Let an owner run:\n"
            + "  GRANT CREATE ON DATABASE \""
            + name
            + "\" TO \"weak\";\n"
            + grant);
    Db.run(pair.target(), "GRANT CREATE ON DATABASE " + name + " TO weak");
    refused(
        source,
        weak,
        2,
        "The user weak lacks rights in the target database "
            + name
            + "; nothing was touched. Let an owner run:\n"
            + grant);
    Db.run(pair.target(), "DROP OWNED BY weak", "DROP ROLE weak");
  }

  @Test
  void wrongSpecs() throws Exception {
    String database = pair.source().name();
    mistakes(
        "sorce: x\nload: {chunkRows: many, outage: 3, append: maybe}",
        "4:1  sorce: unknown key. Did you mean \"source\"?",
        "5:19  load.chunkRows: expected a whole number of rows from 1 to 10000000; found \"many\".",
        "5:33  load.outage: expected a time from 0s to 168h with its unit, such as 60s (units: ms,"
            + " s, m, h); found \"3\".",
        "5:44  load.append: expected true or false, found text.");
    mistakes(
        "load:\n\tchunkRows: 3",
        "5:1  a tab stands in the indentation; YAML takes only spaces. Use spaces.");
    mistakes("load: {}\nload: {}", "5:1  load: the key is given twice; the first is in line 4.");
    mistakes(
        "tables: {include: [custmers, orders]}",
        "4:20  tables.include[0]: database "
            + database
            + " has no table \"custmers\". Did you mean \"customers\"?");
    assertThat(Cli.migrate(pair.spec("tables: {exclude: ['*']}")).exits(2).message())
        .contains("nothing to move: tables.include and tables.exclude leave none of the 6 tables.");
    mistakes(
        "mappings: [{table: orders, columns: {total: amount}}, {table: order_lines, omit: [line]}]",
        "4:45  mappings[0].columns.total: table D.orders has no column \"amount\". Known: id,"
                .replace("D", database)
            + " customer_id, placed.",
        "4:63  mappings[1].table: target table order_lines lacks the key of D.order_lines: no"
                .replace("D", database)
            + " column is made from \"line\". Without it a row can't be found again; do not omit"
            + " it, or say with `key` which columns tell the rows apart.");
    Path unset =
        Files.writeString(
            pair.spec(),
            """
            source:
              url: mysql://root@127.0.0.1/shop
              password: ${LANDFALL_NO_SUCH}
            target: postgresql://h/d
            """);
    assertThat(Cli.migrate(unset).exits(2).message())
        .isEqualTo(
            "1 mistake, nothing was touched:\n"
                + unset
                + ":3:13  source.password: environment variable LANDFALL_NO_SUCH is not set.");
  }

  private void mistakes(String lines, String... expected) throws Exception {
    Path spec = pair.spec(lines);
    StringBuilder all = new StringBuilder();
    for (String mistake : expected) {
      all.append('\n').append(spec).append(':').append(mistake);
    }
    assertThat(Cli.migrate(spec).exits(2).message())
        .isEqualTo(
            expected.length
                + (expected.length == 1 ? " mistake" : " mistakes")
                + ", nothing was touched:"
                + all);
  }
}
