package dev.landfall.transforms.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.Policy;
import dev.landfall.transforms.model.Policy.Outcome;
import dev.landfall.transforms.model.Rules;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceIndex;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.ValueSource;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.PgType;
import dev.landfall.transforms.value.Rows;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of odd value against each outcome: what is loaded, counted, and said. */
class OddValuesTest {
  /** A value of the source in ISO-8859-1, so that each character is a byte. */
  private static Arguments odd(
      String source, String type, String value, Map<OddValue, Policy> rules, String expected) {
    return arguments(source, type, value, rules, expected);
  }

  private static Map<OddValue, Policy> rule(OddValue odd, Outcome outcome) {
    return Map.of(odd, Policy.of(outcome));
  }

  private static Map<OddValue, Policy> value(OddValue odd, String value) {
    return Map.of(odd, new Policy(Outcome.VALUE, value));
  }

  private static Map<OddValue, Policy> replace(OddValue odd, String value) {
    return Map.of(odd, new Policy(Outcome.REPLACE, value));
  }

  private static final Map<OddValue, Policy> NONE = Map.of();

  /** As the source reads a text of cp1251 whose byte 98 is no character. */
  private static final String MARKED = "\u00ffa??b\u0001\u00ffa\u0001?b\u0001\u00ffa?\u0098b";

