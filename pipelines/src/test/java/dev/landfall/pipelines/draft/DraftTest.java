package dev.landfall.pipelines.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.MovedDatabase.Source;
import dev.landfall.pipelines.RandomTable;
import dev.landfall.pipelines.SpecBed;
import dev.landfall.pipelines.load.MigrateTask;
import dev.landfall.pipelines.prepare.Outline;
import dev.landfall.pipelines.spec.Environment;
import dev.landfall.pipelines.spec.MappingText;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.pipelines.spec.SpecReader;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Specs that are written for a source, read again. */
class DraftTest {
  private static final String[] ODD = {
    "SET SESSION sql_mode = 'ALLOW_INVALID_DATES,NO_AUTO_VALUE_ON_ZERO'",
    """
    CREATE TABLE users (
      id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, email varchar(190) NOT NULL,
      name varchar(80), active tinyint(1) NOT NULL DEFAULT 1, level tinyint(1),
      kind enum('plain', 'vip') NOT NULL, flags set('a', 'b'), born year, birthday date,
      created datetime NOT NULL, seen timestamp(3) NULL, prefs json, photo longblob, worked time,
      one bit(1), mask bit(10), spot point, total bigint unsigned, small int unsigned, xmin int,
      full_name varchar(300) GENERATED ALWAYS AS (concat(name, ' ', email)) VIRTUAL,
      twice int GENERATED ALWAYS AS (small * 2) STORED, UNIQUE KEY email (email))
    """,
    "INSERT INTO users (email, active, level, kind, created, birthday, total) VALUES"
        + " ('a', 1, 3, 'vip', '2020-01-01', '0000-00-00', 18446744073709551615),"
        + " ('c', 0, 1, 'plain', '0000-00-00', '2020-02-31', 1)",
    """
    CREATE TABLE `odd: table` (
      `the #key` varchar(20) PRIMARY KEY, `größe` int, `null` int, `yes` int, `a,b` decimal(10,2),
      `"q"` int, `{x}` int, `- y` int, `über 'x'` enum('it''s', 'y'), user_id bigint unsigned,
      FOREIGN KEY (user_id) REFERENCES users (id))
    """,
    "CREATE TABLE `" + "n".repeat(64) + "` (`" + "ü".repeat(60) + "` int, what text, Mixed int)",
    "CREATE VIEW names AS SELECT id, email FROM users",
    "CREATE PROCEDURE nothing() SELECT 1",
    "CREATE TRIGGER upper_name BEFORE INSERT ON users FOR EACH ROW SET NEW.name = upper(NEW.name)"
  };

  private static Map<String, String> secrets(SpecBed bed) {
    Spec spec = bed.spec("");
    return Map.of(
        "SOURCE_PASSWORD",
        java.util.Objects.requireNonNull(spec.source().connection().password()).reveal(),
        "TARGET_PASSWORD",
        java.util.Objects.requireNonNull(spec.target().connection().password()).reveal(),
        "TARGET_URL",
        bed.targetUrl());
  }

  private static Spec read(String text, SpecBed bed) {
    return SpecReader.read(text, Path.of("draft.yaml"), null, null, Environment.of(secrets(bed)));
  }

