package dev.landfall.transforms.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.landfall.transforms.types.PgType;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each operator makes of which value, or why it makes none. */
class OperatorsTest {
  private static final String NONE = "NULL";
  private static final String SALT = "a salt of some length";

  /**
   * A row of the table for each pair of texts: what comes, and what is made of it or {@code ! why
   * not}. Before the pairs the type, where that is not text.
   */
  private static Stream<Arguments> of(Operator operator, String... texts) {
    boolean typed = texts.length % 2 == 1;
    String type = typed ? texts[0] : "text";
    List<Arguments> rows = new ArrayList<>();
    for (int i = typed ? 1 : 0; i < texts.length; i += 2) {
      rows.add(arguments(operator, type, texts[i], texts[i + 1]));
    }
    if (!(operator instanceof ValueMap)) {
      rows.add(arguments(operator, type, null, NONE));
    }
    return rows.stream();
  }

  private static ValueMap map(ValueMap.Unknown unknown, @Nullable String... pairs) {
    Map<@Nullable String, @Nullable String> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return new ValueMap(map, unknown, unknown == ValueMap.Unknown.VALUE ? "other" : null);
  }

  private static Hash.Salt salt(String text) {
    return () -> text;
  }

  private static JsonPath json(String path) {
    return JsonPath.of(path).orElseThrow();
  }