  static Stream<Arguments> values() {
    return Stream.of(
        // ---- dates
        odd("date", "date", "0000-00-00", NONE, "NULL · zero date → NULL"),
        odd(
            "date NOT NULL",
            "date",
            "0000-00-00",
            NONE,
            "reject: zero date 0000-00-00, which PostgreSQL does not know, in a column that is NOT"
                + " NULL; `rules: {zeroDate: null}` would load NULL and let the column be NULL"),
        odd(
            "date",
            "date",
            "0000-00-00",
            rule(OddValue.ZERO_DATE, Outcome.REFUSE),
            "reject: zero date 0000-00-00, which PostgreSQL does not know; `rules: {zeroDate:"
                + " null}` would load NULL"),
        odd(
            "date",
            "date",
            "0000-00-00",
            value(OddValue.ZERO_DATE, "1970-01-01"),
            "1970-01-01 · zero date → 1970-01-01"),
        odd("datetime", "timestamp(0)", "0000-00-00 00:00:00", NONE, "NULL · zero date → NULL"),
        odd(
            "datetime",
            "timestamp(0)",
            "0000-00-00 10:00:00",
            NONE,
            "reject: partial date 0000-00-00 10:00:00, which PostgreSQL does not know; `rules:"
                + " {partialDate: null}` would load NULL"),
        odd(
            "date",
            "date",
            "2020-00-10",
            NONE,
            "reject: partial date 2020-00-10, which PostgreSQL does not know; `rules: {partialDate:"
                + " null}` would load NULL"),
        odd(
            "date",
            "date",
            "2020-10-00",
            rule(OddValue.PARTIAL_DATE, Outcome.NULL),
            "NULL · partial date → NULL"),
        odd(
            "date",
            "date",
            "2020-10-00",
            value(OddValue.PARTIAL_DATE, "2020-10-01"),
            "2020-10-01 · partial date → 2020-10-01"),
        odd("date", "date", "2021-02-30", NONE, "2021-02-30"),
        odd(
            "date",
            "date",
            "2021-02-30",
            rule(OddValue.IMPOSSIBLE_DATE, Outcome.REFUSE),
            "reject: impossible date 2021-02-30, which PostgreSQL does not know; `rules:"
                + " {impossibleDate: null}` would load NULL"),
        odd(
            "date",
            "date",
            "2021-02-30",
            rule(OddValue.IMPOSSIBLE_DATE, Outcome.NULL),
            "NULL · impossible date → NULL"),
        odd(
            "datetime",
            "timestamp(0)",
            "2021-04-31 01:02:03",
            value(OddValue.IMPOSSIBLE_DATE, "2021-05-01 00:00:00"),
            "2021-05-01 00:00:00 · impossible date → 2021-05-01 00:00:00"),
        odd(
            "date",
            "date",
            "1900-02-29",
            rule(OddValue.IMPOSSIBLE_DATE, Outcome.NULL),
            "NULL · impossible date → NULL"),
        odd(
            "date",
            "date",
            "2000-02-29",
            rule(OddValue.IMPOSSIBLE_DATE, Outcome.NULL),
            "2000-02-29"),
        odd("date", "date", "0000-05-05", NONE, "0000-05-05"),
        odd(
            "date",
            "date",
            "0000-05-05",
            rule(OddValue.OUT_OF_RANGE, Outcome.NULL),
            "NULL · out of range → NULL"),
        odd(
            "date",
            "date",
            "0000-05-05",
            value(OddValue.OUT_OF_RANGE, "0001-01-01"),
            "0001-01-01 · out of range → 0001-01-01"),
        odd(
            "date",
            "date",
            "0000-05-05",
            rule(OddValue.OUT_OF_RANGE, Outcome.REFUSE),
            "reject: date 0000-05-05 of the year 0, which PostgreSQL does not know; `rules: {range:"
                + " null}` would load NULL"),
        // ---- NUL
        odd("varchar(9)", "varchar(9)", "a\0b", NONE, "a\0b"),
        odd(
            "varchar(9)",
            "varchar(9)",
            "a\0b",
            rule(OddValue.NUL, Outcome.NULL),
            "NULL · NUL character → NULL"),
        odd(
            "varchar(9)",
            "varchar(9)",
            "a\0b",
            value(OddValue.NUL, "none"),
            "none · NUL character → none"),
        odd(
            "varchar(9)",
            "varchar(9)",
            "a\0b\0",
            rule(OddValue.NUL, Outcome.STRIP),
            "ab · NUL character → stripped"),
        odd(
            "varchar(9)",
            "varchar(9)",
            "a\0b\0",
            replace(OddValue.NUL, "-"),
            "a-b- · NUL character → \"-\""),
        odd("varchar(9)", "bytea", "a\0b", rule(OddValue.NUL, Outcome.BYTES), "\\x610062"),
        odd(
            "set('a','b')",
            "text[]",
            "a,b\0",
            rule(OddValue.NUL, Outcome.STRIP),
            "{\"a\",\"b\"} · NUL character → stripped"),
        // ---- bad bytes that arrive as they are
        odd("text", "text", "a\u00e4b", NONE, "a\u00e4b"),
        odd(
            "text",
            "text",
            "a\u00e4b",
            rule(OddValue.BAD_TEXT, Outcome.NULL),
            "NULL · bad bytes → NULL"),
        odd(
            "text",
            "text",
            "a\u00e4b",
            value(OddValue.BAD_TEXT, "none"),
            "none · bad bytes → none"),
        odd(
            "text",
            "text",
            "\u00c3\u00a4\u00e4b\u00ff\u00e2\u0082",
            rule(OddValue.BAD_TEXT, Outcome.STRIP),
            "\u00c3\u00a4b · bad bytes → stripped"),
        odd(
            "text",
            "text",
            "\u00c3\u00a4\u00e4b\u00ff\u00e2\u0082",
            replace(OddValue.BAD_TEXT, "?"),
            "\u00c3\u00a4?b?? · bad bytes → \"?\""),
        odd(
            "text",
            "text",
            "\u00ed\u00a0\u0080",
            replace(OddValue.BAD_TEXT, "?"),
            "??? · bad bytes → \"?\""),
        odd("text", "bytea", "a\u00e4", rule(OddValue.BAD_TEXT, Outcome.BYTES), "\\x61e4"),
        // ---- bad bytes that the source could not convert
        odd(
            "text cp1251",
            "text",
            MARKED,
            NONE,
            "reject: bytes that are no text of the character set cp1251 (\\x613f9862); `rules:"
                + " {badText: strip}` would leave them out"),
        odd(
            "text cp1251",
            "text",
            MARKED,
            rule(OddValue.BAD_TEXT, Outcome.NULL),
            "NULL · bad bytes → NULL"),
        odd(
            "text cp1251",
            "text",
            MARKED,
            value(OddValue.BAD_TEXT, "none"),
            "none · bad bytes → none"),
        odd(
            "text cp1251",
            "text",
            MARKED,
            rule(OddValue.BAD_TEXT, Outcome.STRIP),
            "a?b · bad bytes → stripped"),
        odd(
            "text cp1251",
            "text",
            MARKED,
            replace(OddValue.BAD_TEXT, "[]"),
            "a?[]b · bad bytes → \"[]\""),
        odd(
            "text cp1251",
            "bytea",
            MARKED,
            NONE,
            "reject: bytes that are no text of the character set cp1251 (\\x613f9862); `rules:"
                + " {badText: strip}` would leave them out"),
        odd(
            "text cp1251",
            "bytea",
            MARKED,
            rule(OddValue.BAD_TEXT, Outcome.STRIP),
            "\\x613f62 · bad bytes → stripped"),
        odd(
            "text cp1251",
            "text",
            "\u00ff",
            rule(OddValue.BAD_TEXT, Outcome.STRIP),
            "reject: bytes that are no text of the character set cp1251, too many for the source's"
                + " max_allowed_packet; the source does not tell which of its bytes are no text, so"
                + " nothing can be taken out of it: `rules: {badText: {value: …}}` would load a"
                + " value of yours"),
        // A real U+0001 at the end stays; half a character behind it does not.
        odd(
            "text gbk",
            "text",
            "\u00ffa\u0001?\u00ffa\u0001?\u00ffa\u0001\u0081",
            replace(OddValue.BAD_TEXT, "!"),
            "a\u0001! · bad bytes → \"!\""),
        odd(
            "text ucs2",
            "text",
            "\u00ff\u00ff\u00ff\u0000a\u00d8=\u0000b",
            replace(OddValue.BAD_TEXT, "!"),
            "a!b · bad bytes → \"!\""),
        odd(
            "text utf32",
            "text",
            "\u00ff\u00ff\u00ff\0\0\0a\0\u0011\0\0\0\0\0b",
            rule(OddValue.BAD_TEXT, Outcome.STRIP),
            "ab · bad bytes → stripped"),
        // ---- encoded twice
        odd("text", "text", "M\u00c3\u0083\u00c2\u00bcller", NONE, "M\u00c3\u0083\u00c2\u00bcller"),
        odd(
            "text",
            "text",
            "M\u00c3\u0083\u00c2\u00bcller",
            rule(OddValue.TWICE_ENCODED, Outcome.DECODE),
            "M\u00c3\u00bcller · twice encoded → decoded"),
        odd(
            "text",
            "text",
            "M\u00c3\u00bcller",
            rule(OddValue.TWICE_ENCODED, Outcome.DECODE),
            "M\u00c3\u00bcller"),
        odd("text", "text", "Miller", rule(OddValue.TWICE_ENCODED, Outcome.DECODE), "Miller"),
        // The euro sign of UTF-8, e2 82 ac, by way of cp1252: â‚¬.
        odd(
            "text",
            "text",
            "\u00c3\u00a2\u00e2\u0080\u009a\u00c2\u00ac",
            rule(OddValue.TWICE_ENCODED, Outcome.DECODE),
            "\u00e2\u0082\u00ac · twice encoded → decoded"),
        // ---- index 0 of an enum
        odd("enum('a','b')", "text", "", NONE, " · enum index 0 → kept"),
        odd("enum('a','')", "text", "", NONE, ""),
        odd("enum('a','''')", "text", "", NONE, " · enum index 0 → kept"),
        odd(
            "enum('a','b')",
            "text",
            "",
            rule(OddValue.EMPTY_ENUM, Outcome.NULL),
            "NULL · enum index 0 → NULL"),
        odd("enum('a','b')", "text", "", value(OddValue.EMPTY_ENUM, "a"), "a · enum index 0 → a"),
        odd(
            "enum('a','b')",
            "text",
            "",
            rule(OddValue.EMPTY_ENUM, Outcome.REFUSE),
            "reject: empty text at index 0 of the enum, which stands for a wrong value; `rules:"
                + " {emptyEnum: keep}` would keep it"),
        // ---- range
        odd(
            "varchar(9)",
            "varchar(3)",
            "abcd",
            rule(OddValue.OUT_OF_RANGE, Outcome.REFUSE),
            "reject: value abcd, which does not fit varchar(3); `rules: {range: null}` would load"
                + " NULL"),
        odd(
            "varchar(9)",
            "varchar(3)",
            "abc ",
            rule(OddValue.OUT_OF_RANGE, Outcome.NULL),
            "NULL · out of range → NULL"),
        odd("varchar(9)", "varchar(3)", "abc", rule(OddValue.OUT_OF_RANGE, Outcome.NULL), "abc"),
        odd(
            "int",
            "smallint",
            "40000",
            value(OddValue.OUT_OF_RANGE, "-1"),
            "-1 · out of range → -1"),
        odd("int", "smallint", "-32768", rule(OddValue.OUT_OF_RANGE, Outcome.NULL), "-32768"),
        odd("decimal(10,2)", "integer", "12.00", rule(OddValue.OUT_OF_RANGE, Outcome.NULL), "12"),
        odd(
            "decimal(10,2)",
            "integer",
            "12.50",
            rule(OddValue.OUT_OF_RANGE, Outcome.NULL),
            "NULL · out of range → NULL"),
        odd(
            "decimal(10,3)",
            "numeric(5,2)",
            "1.250",
            rule(OddValue.OUT_OF_RANGE, Outcome.NULL),
            "1.250"),
        odd(
            "decimal(10,3)",
            "numeric(5,2)",
            "1.255",
            rule(OddValue.OUT_OF_RANGE, Outcome.REFUSE),
            "reject: value 1.255, which does not fit numeric(5,2); `rules: {range: null}` would"
                + " load NULL"),
        odd(
            "decimal(10,3)",
            "numeric(5,2)",
            "1000",
            rule(OddValue.OUT_OF_RANGE, Outcome.NULL),
            "NULL · out of range → NULL"),
        odd("double", "real", "0.5", rule(OddValue.OUT_OF_RANGE, Outcome.NULL), "0.5"),
        odd(
            "double",
            "real",
            "0.1",
            rule(OddValue.OUT_OF_RANGE, Outcome.NULL),
            "NULL · out of range → NULL"),
        odd(
            "double",
            "real",
            "1e300",
            rule(OddValue.OUT_OF_RANGE, Outcome.NULL),
            "NULL · out of range → NULL"),
        odd(
            "bigint",
            "double precision",
            "9007199254740993",
            rule(OddValue.OUT_OF_RANGE, Outcome.NULL),
            "NULL · out of range → NULL"),
        odd(
            "datetime(6)",
            "timestamp(3)",
            "2020-01-01 00:00:00.123000",
            rule(OddValue.OUT_OF_RANGE, Outcome.NULL),
            "2020-01-01 00:00:00.123000"),
        odd(
            "datetime(6)",
            "timestamp(3)",
            "2020-01-01 00:00:00.123400",
            rule(OddValue.OUT_OF_RANGE, Outcome.NULL),
            "NULL · out of range → NULL"),
        odd(
            "datetime",
            "date",
            "2020-01-01 00:00:00",
            rule(OddValue.OUT_OF_RANGE, Outcome.NULL),
            "2020-01-01"),
        odd(
            "datetime",
            "date",
            "2020-01-01 00:00:01",
            rule(OddValue.OUT_OF_RANGE, Outcome.NULL),
            "NULL · out of range → NULL"),
        odd("time", "time", "24:00:00", rule(OddValue.OUT_OF_RANGE, Outcome.NULL), "24:00:00"),
        odd(
            "time",
            "time",
            "-01:00:00",
            rule(OddValue.OUT_OF_RANGE, Outcome.NULL),
            "NULL · out of range → NULL"),
        odd(
            "time",
            "time",
            "838:59:59",
            rule(OddValue.OUT_OF_RANGE, Outcome.NULL),
            "NULL · out of range → NULL"),
        odd(
            "tinyint(1)",
            "boolean",
            "2",
            rule(OddValue.OUT_OF_RANGE, Outcome.NULL),
            "NULL · out of range → NULL"),
        odd(
            "int unsigned",
            "integer",
            "4294967295",
            rule(OddValue.OUT_OF_RANGE, Outcome.NULL),
            "NULL · out of range → NULL"),
        // ---- one after another
        odd(
            "text",
            "text",
            "a\0\u00ffb",
            Map.of(
                OddValue.NUL,
                Policy.of(Outcome.STRIP),
                OddValue.BAD_TEXT,
                Policy.of(Outcome.STRIP)),
            "ab · NUL character → stripped · bad bytes → stripped"));
  }

