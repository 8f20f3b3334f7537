package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.api.Difference;
import dev.landfall.pipelines.api.RepairReport;
import dev.landfall.pipelines.api.SchemaText;
import dev.landfall.pipelines.api.SelfTestReport;
import dev.landfall.pipelines.api.TableResult;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.runners.cli.CommonOptions;
import dev.landfall.runners.cli.ExitCodes;
import dev.landfall.runners.display.Console;
import dev.landfall.runners.display.Snapshots;
import dev.landfall.runners.display.Terminal;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.catalog.OddCount;
import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.check.Finding;
import dev.landfall.transforms.check.Finding.Severity;
import dev.landfall.transforms.ledger.Snapshot.Phase;
import dev.landfall.transforms.ledger.Snapshot.Verdict;
import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.Policy;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.refresh.RefreshedKey.Action;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LandfallTest {
  private Terminal terminal = new Terminal(false, 140, 0, false, false);

  private static final String[] URLS = {
    "--source", "mysql://root:s3cret@db/shop", "--target", "postgresql://u:hush@db/shop"
  };

  private final FakeMigration migration = new FakeMigration();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<CommonOptions> opened = new ArrayList<>();

  @Test
  void migratesAndShowsWhatCameOfIt() {
    migration.after =
        Snapshots.at(9, Phase.DONE, List.of(Snapshots.done("users", 500_000, 2, Verdict.EQUAL)));

    assertThat(run("migrate", URLS)).isZero();

    assertThat(migration.calls).containsExactly("migrate true", "close");
    assertThat(out())
        .contains("shop.users", "500,000", "Both sides are equal. 500,000 rows moved in ");
    assertThat(err()).isEmpty();
    assertThat(opened.get(0).source()).isEqualTo(URLS[1]);
    assertThat(opened.get(0).target()).isEqualTo(URLS[3]);
    assertThat(opened.get(0).config()).isNull();
  }

  @Test
  void equalRowsAreNotCalledEqualSidesWhereTheSourceHasMore() {
    migration.after =
        Snapshots.broken(
            Snapshots.at(9, Phase.DONE, List.of(Snapshots.done("users", 5, 2, Verdict.EQUAL))),
            "shop.users: source column z: promised none, found int");

    assertThat(run("migrate", URLS)).isEqualTo(3);

    assertThat(out())
        .contains("Not as promised: shop.users: source column z: promised none, found int")
        .doesNotContain("Both sides are equal");
  }

  @Test
  void aSourceThatMovedIsNotedFirst() {
    assertThat(run("verify --source-moved", URLS)).isZero();
    assertThat(migration.calls).containsExactly("sourceMoved", "verify", "close");
  }

  @Test
  void restartForgetsFirst() {
    migration.before = Snapshots.at(1, Phase.NEW, List.of());
    assertThat(run("migrate --restart --no-verify", URLS)).isZero();
    assertThat(migration.calls)
        .containsExactly("checkAnew migrate", "reset", "migrate false", "close");
  }

  @Test
  void nothingIsForgottenWhereTheCommandCanNotBegin() {
    migration.inTheWay =
        () -> {
          throw new MigrationException(Kind.UNREACHABLE, "The source is away.");
        };
    for (String command : List.of("migrate", "backfill")) {
      migration.calls.clear();
      assertThat(run(command + " --restart --yes", URLS)).isEqualTo(6);
      assertThat(migration.calls).containsExactly("checkAnew " + command, "close");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "migrate | check migrate, close",
        "migrate --extend | check extend, close",
        "migrate --restart --yes | close",
        "backfill --restart --yes | close"
      })
  void nothingIsDoneHereWhereTheClusterIsAway(String line, String calls) {
    assertThat(run(line + " --detach --runner flink --flink-master 127.0.0.1:1", URLS))
        .isEqualTo(6);
    assertThat(String.join(", ", migration.calls)).isEqualTo(calls);
  }

  @Test
  void restartAsksOrNeedsAYes() {
    migration.before =
        Snapshots.at(9, Phase.DONE, List.of(Snapshots.done("users", 500_000, 2, Verdict.EQUAL)));
    assertThat(run("backfill --restart", URLS)).isEqualTo(2);
    assertThat(err())
        .isEqualTo(
            "landfall: --restart removes what migration \"shop\" has moved so far: 500,000 rows in"
                + " 1 table of the target (public.users). Its history stays. Give --yes with it to"
                + " do so. Nothing was touched.\n");
    assertThat(migration.calls).containsExactly("close");
    assertThat(run("backfill --yes", URLS)).isEqualTo(2);
    // Tables that were made before anything was moved may have rows of somebody's meanwhile.
    migration.before =
        Snapshots.at(9, Phase.NEW, List.of(Snapshots.done("users", 0, 0, Verdict.EQUAL)));
    assertThat(run("backfill --restart", URLS)).isEqualTo(2);

    InputStream in = System.in;
    System.setProperty("landfall.tty.in", "true");
    try {
      for (String answer : List.of("", "no\n", "YES\n")) {
        migration.calls.clear();
        System.setIn(new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)));
        assertThat(run("backfill --restart", URLS)).isEqualTo(answer.equals("YES\n") ? 0 : 2);
        assertThat(err()).contains("Its history stays.\nType yes to go on: ");
      }
    } finally {
      System.setIn(in);
      System.clearProperty("landfall.tty.in");
    }
    assertThat(migration.calls).containsExactly("checkAnew backfill", "reset", "backfill", "close");
    migration.calls.clear();
    assertThat(run("backfill --restart --yes", URLS)).isZero();
    assertThat(migration.calls).containsExactly("checkAnew backfill", "reset", "backfill", "close");
  }

  @Test
  void extendsFirst() {
    assertThat(run("migrate --extend", URLS)).isZero();
    assertThat(migration.calls).containsExactly("extend", "migrate true", "close");
  }

  @Test
  void aResumedBackfillSaysWhatItFinds() {
    migration.before =
        Snapshots.at(
            1, Phase.BACKFILL, List.of(Snapshots.active("users", 500_000, 10, 4, 200_000)));
    migration.after =
        Snapshots.at(
            9, Phase.DONE, List.of(Snapshots.done("users", 500_000, 2, Verdict.NOT_VERIFIED)));

    assertThat(run("backfill", URLS)).isZero();

    assertThat(migration.calls).containsExactly("backfill", "close");
    assertThat(err())
        .isEqualTo(
            "landfall: resuming: 4 of 10 chunks with 200,000 rows are committed already and"
                + " stay\n");
    assertThat(out()).contains("Done. 300,000 rows of 500,000 moved by this run in ");
  }

  @Test
  void differencesEndWith3() {
    migration.after =
        Snapshots.at(9, Phase.DONE, List.of(Snapshots.done("users", 10, 2, Verdict.DIFFERENT)));

    assertThat(run("migrate", URLS)).isEqualTo(3);

    assertThat(out())
        .contains("The sides differ in 3 keys. To see which:")
        .contains(
            "landfall verify --source \"${SOURCE:?set it to the URL given as --source}\""
                + " --target \"${TARGET:?set it to the URL given as --target}\"")
        .doesNotContain("s3cret", "hush");
  }

  @Test
  void rejectsEndWith3() {
    migration.after =
        Snapshots.at(9, Phase.DONE, List.of(Snapshots.rejecting("users", 1000, 2, 1)));

    assertThat(run("backfill", URLS)).isEqualTo(3);
    assertThat(out()).contains("2 rows could not be loaded. \"landfall rejects\" lists them");
  }

  @Test
  void rowsThatGoNowhereAreNoRejects() {
    migration.after =
        Snapshots.at(9, Phase.DONE, List.of(Snapshots.filtering("users", 1000, 900, 1)));

    assertThat(run("backfill", URLS)).isZero();
    assertThat(out())
        .contains("100 rows moved in ")
        .contains("\n900 rows of the source go to no table, as the mapping says.\n")
        .doesNotContain("could not be loaded");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aKnownEndIsOneMessage(Kind kind) {
    migration.work =
        () -> {
          throw new IllegalStateException(new MigrationException(kind, "It is so."));
        };

    assertThat(run("migrate", URLS)).isEqualTo(ExitCodes.of(kind));

    assertThat(err())
        .isEqualTo(
            kind == Kind.STOPPED
                ? "landfall: It is so.\nTo go on from here:\n  landfall migrate --source"
                    + " \"${SOURCE:?set it to the URL given as --source}\""
                    + " --target \"${TARGET:?set it to the URL given as --target}\"\n"
                : "landfall: It is so.\n");
    assertThat(out()).isEmpty();
    assertThat(migration.calls).containsExactly("migrate true", "close");
  }

  @Test
  void theWayToGoOnDoesNotRestart() {
    migration.work =
        () -> {
          throw new MigrationException(Kind.STOPPED, "Stopped.");
        };
    run("migrate --restart --yes --source-moved", URLS);
    assertThat(err())
        .contains("landfall migrate --source ")
        .doesNotContain("--restart", "--yes", "--source-moved");
  }

  @Test
  void anUnknownEndIsOneLineAndATrace() throws IOException {
    migration.work =
        () -> {
          throw new IllegalStateException("at mysql://root:s3cret@db/shop\nmore");
        };

    assertThat(run("migrate", URLS)).isEqualTo(1);

    Matcher line =
        Pattern.compile(
                "landfall: unexpected failure: java.lang.IllegalStateException: at"
                    + " mysql://root:\\*\\*\\*@db/shop \\(the full trace is in (.*)\\)\n")
            .matcher(err());
    assertThat(line.matches()).as(err()).isTrue();
    Path trace = Path.of(line.group(1));
    assertThat(Files.readString(trace)).contains("LandfallTest").doesNotContain("s3cret");
    Files.delete(trace);
  }

  @Test
  void anErrorIsADocumentToo() {
    migration.work =
        () -> {
          throw new MigrationException(Kind.HELD, "ada holds it.");
        };
    assertThat(run("backfill --json", URLS)).isEqualTo(5);
    assertThat(out())
        .isEqualTo(
            "{\"error\":{\"kind\":\"held\",\"message\":\"ada holds it.\",\"exitCode\":5}}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "migrate --flink-master h:8081 --source a --target b",
        "migrate --parallelism 0 --source a --target b",
        "migrate --runner spark --source a --target b",
        "migrate --source a",
        "migrate -c /no/such/file.yaml",
        "migrate",
        "migrate --sauce a",
        "migrate stray",
        "schema --apply both",
        "demo --stop --sql x",
        "migrat",
        "",
      })
  void wrongUsageOpensNothing(String line) {
    assertThat(run(line)).isEqualTo(2);
    assertThat(opened).isEmpty();
    assertThat(err()).isNotEmpty();
    assertThat(out()).isEmpty();
  }

  @Test
  void namesWhatIsMissing() {
    run("status");
    assertThat(err())
        .isEqualTo(
            "landfall: Which migration? Give -c FILE, or --source URL and --target URL, or put a"
                + " landfall.yaml into this directory.\n");
  }

  @Test
  void passesBeamItsOptions() {
    assertThat(run("backfill --source a --target b -- --targetParallelism=2 --json")).isZero();
    assertThat(opened.get(0).beamOptions()).containsExactly("--targetParallelism=2", "--json");
    assertThat(opened.get(0).json()).isFalse();
  }

  @Test
  void printsTheSchemaInTwoParts() {
    assertThat(run("schema", URLS)).isZero();
    assertThat(out())
        .isEqualTo(
            """
            CREATE TABLE t ();

            ANALYZE;

            -- What becomes of each object

            -- 0 objects: 0 same, 0 converted, 0 left to you
            """);
    assertThat(migration.calls).containsExactly("schema", "close");
  }

  @Test
  void printsOddValuesBehindTheSchema() {
    migration.schema = new SchemaText("A;", "B;", List.of(), List.of(), List.of("+ new", "Do it."));
    assertThat(run("schema --scan", URLS)).isZero();
    assertThat(out())
        .startsWith("-- + new\n-- Do it.\nA;\n")
        .endsWith("left to you\n\n-- Odd values in the source\n\n-- nothing odd was found\n");
    assertThat(migration.calls).containsExactly("schema scan", "close");
  }

  @Test
  void printsOddValuesAsADocument() {
    TableName table = new TableName("shop", "orders");
    migration.schema =
        new SchemaText(
            "A;",
            "B;",
            List.of(),
            List.of(
                new OddCount(table, "at", OddValue.ZERO_DATE, 12, Policy.of(Policy.Outcome.NULL)),
                new OddCount(
                    table, "note", OddValue.NUL, 3, new Policy(Policy.Outcome.REPLACE, "?"))));
    assertThat(run("schema --scan --json", URLS)).isZero();
    assertThat(out())
        .isEqualTo(
            "{\"pre\":\"A;\",\"post\":\"B;\",\"notes\":[],\"changes\":[],\"objects\":[],\"scan\":["
                + "{\"table\":\"shop.orders\",\"sourceTable\":\"shop.orders\",\"column\":\"at\",\"kind\":\"zeroDate\",\"rows\":12,"
                + "\"policy\":\"null\"},"
                + "{\"table\":\"shop.orders\",\"sourceTable\":\"shop.orders\",\"column\":\"note\",\"kind\":\"nul\",\"rows\":3,"
                + "\"policy\":\"{replace: \\\"?\\\"}\"}],\"applied\":null}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pre true false", "post false true", "all true true"})
  void appliesTheSchema(String line) {
    String[] words = line.split(" ", 2);
    assertThat(run("schema --json --apply " + words[0], URLS)).isZero();
    assertThat(migration.calls).containsExactly("schema", "applySchema " + words[1], "close");
    assertThat(out())
        .isEqualTo(
            "{\"pre\":\"CREATE TABLE t ();\",\"post\":\"ANALYZE;\",\"notes\":[],\"changes\":[],\"objects\":[],"
                + "\"applied\":\""
                + words[0]
                + "\"}\n");
  }

  @Test
  void verifiesAsADocument() {
    migration.report =
        new VerificationReport(
            false,
            List.of(new TableResult("shop.users", "public.users", 10, 9, 8, 1, 1, 0)),
            List.of(
                new Difference(
                    "public.users", Map.of("id", "7"), Difference.Kind.CHANGED, List.of("name")),
                new Difference(
                    "public.users", Map.of("id", "8"), Difference.Kind.MISSING, List.of())));

    assertThat(run("verify --json", URLS)).isEqualTo(3);

    assertThat(out())
        .isEqualTo(
            """
            {"equal":false,"tables":[{"table":"shop.users","target":"public.users",\
            "sourceTable":"shop.users","targetTable":"public.users",\
            "sourceRows":10,"targetRows":9,"matched":8,"changed":1,"missing":1,"extra":0,\
            "settled":0}],\
            "differences":[{"table":"public.users",\
            "sourceTable":"shop.users","targetTable":"public.users","key":{"id":"7"},"kind":"changed",\
            "columns":["name"]},{"table":"public.users",\
            "sourceTable":"shop.users","targetTable":"public.users","key":{"id":"8"},"kind":"missing",\
            "columns":[]}],"level":"checksum","looks":1,"schema":null,"checks":[]}
            """);
  }

  /** Equal rows with a key that is gone, and a check that is broken and one that failed. */
  private static VerificationReport brokenBesideRows() {
    TableName table = new TableName("public", "users");
    return new VerificationReport(
        true,
        List.of(new TableResult("shop.users", "public.users", 9, 9, 9, 0, 0, 0)),
        List.of(),
        VerifyRequest.defaults(),
        List.of(
            CheckResult.of(
                CheckResult.TARGET,
                "schema",
                List.of(
                    Finding.of("KEY", table, "users_pkey", "PRIMARY KEY (id)", null),
                    Finding.of("COLUMN", table, "mine", null, "integer").as(Severity.MORE, null)),
                List.of("A note.")),
            CheckResult.of(
                CheckResult.SOURCE,
                "source",
                List.of(
                    Finding.of("SOURCE_COLUMN", new TableName("shop", "users"), "z", null, "int")),
                List.of()),
            CheckResult.broken(
                "SPEC",
                "sums",
                "1 difference.",
                1,
                List.of(Finding.ofRow("CHANGED", Map.of("currency", "EUR"), "total", "10", null))),
            CheckResult.held("SPEC", "none"),
            new CheckResult(
                "SPEC",
                "odd",
                CheckResult.Outcome.FAILED,
                "the target refused it",
                List.of(),
                0,
                List.of())),
        null,
        Map.of(),
        Map.of());
  }

  @Test
  void whatIsBrokenBesideRowsIsADifference() {
    migration.report = brokenBesideRows();
    assertThat(run("verify", URLS)).isEqualTo(3);
    assertThat(out())
        .isEqualTo(
            """
            The rows are equal. 9 rows in 1 table compared.
            The schema is not as promised. 2 differences.
              public.users  key users_pkey: promised PRIMARY KEY (id), found none
              shop.users  source column z: promised none, found int
              more than promised: public.users  column mine: integer
              A note.
            Check "sums" is broken: 1 difference.
              changed  currency = EUR  total: 10 in the source, NULL in the target
            Check "none" holds.
            Check "odd" failed: the target refused it
            """);
  }

  @Test
  void whatIsBrokenBesideRowsAsADocument() {
    migration.report = brokenBesideRows();
    assertThat(run("verify --json", URLS)).isEqualTo(3);
    assertThat(out())
        .isEqualTo(
            """
            {"equal":true,"tables":[{"table":"shop.users","target":"public.users",\
            "sourceTable":"shop.users","targetTable":"public.users",\
            "sourceRows":9,"targetRows":9,"matched":9,"changed":0,"missing":0,"extra":0,\
            "settled":0}],"differences":[],"level":"checksum","looks":1,"schema":{"asPromised":false,"findings":[{"severity":"different",\
            "kind":"key","table":"public.users",\
            "sourceTable":"shop.users","targetTable":"public.users","object":"users_pkey",\
            "promised":"PRIMARY KEY (id)","found":null,"reason":null},{"severity":"more",\
            "kind":"column","table":"public.users",\
            "sourceTable":"shop.users","targetTable":"public.users","object":"mine","promised":null,\
            "found":"integer","reason":null},{"severity":"different",\
            "kind":"source column","table":"shop.users",\
            "sourceTable":"shop.users","targetTable":"public.users","object":"z","promised":null,\
            "found":"int","reason":null}],"notes":["A note."]},"checks":[{"name":"sums",\
            "outcome":"broken","message":"1 difference.","differences":1,\
            "rows":[{"kind":"changed","key":{"currency":"EUR"},"column":"total",\
            "source":"10","target":null}]},{"name":"none","outcome":"held","message":null,\
            "differences":0,"rows":[]},{"name":"odd","outcome":"failed",\
            "message":"the target refused it","differences":0,"rows":[]}]}
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--level sample 50 --seed 7 | level=SAMPLE, sampleRows=50, seed=7",
        "--level count --looks 3 --look-pause 250ms | level=COUNT, looks=3, lookPause=PT0.25S",
        "--level full --mask --max-values 5 | level=FULL, values=MASKED, maxValues=5",
        "--level full | values=SHOWN",
        "--max-differences 20000 | level=CHECKSUM, maxDifferences=20000, values=NONE"
      })
  void comparesAsAskedFor(String options, String expected) {
    assertThat(run("verify " + options, URLS)).isZero();
    assertThat(String.valueOf(migration.request)).contains(expected.split(", "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--level some | --level is \"some\"; give one of count, checksum, full, sample.",
        "--level sample | --level sample needs a number of rows: --level sample 1000.",
        "--level sample 0 | --level sample 0: give a number of rows from 1 to 20000; for more,"
            + " comparing every row (--level checksum) costs less.",
        "--level count 5 | --level count takes no number, and there is \"5\".",
        "--seed 5 | --seed belongs to --level sample N.",
        "--mask | --mask belongs to --level full: no other level gives values.",
        "--looks -1 | --looks is -1; give a number from 0.",
        "--look-pause 5 | --look-pause is \"5\"; give a time such as 500ms, 2s or 1m."
      })
  void refusesWhatCannotBeCompared(String options, String message) {
    assertThat(run("verify " + options, URLS)).isEqualTo(2);
    assertThat(err()).contains("landfall: " + message);
    assertThat(migration.calls).doesNotContain("verify");
  }

  private static SelfTestReport provedBut(SelfTestReport.Case... more) {
    List<SelfTestReport.Case> cases = new ArrayList<>();
    cases.add(
        new SelfTestReport.Case(
            "public.users", List.of(), null, "a row missing", "missing", "missing", true));
    cases.add(
        new SelfTestReport.Case(
            "public.users",
            List.of("name"),
            "text",
            "trailing blank",
            "changed in name",
            "changed in name",
            true));
    cases.add(
        new SelfTestReport.Case(
            "public.users", List.of("weight"), "real", "sign of zero", "nothing", "nothing", true));
    cases.addAll(List.of(more));
    return new SelfTestReport(
        List.of(
            new SelfTestReport.Table("public.users", 1000, 2),
            new SelfTestReport.Table("public.void", 0, 0)),
        cases,
        List.of(),
        List.of(
            new SelfTestReport.NotSeeded(
                "public.users", List.of("name"), "Unicode form", "no row has one")));
  }

  @Test
  void saysWhatASelfTestProved() {
    migration.selfTest = provedBut();
    assertThat(run("verify --self-test --table users --table public.void", URLS)).isZero();
    assertThat(migration.calls).contains("selfTest [users, public.void]").doesNotContain("verify");
    assertThat(out())
        .isEqualTo(
            """
            The comparison can be trusted. 2 faults of 2 kinds seeded, 2 found, nothing else; \
            1 control, none reported.

            public.users  1,000 rows copied, 2 refused by the target left out
              whole rows                      1 fault of 1 kind seeded, 1 found, nothing else
              text                            1 fault of 1 kind seeded, 1 found, nothing else
              real                            0 faults of 0 kinds seeded, 0 found, nothing else; 1 control, none reported

            public.void  no rows, so that nothing could be seeded

            1 fault could not be seeded, because no row that was copied would do for it; --json lists them
            """);
  }

  @Test
  void aSelfTestThatFailsIsAFailure() {
    migration.selfTest =
        provedBut(
            new SelfTestReport.Case(
                "public.users",
                List.of("name"),
                "text",
                "case of one letter",
                "changed in name",
                "nothing",
                false));
    assertThat(run("verify --self-test", URLS)).isEqualTo(1);
    assertThat(out())
        .startsWith(
            "The comparison can't be trusted here. 3 faults of 3 kinds seeded, 2 found; 1 control,"
                + " none reported; 0 differences that nobody seeded.\n")
        .contains(
            "\n  public.users  name  case of one letter: expected changed in name, found nothing\n");
  }

  @Test
  void provesAsADocument() {
    migration.selfTest =
        new SelfTestReport(
            List.of(new SelfTestReport.Table("public.users", 9, 0)),
            List.of(
                new SelfTestReport.Case(
                    "public.users",
                    List.of("a", "b"),
                    "text",
                    "two columns swapped",
                    "changed in a, b",
                    "changed in a",
                    false)),
            List.of(new SelfTestReport.Unexpected("public.users", "extra: [7]")),
            List.of(
                new SelfTestReport.NotSeeded("public.users", List.of("a"), "one bit", "no row")));
    assertThat(run("verify --self-test --json", URLS)).isEqualTo(1);
    assertThat(out())
        .isEqualTo(
            """
            {"proved":false,"tables":[{"table":"public.users",\
            "sourceTable":null,"targetTable":"public.users","rows":9,"refused":0}],\
            "cases":[{"table":"public.users",\
            "sourceTable":null,"targetTable":"public.users","column":"a, b","columns":["a","b"],"type":"text",\
            "fault":"two columns swapped","expected":"changed in a, b","found":"changed in a",\
            "passed":false}],\
            "unexpected":[{"table":"public.users",\
            "sourceTable":null,"targetTable":"public.users","difference":"extra: [7]"}],\
            "notSeeded":[{"table":"public.users",\
            "sourceTable":null,"targetTable":"public.users","column":"a","columns":["a"],"fault":"one bit",\
            "reason":"no row"}]}
            """);
  }

  @Test
  void nothingIsProvedWithoutAFault() {
    assertThat(run("verify --self-test", URLS)).isEqualTo(1);
    assertThat(out())
        .isEqualTo("Nothing is proved. No table has a row that a fault could be seeded in.\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--table users | --table belongs to --self-test.",
        "--self-test --level full --mask | --self-test does not go with --level, --mask: it"
            + " compares nothing but the copies that it makes, and does so here.",
        "--self-test --detach --runner flink --flink-master h:1 | --self-test does not go with"
            + " --detach: it compares nothing but the copies that it makes, and does so here."
      })
  void refusesWhatASelfTestCannot(String options, String message) {
    assertThat(run("verify " + options, URLS)).isEqualTo(2);
    assertThat(err()).contains("landfall: " + message);
    assertThat(migration.calls).noneMatch(call -> call.startsWith("selfTest"));
  }

  @Test
  void saysWhereTheDatabasesComputedNoDigests() {
    migration.report =
        new VerificationReport(
            true,
            List.of(new TableResult("shop.users", "public.users", 5, 5, 5, 0, 0, 0)),
            List.of(),
            VerifyRequest.defaults(),
            List.of(),
            null,
            Map.of("shop.users", "column score: double as double precision"),
            Map.of("shop.users", new VerificationReport.SourceRows(1_205, 1_200)));

    assertThat(run("verify --pushdown", URLS)).isZero();
    assertThat(out())
        .isEqualTo(
            """
            Both sides are equal. 5 rows in 1 table compared.
              rows of shop.users were read: column score: double as double precision
              1,200 of 1,205 rows of shop.users go to no table, as the mapping says
            """);
    assertThat(migration.request).isEqualTo(VerifyRequest.builder().setPushdown(true).build());
  }

  @Test
  void repairsWhatItIsAskedTo() {
    assertThat(run("repair", URLS)).isZero();
    assertThat(out())
        .isEqualTo(
            "Nothing to repair: no key was found different by the verification of 1970-01-01"
                + " 00:00:00 UTC.\n");
    assertThat(run("repair --execute --delete-extra --table a --table b.c", URLS)).isZero();
    assertThat(migration.calls)
        .containsExactly("repair false false []", "close", "repair true true [a, b.c]", "close");
  }

  @Test
  void listsWhatARepairLeft() {
    Map<Action, Long> counts = Map.of(Action.UPDATED, 1_000L, Action.FAILED, 1L);
    migration.repair =
        new RepairReport(
            true,
            false,
            Instant.EPOCH,
            List.of(new RepairReport.Table("shop.users", "public.users", counts, 5, Map.of())),
            List.of(
                new RepairReport.Key(
                    "public.users", Map.of("id", "7"), Action.FAILED, "the target says no")),
            List.of("Rows were loaded."));

    assertThat(run("repair --execute", URLS)).isEqualTo(3);

    assertThat(out())
        .isEqualTo(
            """
            ! Rows were loaded.
            The sides still differ in 1 key of 1 named by the verification of 1970-01-01 00:00:00 UTC.

              table         inserted  updated  deleted  equal  left  failed  not named
              public.users         0    1,000        0      0     0       1          5

              failed  public.users  id = 7  the target says no

            5 differences were counted and not named: verify again behind this repair, or with more \
            --max-differences.
            To compare both sides whole:
              landfall verify --source "${SOURCE:?set it to the URL given as --source}" --target \
            "${TARGET:?set it to the URL given as --target}"
            """);
  }

  @Test
  void saysEqual() {
    migration.report =
        new VerificationReport(
            true,
            List.of(new TableResult("shop.users", "public.users", 1500, 1500, 1500, 0, 0, 0)),
            List.of());
    assertThat(run("verify", URLS)).isZero();
    assertThat(out()).isEqualTo("Both sides are equal. 1,500 rows in 1 table compared.\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "migrate --detach",
        "verify --runner flink --detach",
        "backfill --runner flink --flink-master auto --detach"
      })
  void detachNeedsACluster(String line) {
    assertThat(run(line, URLS)).isEqualTo(2);
    assertThat(err())
        .isEqualTo(
            "landfall: --detach needs a cluster to hand the command over to: --runner flink"
                + " --flink-master HOST:PORT.\n");
    assertThat(migration.calls).containsExactly("close");
  }

  @Test
  void cancel() {
    migration.running = "ada@quay, process 4711, since 10:00";
    assertThat(run("cancel", URLS)).isZero();
    assertThat(out()).isEqualTo("Stopped. It was run by ada@quay, process 4711, since 10:00.\n");
    assertThat(migration.calls).containsExactly("cancel false", "close");
  }

  @Test
  void cancelAsADocument() {
    assertThat(run("cancel --now --json", URLS)).isZero();
    assertThat(out()).isEqualTo("{\"stopped\":false,\"holder\":null}\n");
    assertThat(migration.calls).containsExactly("cancel true", "close");
  }

  @Test
  void statusAsADocument() {
    migration.before =
        Snapshots.ruled(
            Snapshots.at(
                2,
                Phase.BACKFILL,
                "a \"note\"",
                List.of(Snapshots.active("users", 100, 10, 4, 40))));
    assertThat(run("status --json", URLS)).isZero();
    assertThat(out())
        .isEqualTo(
            """
            {"migration":"shop","phase":"backfill","holder":null,"note":"a \\"note\\"",\
            "job":null,"step":null,"started":"2026-03-01T10:00:00Z","taken":"2026-03-01T10:00:02Z",\
            "tables":[{"table":"shop.users","sourceTable":"shop.users",\
            "targetTable":"public.users","targets":["public.users"],"chunks":10,\
            "chunksDone":4,"rowsRead":40,"rowsLoaded":40,"rowsFiltered":0,"rowsRejected":0,\
            "bytes":4000,"seconds":0.0,"verified":"not_verified","differences":0,\
            "comparedAt":null,"comparedLevel":null}],"comparedByNewestRun":false,\
            "warnings":[],"broken":[],\
            "dispositions":[{"table":"shop.users","target":"public.users",\
            "sourceTable":"shop.users","targetTable":"public.users","column":"born",\
            "rule":"zero date → NULL","rows":1234567,"sampleKeys":[{"id": "7"},{"id": "9"}]}]}
            """);
    assertThat(migration.calls).containsExactly("close");
  }

  @Test
  void statusAsText() {
    migration.before =
        Snapshots.ruled(
            Snapshots.at(2, Phase.DONE, List.of(Snapshots.done("users", 10, 1, Verdict.EQUAL))));
    assertThat(run("status", URLS)).isZero();
    assertThat(out())
        .endsWith(
            """

              column           rule                    rows  for example
              shop.users.born  zero date -> NULL  1,234,567  {"id": "7"}
            """);
  }

  @Test
  void aLogThatCanNotBeWrittenIsWrongUsage() {
    assertThat(run("status --log /nodir/x", URLS)).isEqualTo(2);
    assertThat(err())
        .isEqualTo(
            "landfall: The log /nodir/x can't be written: its directory is not there. Give --log a"
                + " file that can be made or added to.\n");
    assertThat(migration.calls).isEmpty();
  }

  @Test
  void theLogHasCommandsAndHowTheyEnd(@TempDir Path directory) throws IOException {
    Path log = directory.resolve("landfall.log");
    assertThat(run("status --log " + log, URLS)).isZero();
    migration.work =
        () -> {
          throw new MigrationException(Kind.FAILED, "It is so: mysql://root:s3cret@db/shop");
        };
    assertThat(run("migrate --restart --yes --log " + log, URLS)).isEqualTo(1);
    assertThat(Files.readString(log))
        .contains(
            ": landfall status --log ",
            "exit code 0 after ",
            ": landfall migrate --restart --yes --log ")
        .contains("exit code 1: It is so: mysql://root:***@db/shop")
        .doesNotContain("s3cret", "hush");
  }

  @Test
  void helpAndVersionAreCommandsToo() {
    assertThat(run("--help")).isZero();
    String help = out();
    // What a command does is said to its end.
    assertThat(help.substring(help.indexOf("Commands:\n"), help.indexOf("\nTo see it work")))
        .contains("  repair ", "  rejects ")
        .doesNotContainPattern("(?m)[^.:]\n(  \\w|\\z)");
    out.reset();
    assertThat(run("help")).isZero();
    assertThat(out()).isEqualTo(help);
    out.reset();
    assertThat(run("verify --help")).isZero();
    String verify = out();
    out.reset();
    assertThat(run("help verify")).isZero();
    assertThat(out()).isEqualTo(verify);
    out.reset();
    assertThat(run("version")).isZero();
    assertThat(out()).startsWith("landfall ");
    assertThat(run("help nix")).isEqualTo(2);
    assertThat(opened).isEmpty();
  }

  /** They are no mistake: other commands of the same migration are printed with them. */
  @Test
  void optionsThatMeanNothingAreNotListed() {
    for (String command : List.of("schema", "status", "rejects", "history", "report")) {
      out.reset();
      assertThat(run(command + " --help")).isZero();
      assertThat(out()).contains("--source").doesNotContain("--runner", "flink", "--parallelism");
    }
    assertThat(run("status --runner flink --flink-master h:1 --parallelism 2", URLS)).isZero();
    assertThat(opened.get(0).flinkMaster()).isEqualTo("h:1");
    out.reset();
    assertThat(run("verify --help")).isZero();
    assertThat(out()).contains("--runner", "--flink-master", "--parallelism");
  }

  @Test
  void wrongUsageIsADocumentToo() {
    assertThat(run("verify --json --looks many", URLS)).isEqualTo(2);
    assertThat(out())
        .isEqualTo(
            "{\"error\":{\"kind\":\"usage\",\"message\":\"--looks: expected a whole number.\","
                + "\"exitCode\":2}}\n");
    assertThat(err()).startsWith("landfall: --looks: expected a whole number.\n");
  }

  /** Picocli refuses to be narrower than 55 columns, whatever it is asked for. */
  @ParameterizedTest
  @ValueSource(strings = {"--version", "--help", "verify --help", "status", "history", "nix"})
  void aNarrowTerminalIsNoFailure(String command) {
    terminal = new Terminal(true, 30, 24, false, false);
    int code = run(command, command.startsWith("-") ? new String[0] : URLS);
    assertThat(code).isEqualTo(command.equals("nix") ? ExitCodes.USAGE : ExitCodes.DONE);
    assertThat(err()).doesNotContain("Exception");
  }

  @Test
  void versionAndHelpNeedNothing() {
    assertThat(run("--version")).isZero();
    assertThat(out()).startsWith("landfall ");
    assertThat(run("--help")).isZero();
    assertThat(out())
        .contains("demo", "schema", "migrate", "backfill", "verify", "status", "Exit codes: 0 done")
        .doesNotContain("warm-up");
    assertThat(opened).isEmpty();
  }

  private int run(String line, String... more) {
    List<String> args = new ArrayList<>();
    if (!line.isEmpty()) {
      args.addAll(List.of(line.split(" ", -1)));
    }
    args.addAll(List.of(more));
    Console console = new Console(stream(out), terminal, stream(err), terminal);
    return Landfall.run(
        args.toArray(String[]::new),
        options -> {
          opened.add(options);
          return migration;
        },
        console);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