  static Stream<Arguments> values() {
    return Stream.of(
            of(
                new Trim(),
                "  a b\t\r\n",
                "a b",
                "\u00a0\u3000é\u2003",
                "é",
                "",
                "",
                " \u001f ",
                ""),
            of(new Collapse(), " a \t b\u00a0\u00a0ü ", "a b ü", "a  b", "a b", "", "", " ", ""),
            of(new Lower(), "ÀBC", "àbc", "İ", "i̇", "ABC z[@`{", "abc z[@`{"),
            of(new Upper(), "straße", "STRASSE", "éx", "ÉX", "abz {`@[", "ABZ {`@["),
            of(new EmptyToNull(false), "", NONE, " ", " ", "a", "a"),
            of(new EmptyToNull(true), "", NONE, " \t\u00a0", NONE, " a", " a"),
            of(new Digits(), "+49 (0)30-12 34", "490301234", "٣٤ und ５6", "6", "none", ""),
            of(new Normalize(Form.NFC), "e\u0301", "é", "a", "a"),
            of(new Normalize(Form.NFD), "é", "e\u0301"),
            of(new Normalize(Form.NFKC), "ﬁ①", "fi1"),
            of(new Normalize(Form.NFKD), "é½", "e\u03011\u20442"),
            of(new Replace("a.", "\\$1"), "a.ba.ab", "\\$1b\\$1ab", "axb", "axb", "", ""),
            of(new Replace("-", ""), "1-2-3", "123"),
            of(
                new ReplacePattern("(\\d+)-(?P<b>\\d+)", "${b}/$1"),
                "1-2, 34-5",
                "2/1, 5/34",
                "a",
                "a"),
            of(new ReplacePattern("^\\s*$", "?"), "  ", "?", "", "?", "a", "a"),
            of(new ReplacePattern("[$]", "\\$\\\\"), "$", "$\\"),
            of(new ReplacePattern("(a*)*b", ""), "a".repeat(5000), "a".repeat(5000)),
            of(new Part(1, ",", 0), "a,b,c", "a", "a", "a", "", "", ",b", ""),
            of(new Part(2, ", ", 0), "a, b, c", "b", "a,b", NONE, "", NONE, "a, ", ""),
            of(new Part(-1, ",", 0), "a,b,c", "c", "a", "a", "a,", ""),
            of(new Part(-3, ",", 0), "a,b,c", "a", "a,b", NONE),
            of(new Part(2, " ", 2), "Anna Maria Lee", "Maria Lee", "Anna", NONE),
            of(new Part(-1, " ", 2), "Anna Maria Lee", "Maria Lee", "Anna", "Anna"),
            of(new Part(3, " ", 2), "Anna Maria Lee", NONE),
            of(new Substring(1, 3), "abcdef", "abc", "ab", "ab", "", "", "😀b😀d", "😀b😀"),
            of(new Substring(3, null), "abcdef", "cdef", "ab", "", "äb😀d", "😀d"),
            of(new Substring(-4, null), "abcdef", "cdef", "abc", "abc"),
            of(new Substring(-4, 2), "abcdef", "cd", "äbcdef", "cd"),
            of(new Mask(1, 4, "*"), "4111222233334444", "4***********4444", "12345", "*****"),
            of(new Mask(0, 2, "•"), "😀😀a", "•😀a", "", "", "a", "•"),
            of(
                new MaskEmail(),
                "ann@example.com",
                "a***@example.com",
                "a@b",
                "***@b",
                "@b",
                "***@b",
                "nobody",
                "***",
                "x@y@z",
                "x***@z",
                "😀a@b",
                "😀***@b"),
            dates(),
            of(
                json("$.a.b[1]"),
                "jsonb",
                "{\"a\": {\"b\": [1, 2.50e+3]}}",
                "2.50e+3",
                "{\"a\": {\"b\": [1]}}",
                NONE,
                "{\"a\": null}",
                NONE,
                "[1]",
                NONE,
                "{\"a\": {\"b\": [0, {\"c\":  [ 1.10 ] }]}}",
                "{\"c\":  [ 1.10 ] }",
                "{\"a\": {\"b\": [0, null]}}",
                NONE,
                "{\"a\": {\"b\": [0, true]}}",
                "true",
                "{\"a\": {\"b\": [0, \"\\u00e9\\\"\"]}}",
                "é\"",
                "{\"a\": {\"b\": [0, \"\\ud800\"]}}",
                "! the text at $.a.b[1] has half a character",
                "{\"a\": {\"b\": [0, 1]}, \"a\": {\"b\": [0, 2]}}",
                "2",
                "{\"a\": {\"b\": [0, 1]}, \"a\": 1}",
                NONE,
                "{\"a\": {\"b\": [0, 123456789012345678901234567890.10]}}",
                "123456789012345678901234567890.10",
                "",
                "! the text is no JSON: there is nothing",
                "{} {}",
                "! the text is no JSON: there is more behind the value"),
            of(json("$"), " [1, 2] ", "[1, 2]", "\"x\"", "x", "7", "7"),
            of(json("$.\"a b\"['c.d']"), "{\"a b\": {\"c.d\": 1}}", "1"),
            // RFC 4231, 4.3 has the same with a shorter key; this is what pgcrypto's hmac gives.
            of(
                new Hash(salt(SALT)),
                "ann@example.com",
                hmac("ann@example.com"),
                "é",
                hmac("é"),
                "",
                hmac("")),
            of(new Round(2), "numeric(10,4)", "1.2350", "1.24", "-1.235", "-1.24", "7", "7"),
            of(new Round(0), "numeric", "0.5", "1", "1e3", "1000", "2.5E-1", "0"),
            of(
                new Round(1),
                "double precision",
                "0.25",
                "0.3",
                "x",
                "! \"x\" is no number that can" + " be rounded"),
            of(
                new Cast(PgType.parse("integer")),
                "007",
                "7",
                "7.5",
                "! \"7.5\" is no value of integer, or would be rounded or cut",
                "9999999999",
                "! \"9999999999\" is no value of integer, or would be rounded or cut"),
            of(
                new Cast(PgType.parse("varchar(2)")),
                "integer",
                "12",
                "12",
                "123",
                "! \"123\" is no value of varchar(2), or would be rounded or cut"),
            of(new Cast(PgType.parse("text")), "boolean", "1", "true", "f", "false"),
            of(new Cast(PgType.parse("integer")), "boolean", "t", "1", "0", "0"),
            maps())
        .flatMap(rows -> rows);
  }

