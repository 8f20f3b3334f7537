package dev.landfall.pipelines.spec;

import static dev.landfall.pipelines.spec.Sources.catalog;
import static dev.landfall.pipelines.spec.Sources.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.model.SourceCatalog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Operators that are written wrong, or do not suit their columns, and what is said of them. */
class OperatorMistakesTest {
  private static final SourceCatalog SHOP =
      catalog(
          table(
              "users",
              List.of("id"),
              "id int NOT NULL",
              "email varchar(60)",
              "born date",
              "kind enum('a','b')",
              "active tinyint(1)"));

  private static final Environment SALT = Environment.of(Map.of("SALT", "hunter2hunter2hunter2"));

  private static Spec read(String column) {
    return SpecReader.read(
        """
        source: mysql://db/shop
        target: {url: postgres://pg/shop, schema: crm}
        mappings:
          - table: users
            columns: [id, x: {%s}]
        """
            .formatted(column),
        Path.of("shop.yaml"),
        null,
        null,
        SALT);
  }

  private static Arguments wrong(String column, String... lines) {
    return arguments(column, List.of(lines));
  }

  static Stream<Arguments> written() {
    return Stream.of(
        wrong(
            "apply: [trin]",
            "5:31  mappings[0].columns[1].x.apply[0]: expected one of trim, collapse, lower, upper,"
                + " digits, emptyToNull, {map: …}, {emptyToNull: …}, {normalize: …}, {replace: …},"
                + " {pattern: …}, {part: …}, {substring: …}, {date: …}, {format: …}, {parse: …},"
                + " {json: …}, {hash: …}, {mask: …}, {round: …}, {cast: …}. Did you mean \"trim\"?"),
        wrong(
            "apply: {normalize: NFX}",
            "5:42  mappings[0].columns[1].x.apply.normalize: expected NFD, NFC, NFKD or NFKC, found"
                + " \"NFX\". Did you mean \"NFD\"?"),
        wrong(
            "apply: {emptyToNull: yes}",
            "5:44  mappings[0].columns[1].x.apply.emptyToNull: expected blank, found \"yes\"."),
        wrong(
            "apply: {replace: {from: '', too: b}}",
            "5:40  mappings[0].columns[1].x.apply.replace: to is missing: what comes in its place.",
            "5:47  mappings[0].columns[1].x.apply.replace.from: expected a name, found an empty text.",
            "5:51  mappings[0].columns[1].x.apply.replace.too: unknown key. Did you mean \"to\"?"),
        wrong(
            "apply: {pattern: '(a', with: b}",
            "5:40  mappings[0].columns[1].x.apply.pattern: \"(a\" is no regular expression of"
                + " RE2: missing closing )."),
        wrong(
            "apply: {part: 0, off: ','}",
            "5:30  mappings[0].columns[1].x.apply: of is missing: the text that stands between the"
                + " parts.",
            "5:37  mappings[0].columns[1].x.apply.part: expected a whole number from 1, or from -1"
                + " backwards from the end; found \"0\".",
            "5:40  mappings[0].columns[1].x.apply.off: unknown key. Did you mean \"of\"?"),
        wrong(
            "apply: {substring: {from: a, length: 0}}",
            "5:49  mappings[0].columns[1].x.apply.substring.from: expected a whole number from 1, or"
                + " from -1 backwards from the end; found \"a\".",
            "5:60  mappings[0].columns[1].x.apply.substring.length: expected a whole number from 1;"
                + " found \"0\"."),
        wrong(
            "apply: {date: yaer}",
            "5:37  mappings[0].columns[1].x.apply.date: expected year, quarter, month, week, day,"
                + " dayOfWeek, dayOfYear, hour, minute or second, found \"yaer\". Did you mean"
                + " \"year\"?"),
        wrong(
            "apply: {format: 'yyyy-jj'}",
            "5:39  mappings[0].columns[1].x.apply.format: no pattern of java.time: Unknown pattern"
                + " letter: j."),
        wrong(
            "apply: {parse: 'yyyy', as: int}",
            "5:50  mappings[0].columns[1].x.apply.as: expected date, time, timestamp or timestamptz,"
                + " found \"int\"."),
        wrong(
            "apply: {json: a.b}",
            "5:37  mappings[0].columns[1].x.apply.json: expected a path: $.address.city, $[0].id or"
                + " $.\"a name\"."),
        wrong(
            "apply: {hash: sha1, salt: '${SALT}'}",
            "5:37  mappings[0].columns[1].x.apply.hash: expected sha256, found \"sha1\"."),
        wrong(
            "apply: {hash: sha256}",
            "5:30  mappings[0].columns[1].x.apply: salt is missing: a secret, ${NAME} or file:NAME,"
                + " without which values could be tried out."),
        wrong(
            "apply: {hash: sha256, salt: hunter2}",
            "5:51  mappings[0].columns[1].x.apply.salt: a salt has 16 characters at least: a shorter"
                + " one can be found out by trying."),
        wrong(
            "apply: {hash: sha256, salt: '${SALTY}'}",
            "5:51  mappings[0].columns[1].x.apply.salt: environment variable SALTY is not set."),
        wrong(
            "apply: {mask: {keepFirst: -1, with: '**'}}",
            "5:49  mappings[0].columns[1].x.apply.mask.keepFirst: expected a whole number up to 1000;"
                + " found \"-1\".",
            "5:59  mappings[0].columns[1].x.apply.mask.with: expected one character."),
        wrong(
            "apply: {cast: 'varchar('}",
            "5:37  mappings[0].columns[1].x.apply.cast: \"varchar(\" is not a type of a PostgreSQL column: it"
                + " should look like varchar(20), numeric(12,2), timestamptz or text[]."));
  }

