package dev.landfall.transforms.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.landfall.transforms.types.PgType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What expressions make of {@link Columns}, as tables. */
final class ExpressionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      nullValues = "NULL",
      textBlock =
          """
          n * 2 + 1 ~ 15 ~ bigint
          7 / 2 ~ 3 ~ bigint
          -7 / 2 ~ -3 ~ bigint
          -7 % 3 ~ -1 ~ bigint
          7 / 2.0 ~ 3.5 ~ numeric
          10.00 / 4 ~ 2.50 ~ numeric
          1.0 / 3 ~ 0.3333333333333333 ~ numeric
          price * 1.19 ~ 23.6810 ~ numeric
          round(price * 1.19, 2) ~ 23.68 ~ numeric
          round(-2.5) ~ -3 ~ numeric
          round(1250, -2) ~ 1300 ~ numeric
          floor(-2.5) ~ -3 ~ numeric
          ceil(price) ~ 20 ~ numeric
          trunc(-2.5) ~ -2 ~ numeric
          abs(small) ~ 3 ~ bigint
          0.1 + 0.2 ~ 0.3 ~ numeric
          0.10000000000000000000001 ~ 0.10000000000000000000001 ~ numeric
          1e3 ~ 1000 ~ numeric
          -1.50 ~ -1.50 ~ numeric
          price > n ~ t ~ boolean
          1.10 == decimal('1.1') ~ t ~ boolean
          price % 3 ~ 1.90 ~ numeric
          greatest(n, price) ~ 19.90 ~ numeric
          least(n, small) ~ -3 ~ bigint
          ratio * 2 ~ 1 ~ double precision
          ratio * 1e20 ~ 5e+19 ~ double precision
          ratio / 50000 ~ 1e-05 ~ double precision
          ratio == 0.5 ~ t ~ boolean
          decimal(ratio) + price ~ 20.40 ~ numeric
          double(price) + ratio ~ 20.4 ~ double precision
          int('12') + int(2.00) ~ 14 ~ bigint
          """)
  void calculates(String text, @Nullable String value, String type) throws Exception {
    assertMakes(text, value, type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      nullValues = "NULL",
      textBlock =
          """
          lower(trim(name)) ~ `ünï  \u00a0cödé`
          collapse(name) ~ Ünï Cödé
          name.collapse().upper() ~ ÜNÏ CÖDÉ
          size(code) ~ 3
          length(code) ~ 3
          substr(code, 2, 1) ~ \uD83D\uDE00
          substr(code, 2) ~ \uD83D\uDE00b
          substr(code, 0, 2) ~ A
          substr(code, 9, 2) ~ ``
          substr(code, -9223372036854775807, 9223372036854775807) ~ ``
          left(code, 2) ~ A\uD83D\uDE00
          right(code, 2) ~ \uD83D\uDE00b
          right(code, 99) ~ A\uD83D\uDE00b
          indexOf(code, 'b') ~ 2
          indexOf(code, 'x') ~ -1
          code.startsWith('A') ~ t
          code.endsWith('A') ~ f
          code.contains('b') ~ t
          replace('a-b-c', '-', '+') ~ a+b+c
          padLeft(string(n), 3, '0') ~ 007
          digits('+49 (0)30-12') ~ 4903012
          'a' + 'b' + string(n) ~ ab7
          string(active) + string(price) + string(ratio) ~ true19.900.5
          matches(code, '^A.b$') ~ t
          code.matches('(?i)B$') ~ t
          extract('x-12-y', '[0-9]+') ~ 12
          extract('x-12-y', '-(.)2') ~ 1
          extract('x', 'y') ~ NULL
          normalize('e\u0301', 'NFC') ~ é
          md5('abc') ~ 900150983cd24fb0d6963f7d28e17f72
          sha256(bytes('abc')) ~ ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
          hex(raw) + base64(raw) ~ 00ffAP8=
          raw ~ \\x00ff
          id ~ 00000000-0000-0000-0000-000000000001
          'a' < 'b' && 'Z' < 'a' ~ t
          '\uFFFD' < '\uD83D\uDE00' ~ t
          r'\\d' ~ \\d
          jsonText(doc, '$.a.b[1]') ~ x
          jsonText(doc, '$.a.b') ~ [1, "x", null, true]
          jsonText(doc, '$.a') ~ {"b": [1, "x", null, true]}
          jsonText('[1.50, 12345678901234567890.10]', '$[1]') ~ 12345678901234567890.10
          jsonText('["\uD83D\uDE00", {"a": 1.50}]', '$[1]') ~ {"a": 1.50}
          jsonText(doc, '$.a.b[2]') ~ NULL
          jsonText(doc, '$.a.c.d') ~ NULL
          jsonText(doc, '$."first name"') ~ é
          col('order id') == 1 ~ t
          """)
  void knowsTexts(String text, @Nullable String value) throws Exception {
    assertMakes(text, value, null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      nullValues = "NULL",
      textBlock =
          """
          year(created) * 100 + month(born) ~ 202412 ~ bigint
          day(born) + dayOfYear(created) + dayOfWeek(born) ~ 96 ~ bigint
          quarter(born) ~ 4 ~ bigint
          hour(created) + minute(seen) + second(created) ~ 58 ~ bigint
          born ~ 1999-12-31 ~ date
          created ~ 2024-02-29 13:14:15.5 ~ timestamp
          seen ~ 2024-06-30 22:30:00+00 ~ timestamptz
          local(seen, 'Europe/Berlin') ~ 2024-07-01 00:30:00 ~ timestamp
          timestamptz(created, 'Europe/Berlin') ~ 2024-02-29 12:14:15.5+00 ~ timestamptz
          date(created) ~ 2024-02-29 ~ date
          date('2020-02-29') ~ 2020-02-29 ~ date
          timestamp('2020-02-29 10:11:12') ~ 2020-02-29 10:11:12 ~ timestamp
          format(created, 'dd.MM.yyyy HH:mm') ~ 29.02.2024 13:14 ~ text
          format(born, 'yyyy-MM') ~ 1999-12 ~ text
          parseDate('31.12.2020', 'dd.MM.yyyy') ~ 2020-12-31 ~ date
          parseTimestamp('20201231235959', 'yyyyMMddHHmmss') ~ 2020-12-31 23:59:59 ~ timestamp
          addDays(born, 1) ~ 2000-01-01 ~ date
          addMonths(created, 12) ~ 2025-02-28 13:14:15.5 ~ timestamp
          addSeconds(seen, -60) ~ 2024-06-30 22:29:00+00 ~ timestamptz
          daysBetween(born, created) ~ NONE ~ NONE
          daysBetween(born, date(created)) ~ 8826 ~ bigint
          secondsBetween(born, created) ~ 762614055 ~ bigint
          fromUnix(1700000000) ~ 2023-11-14 22:13:20+00 ~ timestamptz
          toUnix(seen) ~ 1719786600 ~ bigint
          born > '1999-12-30' && created < '2024-03-01' ~ t ~ boolean
          born <= created ~ t ~ boolean
          seen in ['2024-06-30 22:30:00'] ~ t ~ boolean
          """)
  void knowsDates(String text, String value, String type) throws Exception {
    if (value.equals("NONE")) {
      assertThatThrownBy(() -> Expression.compile(text, Columns.ALL))
          .isInstanceOf(ExpressionMistake.class);
      return;
    }
    assertMakes(text, value, type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      nullValues = "NULL",
      textBlock =
          """
          no + 'x' ~ NULL
          no == 'x' ~ NULL
          no != 'x' ~ NULL
          no == null ~ t
          null != no ~ f
          n == null ~ f
          !(no == 'x') ~ NULL
          no == 'x' && false ~ f
          false && no == 'x' ~ f
          no == 'x' && true ~ NULL
          no == 'x' || true ~ t
          no == 'x' || false ~ NULL
          1 / (n - 7) > 0 && false ~ f
          true || 1 / (n - 7) > 0 ~ t
          no == 'x' ? 'yes' : 'no' ~ NULL
          ifNull(no == 'x', false) ? 'yes' : 'no' ~ no
          active ? name == null : null ~ f
          active ? null : name ~ NULL
          coalesce(no, no, 'z') ~ z
          ifNull(no, 'z') ~ z
          ifNull(n, 0.5) ~ 7
          nullIf(n, 7) ~ NULL
          nullIf(n, 8) ~ 7
          no in ['a'] ~ NULL
          'a' in tags ~ t
          'x' in tags ~ NULL
          n in [1, 7.0] ~ t
          n in [] ~ f
          n in [1, null] ~ NULL
          tags[1] ~ b c
          tags[2] ~ NULL
          size(tags) ~ 3
          tags ~ `{"a","b c",NULL}`
          tags.exists(t, t == 'a') ~ t
          tags.exists(t, t == 'z') ~ NULL
          tags.all(t, t != 'a') ~ f
          tags.all(t, t != 'z') ~ NULL
          tags.exists_one(t, t == 'a') ~ t
          tags.filter(t, t != null).map(t, t + '!') ~ `{"a!","b c!"}`
          tags.map(t, t != null, upper(t)) ~ `{"A","B C"}`
          join(tags, '-') ~ a-b c
          split('a,b,,c', ',') ~ `{"a","b","","c"}`
          split('a,b', ',').exists(x, ['b', 'c'].exists(y, x == y)) ~ t
          ['a\\\\b', '"'] ~ `{"a\\\\b","\\""}`
          """)
  void knowsNull(String text, @Nullable String value) throws Exception {
    assertMakes(text, value, null);
  }

  private static void assertMakes(String text, @Nullable String value, @Nullable String type)
      throws Exception {
    Expression expression = Expression.compile(text, Columns.ALL);
    String made = expression.evaluator().evaluate(Columns.inputs(expression));
    assertThat(made).as(text).isEqualTo(value);
    if (type != null) {
      assertThat(expression.type()).as(text).isEqualTo(PgType.parse(type));
    }
    if (made == null) {
      assertThat(expression.nullable()).as(text).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          n / (n - 7) ~ division by 0
          n % (n - 7) ~ division by 0
          price / (n - 7) ~ division by 0
          ratio / (n - 7) ~ division by 0
          n * 9223372036854775807 ~ the number is too large for a bigint
          n + 9223372036854775807 ~ the number is too large for a bigint
          -9223372036854775807 - n ~ the number is too large for a bigint
          (n - 8 - 9223372036854775807) / (n - 8) ~ the number is too large for a bigint
          ratio * 1e308 * 10 ~ the number is too large for a double
          int(code) ~ `"A\uD83D\uDE00b" is no integer of a bigint's size`
          int(price) ~ `"19.90" is no integer of a bigint's size`
          int(price * 1e30) ~ `"19900000000000000000000000000000.00" is no integer of a bigint's size`
          decimal(code) ~ `"A\uD83D\uDE00b" is not a decimal`
          double(code) ~ `"A\uD83D\uDE00b" is not a double`
          double(string(n) + 'd') ~ `"7d" is not a double`
          double('0x' + string(n)) ~ `"0x7" is not a double`
          timestamp(string(created) + '000001') ~ `"2024-02-29 13:14:15.5000001" is not a timestamp`
          date(code) ~ `"A\uD83D\uDE00b" is not a date`
          parseDate(code, 'dd.MM.yyyy') ~ `"A\uD83D\uDE00b" is not as "dd.MM.yyyy" says`
          parseDate('30.02.' + string(year(created)), 'dd.MM.yyyy') ~ `"30.02.2024" is not as "dd.MM.yyyy" says`
          tags[3] ~ no element 3 in a list of 3 (the first is 0)
          tags[small] ~ no element -3 in a list of 3 (the first is 0)
          addDays(born, 9223372036854775807) ~ a date outside the years 1 to 9999
          addMonths(born, 99999) ~ a date outside the years 1 to 9999
          fromUnix(n * 1000000000000) ~ a date outside the years 1 to 9999
          jsonText(code, '$.a') ~ `"A\uD83D\uDE00b" is no JSON document`
          left(code, small) ~ a piece of -3 characters
          split(code, substr(code, 9)) ~ split takes what is between the parts, not an empty text
          padLeft(code, 9999999999, 'x') ~ a text of more than 8388608 characters
          """)
  void refusesRows(String text, String reason) throws Exception {
    Expression expression = Expression.compile(text, Columns.ALL);
    EvaluationException refused =
        catchThrowableOfType(
            EvaluationException.class,
            () -> expression.evaluator().evaluate(Columns.inputs(expression)));
    assertThat(refused.reason()).as(text).isEqualTo(reason);
    assertThat(refused).hasMessageStartingWith(text + " with ").hasMessageEndingWith(": " + reason);
    assertThat(refused.getStackTrace()).isEmpty();
  }

  @Test
  void tellsTheInputs() throws Exception {
    Expression expression = Expression.compile("n / small == 0 || no == 'x'", Columns.ALL);
    assertThatThrownBy(() -> expression.evaluator().evaluate(new String[] {"1", "0", null}))
        .hasMessage(
            "n / small == 0 || no == 'x' with n = \"1\", small = \"0\", no = NULL: division by 0");
  }

  /** Values that no expression calculates with, but that a test for NULL needn't read. */
  @Test
  void refusesOddDates() throws Exception {
    for (String odd : List.of("infinity", "0044-03-15 BC", "10000-01-01", "0000-01-01")) {
      Expression read = Expression.compile("year(born)", Columns.ALL);
      assertThatThrownBy(() -> read.evaluator().evaluate(new String[] {odd}))
          .hasMessageEndingWith("\"" + odd + "\" is not a date");
      Expression test = Expression.compile("born == null", Columns.ALL);
      assertThat(test.evaluator().evaluate(new String[] {odd})).isEqualTo("f");
    }
  }

  @Test
  void readsOnlyWhatItNeeds() throws Exception {
    Expression expression = Expression.compile("price > 1 && n == 1 || price < 0", Columns.ALL);
    assertThat(expression.used()).containsExactly("price", "n");
    assertThat(Expression.compile("key + 1", Columns.ALL).nullable()).isFalse();
    assertThat(Expression.compile("n + 1", Columns.ALL).nullable()).isTrue();
  }

  @Test
  void isTheSameInAnotherProcess() throws Exception {
    Expression expression = Expression.condition("price > 1 && name != null", Columns.ALL);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(expression);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      Expression other = (Expression) in.readObject();
      assertThat(other).isEqualTo(expression).hasSameHashCodeAs(expression);
      assertThat(other.used()).isEqualTo(expression.used());
      assertThat(other.evaluator().passes(Columns.inputs(other))).isTrue();
    }
  }

  @Test
  void passesOnlyWhatIsTrue() throws Exception {
    Evaluator evaluator = Expression.condition("n > 1", Columns.ALL).evaluator();
    assertThat(evaluator.passes(new String[] {"2"})).isTrue();
    assertThat(evaluator.passes(new String[] {"1"})).isFalse();
    assertThat(evaluator.passes(new String[] {null})).isFalse();
  }
}