  private static Stream<Arguments> dates() {
    return Stream.of(
            of(new DatePart(DatePart.Field.YEAR), "date", "2024-02-29", "2024", "0099-12-31", "99"),
            of(
                new DatePart(DatePart.Field.QUARTER),
                "date",
                "2024-04-01",
                "2",
                "2023-02-29",
                "! \"2023-02-29\" is no date",
                "2024-00-10",
                "! \"2024-00-10\" is no date"),
            of(new DatePart(DatePart.Field.MONTH), "timestamp", "2024-02-29 00:00:00", "2"),
            of(new DatePart(DatePart.Field.WEEK), "date", "2024-12-30", "1", "2021-01-03", "53"),
            of(new DatePart(DatePart.Field.DAY), "date", "2024-02-09", "9"),
            of(new DatePart(DatePart.Field.DAY_OF_WEEK), "date", "2024-02-29", "4"),
            of(new DatePart(DatePart.Field.DAY_OF_YEAR), "date", "2024-12-31", "366"),
            of(new DatePart(DatePart.Field.HOUR), "timestamp", "2024-02-29 23:05:06.5", "23"),
            of(
                new DatePart(DatePart.Field.MINUTE),
                "time",
                "23:05:06",
                "5",
                "24:00:00",
                "! \"24:00:00\" is no time of day"),
            of(new DatePart(DatePart.Field.SECOND), "timestamptz", "2024-02-29 23:05:06.9+00", "6"),
            of(
                new FormatTime("dd.MM.yyyy"),
                "date",
                "2024-02-09",
                "09.02.2024",
                "2023-02-29",
                "! \"2023-02-29\" is no date"),
            of(new FormatTime("MMM MMMM EEEE"), "date", "2024-02-09", "Feb February Friday"),
            of(new FormatTime("HH:mm:ss.SSS"), "time", "01:02:03.4", "01:02:03.400"),
            of(
                new FormatTime("yyyy-MM-dd'T'HH:mmXXX"),
                "timestamptz",
                "2024-02-09 01:02:03",
                "2024-02-09T01:02Z"),
            of(
                new ParseTime("dd.MM.yyyy", PgType.parse("date")),
                "29.02.2024",
                "2024-02-29",
                "29.02.2023",
                "! \"29.02.2023\" is no date by the pattern dd.MM.yyyy",
                "1.1.2024",
                "! \"1.1.2024\" is no date by the pattern dd.MM.yyyy",
                "01.01.2024 ",
                "! \"01.01.2024 \" is no date by the pattern dd.MM.yyyy",
                "00.00.0000",
                "! \"00.00.0000\" is no date by the pattern dd.MM.yyyy"),
            of(
                new ParseTime("d MMM uuuu", PgType.parse("date")),
                "1 feb 2024",
                "2024-02-01",
                "1 Feb 0000",
                "! \"1 Feb 0000\" is no date by the pattern \"d MMM uuuu\""),
            of(
                new ParseTime("yyyyMMddHHmmss", PgType.parse("timestamp")),
                "20240229010203",
                "2024-02-29 01:02:03",
                "20240229250203",
                "! \"20240229250203\" is no timestamp by the pattern yyyyMMddHHmmss"),
            of(
                new ParseTime("yyyy-MM-dd HH:mm:ss.SSSSSSS", PgType.parse("timestamp")),
                "2024-02-29 01:02:03.1234560",
                "2024-02-29 01:02:03.123456",
                "2024-02-29 01:02:03.1234567",
                "! \"2024-02-29 01:02:03.1234567\" is no timestamp by the pattern"
                    + " \"yyyy-MM-dd HH:mm:ss.SSSSSSS\""),
            of(
                new ParseTime("yyyy-MM-dd", PgType.parse("timestamp")),
                "2024-02-29",
                "2024-02-29 00:00:00"),
            of(
                new ParseTime("yyyy-MM-dd HH:mm", PgType.parse("date")),
                "2024-02-29 00:00",
                "2024-02-29",
                "2024-02-29 00:01",
                "! \"2024-02-29 00:01\" is no date by the pattern \"yyyy-MM-dd HH:mm\""),
            of(
                new ParseTime("yyyy-MM-dd HH:mmXXX", PgType.parse("timestamptz")),
                "2024-02-29 00:00+02:00",
                "2024-02-28 22:00:00+00",
                "2024-02-29 00:00Z",
                "2024-02-29 00:00:00+00"),
            of(
                new ParseTime("yyyy-MM-dd HH:mmXXX", PgType.parse("timestamp")),
                "2024-02-29 00:00+02:00",
                "! \"2024-02-29 00:00+02:00\" is no timestamp by the pattern"
                    + " \"yyyy-MM-dd HH:mmXXX\""),
            of(
                new ParseTime("h:mm a", PgType.parse("time")),
                "1:05 pm",
                "13:05:00",
                "13:05 pm",
                "! \"13:05 pm\" is no time by the pattern \"h:mm a\""))
        .flatMap(rows -> rows);
  }