  /** The draft of a bed's databases, after a look at what it means. */
  private static Draft drafted(SpecBed bed, boolean looked) {
    Spec urls = SpecReader.ofUrls(bed.sourceUrl(), bed.targetUrl(), Environment.of(Map.of()));
    Draft draft = Draft.ofUrls(urls, bed.sourceUrl(), looked ? bed.targetUrl() : null, false);
    for (String secret : secrets(bed).values()) {
      assertThat(draft.text()).doesNotContain(secret);
    }
    Spec read = read(draft.text(), bed);
    assertThat(read.name()).isEqualTo(urls.name());
    assertThat(MappingText.describe(Outline.of(read).mapping()))
        .isEqualTo(MappingText.describe(Outline.of(urls).mapping()));
    assertThat(draft.tables()).isEqualTo(read.mappings().size());
    assertThat(draft.columns())
        .isEqualTo(
            read.mappings().stream().mapToLong(t -> t.targets().get(0).columns().size()).sum());
    return draft;
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void meansWhatTheUrlsMean(Source server) throws SQLException {
    try (SpecBed bed = new SpecBed(server)) {
      bed.source(ODD);
      for (int i = 0; i < 40; i++) {
        bed.source(new RandomTable("t%02d".formatted(i), i).source().toArray(String[]::new));
      }
      String text = drafted(bed, false).text();
      assertThat(text)
          .contains(
              "\n    to: nnnnnn",
              "  - table: \"odd: table\"\n",
              "\n      \"null\":     {type: integer}          # int",
              "      spot:          spot                         # point; becomes bytea; EWKB;",
              "      active:        {type: boolean}              # tinyint(1) NOT NULL; holds nothing"
                  + " but 0, 1 and NULL\n",
              "      xmin_eafb2f50: {from: xmin, type: integer}  # int",
              "; PostgreSQL has a column of that name in every table\n",
              "; the target generates it: (\"name\" || ' ' || \"email\"); is stored, not computed when it"
                  + " is read\n",
              " NOT NULL; a row with a zero date is rejected\n",
              "\n  # trigger upper_name: left to you: ",
              "\n# procedure nothing: left to you: ");
      assertThat(drafted(bed, true).text())
          .contains("      spot:          {type: bytea}                # point; EWKB;");

      // A table of the user's own has its types, and what was begun has those that are fixed.
      bed.target("CREATE TABLE users (id numeric(20) NOT NULL)");
      bed.target("DROP TABLE users", "CREATE TABLE t00 (LIKE pg_class)", "DROP TABLE t00");
      try (Migration migration = bed.migration("tables: {include: [users, t00]}\n")) {
        migration.perform(new MigrateTask(true));
      }
      drafted(bed, true);
    }
  }

  @Test
  void aTableOfTheTargetsOwnKeepsItsTypes() throws SQLException {
    try (SpecBed bed = new SpecBed(Source.MARIADB)) {
      bed.source("CREATE TABLE own (id int PRIMARY KEY, a int, b varchar(9))");
      bed.target("CREATE TABLE own (id bigint PRIMARY KEY, a numeric, b text)");
      assertThat(drafted(bed, true).text())
          .contains(
              "; the target has this table, which stays as it is\n",
              "      a:  a   # int(11); becomes numeric\n");
    }
  }

  /** What is shown as an example can be said. */
  @Test
  void itsExamplesAreRight() throws SQLException {
    try (SpecBed bed = new SpecBed(Source.MARIADB)) {
      bed.source("CREATE TABLE `t 1` (id int PRIMARY KEY, a enum('x'), b tinyint(1))");
      String text = drafted(bed, false).text();
      String examples =
          text.lines()
              .filter(line -> !line.contains("#databases"))
              .map(line -> line.replaceFirst("^( *)#(?! \\S|$)", "$1"))
              .collect(Collectors.joining("\n"));
      Spec read = read(examples, bed);
      assertThat(read.checks()).hasSize(1);
      assertThat(read.sql()).hasSize(1);
      assertThat(read.tables().exclude()).hasSize(2);
      assertThat(MappingText.describe(Outline.of(read).mapping()))
          .anyMatch(line -> line.contains("t 1.b tinyint(1) -> public.t 1.b boolean, rules {"));
      String databases = text.replace("#databases", "databases").replace(", other]", "]");
      assertThat(
              Outline.of(read(databases, bed)).mapping().table(0).targets().get(0).name().schema())
          .isEqualTo(bed.sourceName());
    }
  }

  @Test
  void countsWhatIsOdd() throws SQLException {
    try (SpecBed bed = new SpecBed(Source.MARIADB)) {
      bed.source(ODD);
      Spec urls = SpecReader.ofUrls(bed.sourceUrl(), bed.targetUrl(), Environment.of(Map.of()));
      assertThat(Draft.ofUrls(urls, bed.sourceUrl(), null, true).text())
          .contains(
              "# date; 1 × zero date: null; 1 × impossible date: refuse\n",
              "# datetime NOT NULL; 1 × zero date: refuse\n");
    }
  }

  /** What stands in a spec stays, and decides. */
  @Test
  void goesBehindASpec() throws SQLException {
    try (SpecBed bed = new SpecBed(Source.MYSQL)) {
      bed.source(
          "CREATE TABLE A (Id int PRIMARY KEY, E enum('x'), T varchar(9), D datetime NOT NULL)");
      bed.source("CREATE TABLE b_old (id int)");
      String text =
          """
          # mine
          source: "%s"
          target: {url: "%s", names: lower}
          tables: {exclude: ["*_old"]}
          types: {enum: enum}
          collations: citext
          rules: {zeroDate: null, range: {value: 1970-01-01}, nul: strip}"""
              .formatted(bed.sourceUrl(), bed.targetUrl());
      for (String spec : List.of(text, text.replace(", range: {value: 1970-01-01}", ""))) {
        Spec before = read(spec, bed);
        Draft draft = Draft.behind(spec, before, false);
        assertThat(draft.text()).startsWith(spec + "\n").doesNotContain("b_old");
        assertThat(draft.tables()).isEqualTo(1);
        assertThat(MappingText.describe(Outline.of(read(draft.text(), bed)).mapping()))
            .isEqualTo(MappingText.describe(Outline.of(before).mapping()));
      }
      assertThat(Draft.behind(text, read(text, bed), false).text())
          .contains(
              "    to: a\n", "      id: Id  # int(11) NOT NULL; becomes integer; in lower case\n");
    }
  }

  /** What a person typed as a variable stays one. */
  @Test
  void keepsVariables() throws SQLException {
    try (SpecBed bed = new SpecBed(Source.MARIADB)) {
      bed.source("CREATE TABLE t (id int PRIMARY KEY)");
      Environment environment =
          Environment.of(Map.of("SHOP", bed.sourceUrl(), "PW", "p w", "CERT", "c&t"));
      String target = "postgresql://me:${PW}@pg:5/x?sslpassword=${CERT}";
      Spec spec = SpecReader.ofUrls("${SHOP}", target, environment);
      assertThat(HeadText.of(spec, "${SHOP}", target, "t"))
          .contains("\n  url: ${SHOP}\n", "\n  url: " + target + "\n");
      assertThat(HeadText.variables(spec, true)).isEmpty();
      String written = "postgres://m%40e:p%20w@[::1]:5/x%20y?sslpassword=c&ApplicationName=a+b";
      Spec out = SpecReader.ofUrls("${SHOP}", written, environment);
      String head = HeadText.of(out, "${SHOP}", written, "t");
      assertThat(head)
          .contains(
              "url: \"postgresql://m%40e@[::1]:5/x%20y?ApplicationName=a%2Bb&sslpassword="
                  + "${TARGET_SSLPASSWORD}\"\n  password: ${TARGET_PASSWORD}");
      assertThat(HeadText.variables(out, true))
          .containsExactly("TARGET_PASSWORD", "TARGET_SSLPASSWORD");
      Spec again =
          SpecReader.read(
              head + "  - table: t\n",
              Path.of("x.yaml"),
              null,
              null,
              Environment.of(
                  Map.of(
                      "SHOP",
                      bed.sourceUrl(),
                      "TARGET_PASSWORD",
                      "p w",
                      "TARGET_SSLPASSWORD",
                      "c")));
      assertThat(again.target().connection()).isEqualTo(out.target().connection());
    }
  }
}
