package dev.landfall.pipelines.spec;

import static dev.landfall.pipelines.spec.Sources.catalog;
import static dev.landfall.pipelines.spec.Sources.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.choose.TypeMapper;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.PgType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules of a spec: which column gets which, and what is a mistake. */
class RulesTest {
  private static final String URLS = "source: mysql://db/shop\ntarget: postgres://pg/shop\n";

  private static final SourceCatalog SHOP =
      catalog(
          table(
              "t",
              List.of("k"),
              "k date NOT NULL",
              "d date NOT NULL",
              "n int",
              "s text NOT NULL",
              "e enum('a','b')",
              "b blob"));

  /** As a migration chooses them. */
  private static final TypeChooser TYPES =
      new TypeChooser() {
        private final TypeMapper mapper = new TypeMapper(Set.of());

        @Override
        public Chosen choose(SourceTable table, SourceColumn column) {
          TypeMapper.Mapped mapped = mapper.map(table, column);
          return new Chosen(mapped.type(), mapped.conversion());
        }

        @Override
        public PgType parse(String type) {
          return PgType.parse(type);
        }

        @Override
        public Optional<Conversion> conversion(SourceColumn column, PgType type) {
          return column.type().fit(type).conversion();
        }

        @Override
        public Optional<String> misfit(SourceColumn column, PgType type) {
          return column.type().fit(type).misfit();
        }
      };

  @TempDir Path directory;

  private List<String> columns(String... lines) throws IOException {
    Path file =
        Files.writeString(directory.resolve("shop.yaml"), URLS + String.join("\n", lines) + "\n");
    Spec spec = SpecReader.read(file, Environment.of(Map.of()));
    return MappingText.describe(MappingResolver.resolve(spec, SHOP, TYPES)).stream()
        .filter(line -> line.matches("shop\\.t\\.[a-z] .*"))
        .map(line -> line.substring(line.indexOf("public.t.") + "public.t.".length()))
        .toList();
  }

  @Test
  void nothingIsSetByDefault() throws IOException {
    assertThat(columns(""))
        .containsExactly(
            "k date NOT NULL through DATE",
            "d date NOT NULL through DATE",
            "n integer",
            "s text NOT NULL through TEXT",
            "e text through TEXT",
            "b bytea through BYTEA");
  }

  @Test
  void theNarrowerLevelWinsAndUselessRulesAreLeftOut() throws IOException {
    assertThat(
            columns(
                "rules: {zeroDate: null, partialDate: {value: 1970-01-01}, nul: strip, range: null}",
                "mappings:",
                "  - table: t",
                "    rules: {nul: {replace: '?'}, emptyEnum: {value: a}}",
                "    columns:",
                "      s: {rules: {nul: null, badText: ~, twiceEncoded: decode}}",
                "      n: {type: smallint, rules: {range: {value: -1}}}"))
        .containsExactly(
            // NULL is no value of a key.
            "k date NOT NULL through DATE, rules {partialDate: {value: 1970-01-01}}",
            "d date through DATE, rules {zeroDate: null, partialDate: {value: 1970-01-01}, range:"
                + " null}",
            "n smallint, rules {range: {value: -1}}",
            "s text through TEXT, rules {nul: null, badText: null, twiceEncoded: decode}",
            "e text through TEXT, rules {nul: {replace: \"?\"}, emptyEnum: {value: a}}",
            "b bytea through BYTEA");
  }

  @Test
  void ifNullTakesTheNulls() throws IOException {
    assertThat(columns(mapping("d: {ifNull: 1970-01-01, rules: {zeroDate: null}}")).get(1))
        .isEqualTo(
            "d date NOT NULL through DATE, NULL becomes '1970-01-01', rules {zeroDate: null}");
    assertThat(columns(mapping("s: {ifNull: '-', rules: {nul: null}}")).get(3))
        .isEqualTo("s text NOT NULL through TEXT, NULL becomes '-', rules {nul: null}");
  }

  @Test
  void bytesMakesTextsBytea() throws IOException {
    assertThat(columns("rules: {badText: bytes}").subList(3, 6))
        .containsExactly(
            "s bytea NOT NULL through BYTEA, rules {badText: bytes}",
            "e text through TEXT",
            "b bytea through BYTEA");
  }