  private static Stream<Arguments> maps() {
    return Stream.of(
            of(
                map(ValueMap.Unknown.REFUSE, "A", "active", "I", null),
                "A",
                "active",
                "I",
                NONE,
                "X",
                "! \"X\" is none of the map's values: A, I"),
            of(map(ValueMap.Unknown.NULL, "A", "a"), "A", "a", "X", NONE),
            of(map(ValueMap.Unknown.KEEP, "A", "a"), "A", "a", "X", "X"),
            of(map(ValueMap.Unknown.VALUE, "A", "a"), "A", "a", "X", "other"),
            Stream.of(
                arguments(map(ValueMap.Unknown.REFUSE, "A", "a"), "text", null, NONE),
                arguments(map(ValueMap.Unknown.VALUE, "A", "a"), "text", null, NONE),
                arguments(map(ValueMap.Unknown.REFUSE, null, "none"), "text", null, "none")),
            of(
                map(ValueMap.Unknown.REFUSE, "true", "yes", "0", "no"),
                "boolean",
                "1",
                "yes",
                "t",
                "yes",
                "0",
                "no",
                "f",
                "no"),
            of(map(ValueMap.Unknown.REFUSE, "007", "Bond"), "integer", "7", "Bond"),
            of(map(ValueMap.Unknown.REFUSE, "5.5", "x"), "numeric(10,2)", "5.50", "x"))
        .flatMap(rows -> rows);
  }