  @ParameterizedTest(name = "{0} to {1}: {2} with {3}")
  @MethodSource("values")
  void outcome(
      String declared, String type, String value, Map<OddValue, Policy> rules, String expected) {
    SourceColumn source = column("v", declared);
    TableMapping mapping = mapping(source, type, new Rules(rules), null);

    assertThat(converted(mapping, value)).isEqualTo(expected);
  }

  @Test
  void nullBecomesWhatTheColumnHasForNull() {
    TableMapping mapping =
        mapping(column("v", "date NOT NULL"), "date", Rules.DEFAULTS, "1970-01-01");

    assertThat(converted(mapping, "0000-00-00")).isEqualTo("1970-01-01 · zero date → 1970-01-01");
  }

  @Test
  void nullIsRefusedWhereTheTargetHasNone() {
    SourceColumn source = column("v", "varchar(9) NOT NULL");
    TableMapping mapping =
        mapping(source, "varchar(9)", new Rules(rule(OddValue.NUL, Outcome.NULL)), null);

    assertThat(converted(mapping, "\0"))
        .isEqualTo(
            "reject: NUL character at byte 1 of a text, which PostgreSQL's texts can't hold;"
                + " `rules: {nul: null}` can't load NULL, because the target's column is NOT NULL;"
                + " `nullable: true` for the column would let it be");
  }