  private static String mapping(String column) {
    return "mappings:\n  - table: t\n    columns:\n      " + column;
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        wrong(
            "unknown names and words",
            "rules: {zerodate: null, nul: stripe, badText: replaced}",
            "3:9  rules.zerodate: unknown key. Did you mean \"zeroDate\"?",
            "3:30  rules.nul: expected refuse, null, {value: …}, strip, {replace: …} or bytes; found"
                + " \"stripe\". Did you mean \"strip\"?",
            "3:47  rules.badText: expected refuse, null, {value: …}, strip, {replace: …} or bytes;"
                + " found \"replaced\"."),
        wrong(
            "words of other kinds",
            "rules: {zeroDate: strip, twiceEncoded: {value: x}, emptyEnum: [a], range: value}",
            "3:19  rules.zeroDate: expected refuse, null or {value: …}; found \"strip\".",
            "3:40  rules.twiceEncoded: expected keep or decode; found a map.",
            "3:63  rules.emptyEnum: expected refuse, null, {value: …} or keep; found a list.",
            "3:75  rules.range: expected refuse, null or {value: …}; found \"value\"."),
        wrong(
            "values that are none",
            "rules: {zeroDate: {value: null}, nul: {replace: \"a\\0\"}, partialDate: {valeu: x}}",
            "3:27  rules.zeroDate.value: for NULL write `zeroDate: null`.",
            "3:49  rules.nul.replace: PostgreSQL's texts can't hold a NUL character.",
            "3:71  rules.partialDate.valeu: unknown key. Did you mean \"value\"?"),
        wrong(
            "a value that is none of the column's type",
            "rules: {zeroDate: {value: never}}",
            "3:19  rules.zeroDate: for shop.t.k: \"never\" is no value of date, or would be rounded.",
            "3:19  rules.zeroDate: for shop.t.d: \"never\" is no value of date, or would be rounded."),
        wrong(
            "rules of a column that are of no use there",
            mapping("n: {rules: {zeroDate: null}}"),
            "6:29  mappings[0].columns.n.rules.zeroDate: column shop.t.n (int to integer) has no"
                + " values of the kind \"zero date\", so the rule never applies. Remove it."),
        wrong(
            "NULL in a key",
            mapping("k: {rules: {zeroDate: null}}"),
            "6:29  mappings[0].columns.k.rules.zeroDate: column shop.t.k belongs to the key of shop.t"
                + " and can't be NULL. Choose another outcome."),
        wrong(
            "bytes in another type",
            mapping("s: {type: text, rules: {nul: bytes}}"),
            "6:36  mappings[0].columns.s.rules.nul: bytes makes the column bytea, not text. Leave the"
                + " type out."),
        wrong(
            "NUL in a column of bytes",
            mapping("s: {type: bytea, rules: {nul: strip}}"),
            "6:37  mappings[0].columns.s.rules.nul: column shop.t.s (text to bytea) has no values of"
                + " the kind \"NUL character\", so the rule never applies. Remove it."),
        wrong(
            "a constant with rules",
            mapping("x: {constant: 1, rules: {nul: strip}}"),
            "6:10  mappings[0].columns.x: a constant can't have rules beside it."),
        wrong(
            "a type that is too narrow",
            mapping("n: {type: smallint}"),
            "6:17  mappings[0].columns.n.type: values of shop.t.n (int) can't become smallint without"
                + " loss: smallint is narrower than the source's int. Choose another type, leave the"
                + " type out, or say with `rules: {range: …}` what becomes of values that do not"
                + " fit."),
        wrong(
            "a column read in two ways",
            """
            mappings:
              - table: t
                split:
                  - {to: x, columns: [k, s: {rules: {nul: bytes}}]}
                  - {to: y, columns: [k, s]}
            """
                .strip(),
            "4:12  mappings[0].table: column shop.t.s becomes bytea in one target by its rules and a"
                + " text in another. Give it the same rules in both."));
  }

  private static Arguments wrong(String what, String yaml, String... lines) {
    return Arguments.of(what, yaml, Arrays.asList(lines));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void mistakesAreTold(String what, String yaml, List<String> lines) {
    MigrationException thrown = catchThrowableOfType(MigrationException.class, () -> columns(yaml));

    assertThat(thrown.kind()).as(what).isEqualTo(MigrationException.Kind.USAGE);
    Path file = directory.resolve("shop.yaml");
    assertThat(String.valueOf(thrown.getMessage()).lines().skip(1))
        .containsExactlyElementsOf(lines.stream().map(line -> file + ":" + line).toList());
  }
}