  private static String hmac(String value) {
    try {
      javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256");
      mac.init(
          new javax.crypto.spec.SecretKeySpec(SALT.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return java.util.HexFormat.of()
          .formatHex(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest(name = "{0} of {1} {2}")
  @MethodSource("values")
  void make(Operator operator, String type, @Nullable String value, String expected) {
    PgType input = PgType.parse(type);
    assertThat(operator.type(input)).isPresent();
    Operator fitted =
        operator.fit(
            input,
            null,
            (part, what) -> {
              throw new AssertionError(part + ": " + what);
            });

    assertThat(made(fitted, value)).isEqualTo(expected);
    if (value != null && expected.equals(NONE)) {
      assertThat(fitted.nullable(false)).isTrue();
    }
    if (value != null && fitted instanceof AsciiOperator ascii) {
      ascii(ascii, value).ifPresent(text -> assertThat(text).isEqualTo(expected));
    }
  }

  private static String made(Operator operator, @Nullable String value) {
    try {
      String made = operator.apply(value);
      return made == null ? NONE : made;
    } catch (UnfitException e) {
      return "! " + e.reason();
    }
  }

  private static Optional<String> ascii(AsciiOperator operator, String value) {
    AsciiText text = new AsciiText();
    byte[] bytes = (":" + value + ":").getBytes(StandardCharsets.UTF_8);
    if (!text.take(bytes, 1, bytes.length - 1)) {
      return Optional.empty();
    }
    operator.change(text);
    return Optional.of(
        text.isNull()
            ? NONE
            : new String(text.bytes(), text.start(), text.length(), StandardCharsets.US_ASCII));
  }

  @Test
  void bytesOfAsciiBecomeWhatTheTextsDo() {
    List<Operator> operators =
        List.of(
            new Trim(),
            new Collapse(),
            new Lower(),
            new Upper(),
            new Digits(),
            new EmptyToNull(true),
            new Normalize(Form.NFKD),
            new Substring(2, 3),
            new Substring(-3, null));
    Random random = new Random(42);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(12);
      for (int i = 0; i < length; i++) {
        text.append((char) (random.nextBoolean() ? random.nextInt(128) : ' '));
      }
      for (Operator operator : operators) {
        assertThat(ascii((AsciiOperator) operator, text.toString()))
            .as("%s of %s", operator, text)
            .contains(made(operator, text.toString()));
      }
    }
  }

  static Stream<Arguments> types() {
    return Stream.of(
        arguments(new Trim(), "varchar(60)", "varchar(60)"),
        arguments(new Upper(), "varchar(60)", "varchar(60)"),
        arguments(new Trim(), "citext", "citext"),
        arguments(new Part(1, ",", 0), "char(3)", "char(3)"),
        arguments(new Trim(), "integer", "none"),
        arguments(new MaskEmail(), "varchar(60)", "text"),
        arguments(new MaskEmail(), "bytea", "none"),
        arguments(new DatePart(DatePart.Field.YEAR), "date", "integer"),
        arguments(new DatePart(DatePart.Field.YEAR), "time", "none"),
        arguments(new DatePart(DatePart.Field.HOUR), "date", "none"),
        arguments(new DatePart(DatePart.Field.HOUR), "timestamptz(3)", "integer"),
        arguments(new FormatTime("HH:mm"), "timestamp", "text"),
        arguments(new FormatTime("HH:mm"), "date", "none"),
        arguments(new FormatTime("HH:mm"), "text", "none"),
        arguments(new ParseTime("HH:mm", PgType.parse("time")), "varchar(5)", "time"),
        arguments(new ParseTime("HH:mm", PgType.parse("time")), "date", "none"),
        arguments(json("$.a"), "jsonb", "text"),
        arguments(json("$.a"), "varchar(9)", "text"),
        arguments(json("$.a"), "integer", "none"),
        arguments(new Hash(salt(SALT)), "bigint", "text"),
        arguments(new Round(2), "numeric(12,4)", "numeric(11,2)"),
        arguments(new Round(4), "numeric(12,2)", "numeric(12,2)"),
        arguments(new Round(2), "double precision", "numeric"),
        arguments(new Round(2), "integer", "none"),
        arguments(new Cast(PgType.parse("bigint")), "text", "bigint"),
        arguments(map(ValueMap.Unknown.REFUSE, "1", "2"), "integer", "text"),
        arguments(map(ValueMap.Unknown.KEEP, "1", "2"), "integer", "integer"),
        arguments(map(ValueMap.Unknown.KEEP, "1", null), "integer", "integer"),
        arguments(map(ValueMap.Unknown.KEEP, "1", "a"), "integer", "text"),
        arguments(map(ValueMap.Unknown.KEEP, "a", "bcd"), "varchar(2)", "text"));
  }

  @ParameterizedTest
  @MethodSource
  void types(Operator operator, String input, String expected) {
    assertThat(operator.type(PgType.parse(input)).map(PgType::ddl).orElse("none"))
        .isEqualTo(PgType.parse(expected).ddl());
  }

  @Test
  void valuesOfMapsBecomeThoseOfTheColumn() throws UnfitException {
    Operator map =
        map(ValueMap.Unknown.VALUE, "A", "TRUE", "I", "0", "X", "maybe", null, "f")
            .fit(
                PgType.parse("text"),
                PgType.parse("boolean"),
                (part, what) -> wrong.add(part + ": " + what));

    assertThat(wrong)
        .containsExactly(
            "X: maybe is no value of boolean, or would be rounded or cut.",
            "else: other is no value of boolean, or would be rounded or cut.");
    assertThat(map.type(PgType.parse("text"))).contains(PgType.parse("boolean"));
    assertThat(map.apply("A")).isEqualTo("t");
    assertThat(map.apply(null)).isEqualTo("f");
  }

  private final List<String> wrong = new ArrayList<>();

  @Test
  void keysOfMapsAreValuesThatCome() {
    map(ValueMap.Unknown.REFUSE, "1", "a", "true", "b", "yes", "c")
        .fit(PgType.parse("boolean"), null, (part, what) -> wrong.add(part + ": " + what));

    assertThat(wrong)
        .containsExactly(
            "true: true stands in the map already.",
            "yes: yes is no value of boolean, which is what comes here, so it never fits.");
  }

  static Stream<Arguments> undone() {
    return Stream.of(
        arguments(map(ValueMap.Unknown.REFUSE, "A", "a", "B", "b"), Undo.EXACT),
        arguments(map(ValueMap.Unknown.REFUSE, "A", "a", "B", "a"), Undo.NONE),
        arguments(map(ValueMap.Unknown.REFUSE, "A", null), Undo.NONE),
        arguments(map(ValueMap.Unknown.REFUSE, "A", null, null, "n"), Undo.EXACT),
        arguments(map(ValueMap.Unknown.KEEP, "A", "a"), Undo.NONE),
        arguments(new Trim(), Undo.NONE),
        arguments(new FormatTime("yyyy-MM-dd"), Undo.NONE));
  }

  @ParameterizedTest
  @MethodSource
  void undone(Operator operator, Undo expected) {
    assertThat(operator.undo()).isEqualTo(expected);
  }

  @Test
  void aSaltIsKnownByItsFingerprintOnly() {
    Hash one = new Hash(salt(SALT));
    Hash other = new Hash(salt(SALT + "!"));

    assertThat(one.written())
        .matches("\\{hash: sha256, salt: \"\\*\\*\\* [0-9a-f]{8}\"}")
        .isEqualTo(new Hash(salt(SALT)).written())
        .isNotEqualTo(other.written())
        .doesNotContain(SALT);
  }

  static Stream<Arguments> patternsThatAreNone() {
    String place =
        " in what comes in place is no group of the expression; write \\$ for a dollar sign and"
            + " \\\\ for a backslash";
    return Stream.of(
        arguments("(a", "x", "\"(a\" is no regular expression of RE2: missing closing )"),
        arguments(
            "(?=a)",
            "x",
            "\"(?=a)\" is no regular expression of RE2: invalid or unsupported Perl syntax"),
        arguments("(a{1000}){1000}", "x", "\"(a{1000}){1000}\" repeats too much"),
        arguments("(a)", "$2", "\"$2\"" + place),
        arguments("a", "${b}", "\"${b}\"" + place),
        arguments("a", "5$", "\"$\"" + place),
        arguments("a", "\\", "\"\\\"" + place));
  }

  @ParameterizedTest
  @MethodSource
  void patternsThatAreNone(String expression, String with, String reason) {
    assertThatThrownBy(() -> new ReplacePattern(expression, with)).hasMessage(reason);
  }

  @Test
  void pathsThatAreNone() {
    assertThat(
            Stream.of("", "a", "$.", "$a", "$[x]", "$[-1]", "$.a b", "$['']", "$..a", "$[*]")
                .filter(path -> JsonPath.of(path).isPresent()))
        .isEmpty();
  }
}