  @Test
  void usesInRowsThatBecomeRejectsDoNotCount() {
    List<SourceColumn> columns =
        List.of(column("id", "int NOT NULL"), column("a", "date"), column("b", "date"));
    TableMapping mapping =
        mapping(
            columns,
            columns.stream()
                .map(
                    c ->
                        mapped(
                            c,
                            columns.indexOf(c),
                            c.name().equals("id") ? "integer" : "date",
                            Rules.DEFAULTS,
                            null))
                .toList());
    Rows.Builder rows = Rows.builder(3);
    List.of(
            "1",
            "0000-00-00",
            "0000-00-00",
            "2",
            "0000-00-00",
            "2020-00-01",
            "3",
            "2020-01-01",
            "0000-00-00")
        .forEach(rows::addText);

    ConvertedBatch converted =
        new TableConverter(mapping).convert(new RowBatch(0, 0, 0, true, rows.build()));

    assertThat(converted.rejects()).extracting(Reject::key).containsExactly(Map.of("id", "2"));
    assertThat(converted.dispositions())
        .extracting(d -> d.column() + " " + d.rule() + " " + rows(d))
        .containsExactly("a zero date → NULL [0]", "b zero date → NULL [0, 2]");
  }

  private static List<Integer> rows(Disposition disposition) {
    return java.util.stream.IntStream.range(0, disposition.size())
        .mapToObj(disposition::row)
        .toList();
  }