  @ParameterizedTest
  @MethodSource
  void written(String column, List<String> lines) {
    MigrationException thrown = catchThrowableOfType(MigrationException.class, () -> read(column));

    assertThat(lines(thrown)).containsExactlyElementsOf(lines);
  }

  private static Stream<String> lines(MigrationException thrown) {
    return String.valueOf(thrown.getMessage())
        .lines()
        .skip(1)
        .map(line -> line.replaceFirst("^shop.yaml:", ""));
  }

  static Stream<Arguments> unsuited() {
    return Stream.of(
        wrong(
            "from: id, apply: [trim]",
            "5:41  mappings[0].columns[1].x.apply[0]: trim has nothing to do with integer, which is"
                + " what id gives. Remove it, or put before it what makes a text of that."),
        wrong(
            "from: born, apply: [{format: HH}]",
            "5:43  mappings[0].columns[1].x.apply[0]: {format: HH} has nothing to do with date, which"
                + " is what born gives. Remove it, or put before it what makes a text of that."),
        wrong(
            "from: active, apply: {map: {true: 1, 1: 2, yes: 3, null: 4}}",
            "5:60  mappings[0].columns[1].x.apply.map.1: 1 stands in the map already.",
            "5:66  mappings[0].columns[1].x.apply.map.yes: yes is no value of boolean, which is what"
                + " comes here, so it never fits."),
        wrong(
            "from: email, apply: {map: {a: 1, b: two, c: 70000}, else: {value: x}}, type: smallint",
            "5:56  mappings[0].columns[1].x.apply.map.b: two is no value of smallint, or would be"
                + " rounded or cut.",
            "5:64  mappings[0].columns[1].x.apply.map.c: 70000 is no value of smallint, or would be"
                + " rounded or cut.",
            "5:81  mappings[0].columns[1].x.apply.else: x is no value of smallint, or would be rounded"
                + " or cut."));
  }

  @ParameterizedTest
  @MethodSource
  void unsuited(String column, List<String> lines) {
    MigrationException thrown =
        catchThrowableOfType(
            MigrationException.class,
            () -> MappingResolver.resolve(read(column), SHOP, Sources.TYPES));

    assertThat(lines(thrown)).containsExactlyElementsOf(lines);
  }

  @Test
  void saltsTravelOnlyWhereOthersFindThem() {
    assertThat(read("apply: {hash: sha256, salt: '${SALT}'}").secretsThatStay()).isEmpty();
    assertThat(read("apply: {hash: sha256, salt: hunter2hunter2hunter2}").secretsThatStay())
        .singleElement()
        .asString()
        .startsWith("The salt of mappings[0].columns[1].x.apply is written out")
        .doesNotContain("hunter2");
  }
}
