package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.landfall.embedded.EmbeddedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** What a report says of a migration that was really made. */
class ReportIT {
  private static final String HOSTILE = "x<script>alert(1)</script>";

  /** Three tables: one as it should be, one with rejects and rules, one with a name of its own. */
  private static void fill(Pair pair) throws Exception {
    Db.run(
        pair.source(),
        "SET SESSION sql_mode = ''",
        "CREATE TABLE people (id int PRIMARY KEY, name varchar(50), born date, d date NOT NULL)",
        "INSERT INTO people SELECT seq, concat('n', seq), '2000-01-01', '2024-01-01'"
            + " FROM seq_1_to_2000",
        "UPDATE people SET born = '0000-00-00' WHERE id IN (5, 6)",
        "UPDATE people SET d = '0000-00-00' WHERE id = 77",
        "CREATE TABLE plain (id int PRIMARY KEY)",
        "INSERT INTO plain VALUES (1), (2)",
        "CREATE TABLE `" + HOSTILE + "` (id int PRIMARY KEY, v varchar(50))",
        "INSERT INTO `" + HOSTILE + "` VALUES (1, 'one'), (2, 'two')",
        "CREATE VIEW v AS SELECT id FROM people",
        "CREATE PROCEDURE tidy() DELETE FROM plain WHERE '<i>' = 'x'");
  }

  private static final String CHECKS =
      """
      checks:
        - name: people
          sql: select sum(id) as s from people
        - name: nobody is nameless
          target: select id from people where name is null
          expect: none
      """;

  private record Written(Document page, Map<String, Object> json) {}

  private static Written report(Pair pair, Path spec) throws Exception {
    Path page = pair.directory().resolve("report.html");
    Path document = pair.directory().resolve("report.json");
    Cli.Result result =
        Cli.run("report", "-c", spec.toString(), "-o", page.toString(), "-o", document.toString())
            .exits(0);
    assertThat(result.out()).isEqualTo(page + "\n" + document + "\n");
    String html = Files.readString(page);
    String json = Files.readString(document);
    assertThat(html + json).doesNotContain(EmbeddedServer.PASSWORD);
    assertThat(json).endsWith("}\n").doesNotContain("}\n{");
    Document parsed = Jsoup.parse(html);
    requireSelfContained(html, parsed);
    assertThat(parsed.select("footer .hash").text()).isEqualTo(sha256(json));
    return new Written(parsed, object(json));
  }

  private static void requireSelfContained(String html, Document page) {
    assertThat(page.select("script, link, img, iframe, object, embed, base, form")).isEmpty();
    assertThat(page.select("[src], [srcset], [style], [onload], [onerror]")).isEmpty();
    assertThat(page.select("[href]").eachAttr("href"))
        .isNotEmpty()
        .allMatch(h -> h.startsWith("#"));
    assertThat(page.select("style").html()).doesNotContain("url(", "@import");
    assertThat(html).startsWith("<!DOCTYPE html>").doesNotContain("{{", "\u202e", "\u0007");
    List<String> ids = page.select("[id]").eachAttr("id");
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(ids)
        .containsAll(
            page.select("nav a").eachAttr("href").stream().map(h -> h.substring(1)).toList())
        .containsAll(page.select("[aria-labelledby]").eachAttr("aria-labelledby"));
    assertThat(page.select("th:not([scope])")).isEmpty();
    assertThat(page.select("table:not(:has(caption))")).isEmpty();
    assertThat(page.select("svg:not([aria-hidden]):not([aria-label])")).isEmpty();
    for (Element table : page.select("table")) {
      int columns = table.select("thead th").size();
      assertThat(table.select("tbody tr")).isNotEmpty();
      table.select("tbody tr").forEach(row -> assertThat(row.children()).hasSize(columns));
    }
  }