  // ---- the outcome of one value as a text

  private static String converted(TableMapping mapping, String value) {
    Rows.Builder rows = Rows.builder(2);
    rows.addText("1").add(value.getBytes(StandardCharsets.ISO_8859_1));
    ConvertedBatch converted =
        new TableConverter(mapping).convert(new RowBatch(0, 0, 0, true, rows.build()));
    if (!converted.rejects().isEmpty()) {
      assertThat(converted.dispositions()).isEmpty();
      assertThat(converted.targets().get(0).size()).isZero();
      return "reject: " + converted.rejects().get(0).reason();
    }
    byte[] loaded = converted.targets().get(0).value(0, 1);
    StringBuilder shown =
        new StringBuilder(
            loaded == null ? "NULL" : new String(loaded, StandardCharsets.ISO_8859_1));
    converted.dispositions().stream().map(d -> " · " + d.rule()).sorted().forEach(shown::append);
    return shown.toString();
  }

  private static TableMapping mapping(
      SourceColumn source, String type, Rules rules, @Nullable String ifNull) {
    SourceColumn id = column("id", "int NOT NULL");
    return mapping(
        List.of(id, source),
        List.of(
            mapped(id, 0, "integer", Rules.DEFAULTS, null),
            mapped(source, 1, type, rules, ifNull)));
  }

  private static TableMapping mapping(List<SourceColumn> columns, List<ColumnMapping> mapped) {
    SourceIndex key =
        new SourceIndex(
            SourceIndex.PRIMARY,
            true,
            "BTREE",
            List.of(new SourceIndex.Part("id", null, null, false)));
    return new TableMapping(
        new SourceTable(
            new TableName("shop", "t"), columns, List.of(key), List.of(), null, "", 1, 1),
        columns,
        List.of(new TargetTable(new TableName("public", "t"), mapped, List.of("id"), false)));
  }

  private static ColumnMapping mapped(
      SourceColumn source, int position, String type, Rules rules, @Nullable String ifNull) {
    Conversion conversion =
        source
            .type()
            .fit(PgType.parse(type))
            .conversion()
            .or(() -> source.type().narrowedTo(PgType.parse(type)))
            .orElseThrow();
    return new ColumnMapping(
        source.name(),
        PgType.parse(type),
        source.nullable(),
        new ValueSource.Column(position),
        conversion,
        ifNull,
        rules,
        null);
  }

  /** A column written as {@code type [character set] [NOT NULL]}. */
  private static SourceColumn column(String name, String declared) {
    boolean nullable = !declared.endsWith(" NOT NULL");
    String type = declared.replace(" NOT NULL", "");
    @Nullable String set =
        Stream.of("cp1251", "gbk", "ucs2", "utf32").filter(type::endsWith).findFirst().orElse(null);
    if (set != null) {
      type = type.substring(0, type.length() - set.length() - 1);
    }
    String base = type.replaceFirst("[( ].*", "");
    Integer[] numbers =
        type.matches("\\w+\\([\\d,]+\\).*")
            ? Arrays.stream(type.replaceAll("^\\w+\\(|\\).*", "").split(",", -1))
                .map(Integer::valueOf)
                .toArray(Integer[]::new)
            : new Integer[0];
    Integer first = numbers.length > 0 ? numbers[0] : null;
    boolean timed = base.startsWith("datetime") || base.equals("time");
    return new SourceColumn(
        name,
        base,
        type,
        nullable,
        null,
        false,
        false,
        null,
        set != null ? set : base.matches(".*char|text|enum|set") ? "utf8mb4" : null,
        null,
        first == null ? null : Long.valueOf(first),
        base.equals("decimal") ? first : null,
        numbers.length > 1 ? numbers[1] : null,
        timed ? Objects.requireNonNullElse(first, 0) : null,
        false,
        "");
  }
}