  @Test
  void ofAMoveThatDiffers() throws Exception {
    try (Pair pair = Pair.make()) {
      fill(pair);
      Path spec = pair.spec("load: {rejects: 10}", CHECKS);
      Cli.run("migrate", "-c", spec.toString()).exits(3);
      Db.run(
          pair.target(),
          "UPDATE people SET name = 'evil' || chr(8238) || '<b>' WHERE id = 9",
          "DELETE FROM \"" + HOSTILE + "\" WHERE id = 2",
          "INSERT INTO people VALUES (9999, 'extra', NULL, '2024-01-01')",
          "ALTER TABLE plain ADD COLUMN more text");
      Cli.run("verify", "--level", "full", "-c", spec.toString()).exits(3);

      Written written = report(pair, spec);

      Document page = written.page();
      assertThat(page.title()).isEqualTo("Migration move: Different");
      assertThat(page.select(".verdict").text())
          .matches(
              "Different Every row and every mapped column of 3 tables \\(2,004 rows\\) was compared"
                  + " by digests, last on .* UTC: 4 rows differ; a check of the spec does not"
                  + " hold\\.");
      assertThat(page.select("#left-out + ul li").eachText())
          .hasSize(4)
          .anySatisfy(t -> assertThat(t).startsWith("1 row of the source could not be loaded"))
          .anySatisfy(t -> assertThat(t).startsWith("1 object of the source that is left to you"))
          .anySatisfy(t -> assertThat(t).startsWith("No sensitivity proof was made"));
      String database = pair.source().name();
      assertThat(cells(page, "Rows of each table"))
          .containsExactly(
              List.of(
                  database + ".people",
                  "public.people",
                  "2,000",
                  "1,999",
                  "0",
                  "1",
                  "2,000",
                  "2,000",
                  "3",
                  "different"),
              List.of(
                  database + ".plain", "public.plain", "2", "2", "0", "0", "2", "2", "0", "equal"),
              List.of(
                  database + "." + HOSTILE,
                  "public." + HOSTILE,
                  "2",
                  "2",
                  "0",
                  "0",
                  "2",
                  "1",
                  "1",
                  "different"));
      assertThat(cells(page, "Rows that differ, by key"))
          .containsExactlyInAnyOrder(
              List.of("public.people", "id = 9", "changed", "name: n9 → evil\\u202e<b>"),
              List.of("public.people", "id = 77", "missing", rejected(page)),
              List.of(
                  "public.people",
                  "id = 9999",
                  "extra",
                  "d: 2024-01-01\nid: 9999\nborn: NULL\nname: extra"),
              List.of("public." + HOSTILE, "id = 2", "missing", "v: two\nid: 2"));
      assertThat(cells(page, "Why, the most frequent first"))
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.subList(0, 3)).containsExactly(database + ".people", "d", "1");
                assertThat(row.get(3)).startsWith("zero date 0000-00-00, which PostgreSQL");
              });
      assertThat(cells(page, "The first rejected rows"))
          .containsExactly(List.of(database + ".people", "id = 77", "d", "0000-00-00"));
      assertThat(cells(page, "What rules did to odd values"))
          .containsExactly(
              List.of(
                  "public.people",
                  "born",
                  "zero date → NULL",
                  "2",
                  "{\"id\": \"5\"}\n{\"id\": \"6\"}"));
      assertThat(cells(page, "What was promised and what was found"))
          .containsExactly(List.of("public.plain", "column more", "more", "none", "text", ""));
      assertThat(cells(page, "Outcome of each check"))
          .containsExactly(
              List.of("people", "broken", "1 difference."),
              List.of("nobody is nameless", "held", ""));
      assertThat(cells(page, "Rows that break a check"))
          .containsExactly(List.of("people", "changed", "", "s", "2001000", "2010922"));
      assertThat(cells(page, "Each verification that came to a verdict"))
          .extracting(row -> row.subList(1, row.size()))
          .containsExactly(
              List.of("2", "full", "3", "2,004", "2,003", "4", "0"),
              List.of("1", "checksum", "3", "2,004", "2,003", "1", "0"));
      assertThat(cells(page, "Left to you"))
          .containsExactly(
              List.of(
                  "tidy",
                  "procedure",
                  page.select("tr:has(th:contains(tidy)) td:eq(2)").get(0).wholeText()));
      assertThat(page.select("tr:has(th:contains(tidy)) details pre").text())
          .contains("DELETE FROM plain WHERE '<i>' = 'x'");
      assertThat(page.select("#sensitivity-proof ~ p").text()).startsWith("Not done");
      assertThat(page.select("section:has(#repairs) p").text()).isEqualTo("None.");
      assertThat(page.select("#rows-over-time ~ svg rect")).isNotEmpty();
      assertThat(page.select(".legend li").eachText())
          .containsExactly("1 equal", "2 different", "0 not compared");
      requireDocument(written.json(), database);
    }
  }

  private static void requireDocument(Map<String, Object> json, String database) {
    assertThat(json.keySet())
        .containsExactly(
            "migration",
            "taken",
            "verdict",
            "phase",
            "holder",
            "begun",
            "source",
            "target",
            "tables",
            "runCount",
            "runs",
            "loadedOverTime",
            "differences",
            "laterParts",
            "rejects",
            "dispositions",
            "schema",
            "checks",
            "selfTest",
            "repairs",
            "verifications",
            "history",
            "warnings",
            "broken",
            "eventCount",
            "events",
            "objects",
            "objectsUnknown",
            "mapping",
            "spec",
            "written");
    assertThat(at(json, "verdict"))
        .containsEntry("outcome", "different")
        .containsEntry("tables", 3L)
        .containsEntry("rows", 2004L)
        .containsEntry("differences", 4L)
        .containsEntry("levels", List.of("full"))
        .containsEntry("doubts", List.of("checks"));
    assertThat(list(json, "tables"))
        .extracting(t -> t.get("table"), t -> t.get("rowsRejected"), t -> t.get("verified"))
        .containsExactly(
            tuple(database + ".people", 1L, "different"),
            tuple(database + ".plain", 0L, "equal"),
            tuple(database + "." + HOSTILE, 0L, "different"));
    assertThat(list(json, "differences"))
        .extracting(d -> d.get("key"), d -> d.get("kind"), d -> d.get("columns"))
        .contains(tuple(Map.of("id", "9"), "changed", List.of("name")));
    assertThat(list(json, "differences"))
        .extracting(d -> d.get("values"))
        .contains(Map.of("name", Map.of("source", "n9", "target", "evil\u202e<b>")));
    assertThat(at(json, "rejects")).containsEntry("rows", 1L);
    assertThat(list(json, "dispositions"))
        .extracting(d -> d.get("rows"), d -> d.get("sampleKeys"))
        .containsExactly(tuple(2L, List.of(Map.of("id", "5"), Map.of("id", "6"))));
    assertThat(at(json, "schema"))
        .containsEntry("asPromised", true)
        .containsEntry("different", 0L)
        .containsEntry("more", 1L);
    assertThat(json)
        .containsEntry("selfTest", "null")
        .containsEntry("repairs", "null")
        .containsEntry("phase", "done")
        .containsEntry("holder", "null");
    assertThat(String.valueOf(at(json, "source").get("version"))).contains("11.4");
    assertThat(String.valueOf(at(json, "target").get("version"))).startsWith("PostgreSQL 17");
    assertThat(String.valueOf(at(json, "spec").get("text")))
        .startsWith("name: move\nsource: \"jdbc:mysql://127.0.0.1:")
        .contains("?user=root&password=***\ntarget: ", "?user=postgres&password=***\n")
        .endsWith("expect: none\n");
    assertThat(list(json, "loadedOverTime"))
        .extracting(p -> (long) Objects.requireNonNull(p.get("rowsLoaded")))
        .satisfies(rows -> assertThat(rows.stream().mapToLong(r -> r).sum()).isEqualTo(2003));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> at(Map<String, Object> json, String field) {
    return (Map<String, Object>) Objects.requireNonNull(json.get(field));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(Map<String, Object> json, String field) {
    return (List<Map<String, Object>>) Objects.requireNonNull(json.get(field));
  }

  @Test
  void ofAMoveThatIsEqualEvenWhenTheSourceIsGone() throws Exception {
    try (Pair pair = Pair.make()) {
      Db.run(
          pair.source(),
          "CREATE TABLE plain (id int PRIMARY KEY)",
          "INSERT INTO plain VALUES (1), (2)");
      Path spec = pair.spec();
      Cli.run("migrate", "-c", spec.toString()).exits(0);
      Document page = report(pair, spec).page();
      assertThat(page.select(".headline").text()).isEqualTo("Equal");
      assertThat(page.select(".verdict").hasClass("good")).isTrue();
      assertThat(page.select(".verdict p:eq(1)").text())
          .matches(
              "Every row and every mapped column of 1 table \\(2 rows\\) was compared by digests,"
                  + " last on .* UTC, and nothing differs\\.");

      String gone = Files.readString(spec).replaceFirst("127.0.0.1:\\d+", "127.0.0.1:1");
      Path withoutSource = Files.writeString(pair.directory().resolve("gone.yaml"), gone);
      Written written = report(pair, withoutSource);

      assertThat(written.page().select(".headline").text()).isEqualTo("Equal");
      assertThat(written.page().select(".facts").text())
          .contains("not reached when this was written");
      assertThat(written.page().select("section:has(#objects-of-the-source) p").text())
          .startsWith("Not known: the source's catalogue could not be read")
          .contains("Connection refused");
      assertThat(written.page().select("#left-out + ul li").eachText())
          .contains("What became of the source's objects: the source could not be looked at.");
      assertThat(written.json()).containsEntry("objects", "null");
      assertThat(at(written.json(), "source")).containsEntry("version", "null");

      String nowhere = Files.readString(spec).replaceAll("(target: .*127.0.0.1):\\d+", "$1:1");
      Cli.run(
              "report",
              "-c",
              Files.writeString(pair.directory().resolve("nowhere.yaml"), nowhere).toString(),
              "--json")
          .exits(6);
    }
  }

  /** What came after a verdict makes it less than that. */
  @Test
  void ofWhatIsNotProvedAnyMore() throws Exception {
    try (Pair pair = Pair.make()) {
      Db.run(
          pair.source(),
          "CREATE TABLE plain (id int PRIMARY KEY)",
          "INSERT INTO plain VALUES (1), (2)");
      Path spec = pair.spec();

      Cli.Result never = Cli.run("report", "-c", spec.toString(), "--json").exits(2);
      assertThat(never.message())
          .startsWith("There is nothing to report: migration \"move\" was never begun in ")
          .endsWith("Run landfall migrate first, or name the spec of the migration that you mean.");

      Cli.migrate(spec).exits(0);
      assertThat(
              Cli.run("report", "-c", spec.toString(), "-o", "/proc/report.html")
                  .exits(2)
                  .message())
          .startsWith("The report could not be written to /proc/report.html: ");
      assertThat(sentence(spec)).isEqualTo("not verified: The two sides were never compared.");

      Cli.run("verify", "--level", "count", "-c", spec.toString()).exits(0);
      assertThat(sentence(spec))
          .matches(
              "equal: Only the numbers of rows of 1 table were compared, last on .*, and nothing"
                  + " differs.");

      Db.run(pair.target(), "UPDATE landfall.chunk SET committed = clock_timestamp()");
      assertThat(sentence(spec))
          .startsWith("partly verified: Only the numbers")
          .endsWith("; but rows were loaded after they were compared.");

      Db.run(pair.target(), "UPDATE landfall.chunk SET committed = NULL WHERE plan = 'LOAD'");
      assertThat(sentence(spec)).endsWith("; but not all rows are loaded yet.");

      Db.run(
          pair.target(),
          "UPDATE landfall.chunk SET committed = started",
          "DELETE FROM landfall.verification");
      assertThat(sentence(spec)).startsWith("not verified: ");
    }
  }

  private static String sentence(Path spec) throws Exception {
    Map<String, Object> verdict =
        at(object(Cli.run("report", "-c", spec.toString(), "--json").exits(0).out()), "verdict");
    return verdict.get("outcome") + ": " + verdict.get("sentence");
  }

  /** Proofs and repairs are in tables of their own. */
  @Test
  void ofRepairsAndAProof() throws Exception {
    try (Pair pair = Pair.make()) {
      Db.run(
          pair.source(),
          "CREATE TABLE plain (id int PRIMARY KEY)",
          "INSERT INTO plain VALUES (1), (2)");
      Path spec = pair.spec();
      Cli.run("migrate", "-c", spec.toString()).exits(0);
      Db.run(
          pair.target(),
          "INSERT INTO landfall.self_test SELECT 1, n, 'public.plain', '{id}', 'integer',"
              + " 'last digit', 'changed', 'changed', true FROM generate_series(1, 3) n");
      assertThat(sentence(spec)).startsWith("equal: ");

      Db.run(
          pair.target(),
          "INSERT INTO landfall.repair (run, migration, table_position, target_table, key, action)"
              + " VALUES (1, 'move', 0, 'public.plain', '{\"id\": \"1\"}', 'UNCHANGED')");
      assertThat(sentence(spec)).startsWith("equal: ");

      Db.run(
          pair.target(),
          "INSERT INTO landfall.repair (run, migration, table_position, target_table, key, action)"
              + " VALUES (1, 'move', 0, 'public.plain', '{\"id\": \"2\"}', 'INSERTED')",
          "INSERT INTO landfall.self_test VALUES (1, 9, 'public.plain', '{id}', 'integer',"
              + " 'sign', 'changed', 'nothing', false)");
      Document page = report(pair, spec).page();

      assertThat(page.select(".verdict p:eq(1)").text())
          .endsWith(
              "; but keys were repaired after they were compared, and the sensitivity proof failed,"
                  + " so other faults may have been missed.");
      assertThat(cells(page, "Cases by table")).containsExactly(List.of("public.plain", "4", "3"));
      assertThat(cells(page, "Faults that were seeded, and what was found").get(0))
          .containsExactly("public.plain", "id", "integer", "sign", "changed", "nothing", "no");
      assertThat(cells(page, "What repairs did"))
          .extracting(row -> List.of(row.get(0), row.get(1), row.get(2), row.get(4)))
          .containsExactly(
              List.of("public.plain", "inserted", "1", "no"),
              List.of("public.plain", "unchanged", "1", "yes"));
    }
  }

  @Test
  void refusesWhereNothingCanBeWritten() {
    String[] urls = {"--source=mysql://u@127.0.0.1:1/a", "--target=postgresql://u@127.0.0.1:1/a"};
    assertThat(Cli.run("report", urls[0], urls[1], "-o", "report.txt").exits(2).message())
        .isEqualTo(
            "--output report.txt: the name must end in .html for the page or .json for the"
                + " document. Nothing was written.");
    assertThat(Cli.run("report", urls[0], urls[1], "-o", "no/such/x.html").exits(2).message())
        .startsWith("--output no/such/x.html: there is no directory ")
        .endsWith("/no/such. Make it first, or name another. Nothing was written.");
  }

  private static String rejected(Document page) {
    return cells(page, "Rows that differ, by key").stream()
        .filter(r -> r.get(1).equals("id = 77"))
        .findAny()
        .orElseThrow()
        .get(3);
  }

  private static List<List<String>> cells(Document page, String caption) {
    return page.select("table:has(caption:containsOwn(" + caption + ")) tbody tr").stream()
        .map(row -> row.children().stream().map(Element::wholeText).toList())
        .toList();
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(String json) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      parser.nextToken();
      Map<String, Object> object = (Map<String, Object>) value(parser);
      assertThat(parser.nextToken()).isNull();
      return object;
    }
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          assertThat(object).doesNotContainKey(name);
          object.put(name, value(parser));
        }
        yield object;
      }
      case START_ARRAY -> {
        List<Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(parser));
        }
        yield array;
      }
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
      case VALUE_NULL -> "null";
      default -> parser.getText();
    };
  }
}
