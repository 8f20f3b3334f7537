package dev.landfall.transforms.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of texts that are no expressions, and where. */
final class ExpressionMistakeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          n = 1 ~ 3 ~ `"=" can't stand here: equality is written ==`
          n AND active ~ 3 ~ `"AND" can't stand here: and is written &&`
          n <> 1 ~ 3 ~ inequality is written !=
          name IS NULL ~ 6 ~ `"IS" can't stand here: NULL is tested with == null or != null`
          name LIKE 'x%' ~ 6 ~ `"LIKE" can't stand here: texts are tested with startsWith, contains, endsWith or matches`
          'it''s' ~ 5 ~ `"'s'" can't stand here`
          'open ~ 1 ~ `the text has no end, or a \\ that stands for nothing (a \\ itself is \\\\)`
          lower(name ~ 11 ~ `the expression ends too early: a ) is missing`
          n + ~ 4 ~ the expression ends too early
          n + @ ~ 5 ~ `"@" can't stand here`
          package == 1 ~ 1 ~ `"package" is a word of CEL; the column is written col('package')`
          9223372036854775808 ~ 1 ~ `this number is too large; decimal('…') takes one of any size`
          1e400 ~ 1 ~ this number is too large
          1u ~ 1 ~ numbers are written without u
          'ü' == nmae ~ 8 ~ `there is no column "nmae"`
          NULL ~ 1 ~ `there is no column "NULL": it is written null`
          now() > seen ~ 1 ~ `there is no function "now": there is no clock: a row has to give the same value every time`
          name.Lower() ~ 6 ~ it is written lower
          foo(n) ~ 1 ~ `there is no function "foo"`
          name + n ~ 6 ~ `"+" is not for a text and an integer: string(…) makes a text of a value; it takes two of one type, each an integer, or a decimal, or a double, or a text`
          ratio + price ~ 7 ~ `"+" is not for a double and a decimal: say with decimal(…) or double(…) which it shall be; it takes two of one type, each an integer, or a decimal, or a double, or a text`
          seen < created ~ 6 ~ `"<" is not for a timestamptz and a timestamp: local(…, 'UTC') makes a timestamp of a timestamptz; it takes two of one type, each an integer, or a decimal, or a date, or a timestamp, or a timestamptz, or a text, or a double`
          born + 1 ~ 6 ~ `"+" is not for a date and an integer: addDays(…), addMonths(…), addSeconds(…), daysBetween(…) and secondsBetween(…) do; it takes two of one type, each an integer, or a decimal, or a double, or a text`
          active == 1 ~ 8 ~ `"==" is not for a boolean and an integer: a boolean is written as it is, or with ! before it; it takes two of one type, each an integer, or a decimal, or a date, or a timestamp, or a timestamptz, or a text, or a boolean, or bytes, or a double`
          year(n) ~ 1 ~ year is not for an integer; it takes a date, or a timestamp, or a timestamptz
          name || 'x' ~ 1 ~ this is a text, and a boolean has to stand here; texts are joined with +
          n ? 1 : 2 ~ 1 ~ this is an integer, and a boolean has to stand here
          active ? 1 : 'x' ~ 8 ~ both outcomes have to be of one type: an integer and a text
          [1, 'a'] ~ 1 ~ the elements have to be of one type: an integer and a text
          coalesce(n) ~ 1 ~ coalesce takes a value, and what to take in place of NULL
          born > '2000-13-01' ~ 6 ~ `"2000-13-01" is not a date`
          1 / 0 ~ 3 ~ this has no value: division by 0
          n + 9223372036854775807 * 2 ~ 25 ~ this has no value: the number is too large for a bigint
          matches(name, '(') ~ 1 ~ `"(" is no regular expression of RE2: missing closing )`
          matches(name, '(x{1000}){1000}') ~ 1 ~ `"(x{1000}){1000}" repeats too much`
          matches(name, '((([a-z]{9}){9,99}){99,}){999}') ~ 1 ~ NONE
          matches(name, '(\\\\(x{1000}[)]){1000}') ~ 1 ~ NONE
          matches(name, code) ~ 1 ~ the pattern has to be a text in quotes
          format(born, 'HH') ~ 1 ~ `"HH" asks for what the value doesn't have, a time of a date, say`
          format(born, 'foo') ~ 1 ~ `"foo" is no pattern of a date or time`
          parseDate(name, 'yyyy-MM') ~ 1 ~ `"yyyy-MM" doesn't say all of the value`
          local(seen, 'Mars') ~ 1 ~ `"Mars" is no time zone; one is called Europe/Berlin, say`
          normalize(name, 'NFX') ~ 1 ~ the form is one of NFC, NFD, NFKC, NFKD
          jsonText(doc, 'a.b') ~ 1 ~ `"a.b" is no path; one is written $.address.lines[0] or $."first name"`
          doc.a ~ 4 ~ `a value has no fields; jsonText(column, '$.a') reads one of a JSON document`
          {'a': 1} ~ 1 ~ `{…} is not for expressions`
          [[1]] ~ 1 ~ NONE
          n in tags ~ 3 ~ an integer is not in a list, each a text
          n in n ~ 3 ~ in takes a list behind it, not an integer
          n[0] ~ 2 ~ `[…] takes an element of a list by its number, not of an integer`
          name.map(x, x) ~ 6 ~ map goes through a list, not a text
          tags.map('x', 1) ~ 6 ~ `this is written list.map(x, …), with a name for an element`
          col(name) ~ 1 ~ `col takes a column's name in quotes: col('order id')`
          [1, 2] ~ 1 ~ no column takes a list, each an integer, but join(…) makes a text of it
          null ~ 1 ~ this is always NULL, of no type
          """)
  void points(String text, int column, String message) {
    ExpressionMistake mistake =
        catchThrowableOfType(ExpressionMistake.class, () -> Expression.compile(text, Columns.ALL));
    assertThat(mistake).as(text).isNotNull();
    assertThat(mistake.column()).as(text).isEqualTo(column);
    assertThat(mistake.line()).isEqualTo(1);
    if (!message.equals("NONE")) {
      assertThat(mistake).hasMessage(message);
    }
  }

  @Test
  void showsTheLine() {
    ExpressionMistake mistake =
        catchThrowableOfType(
            ExpressionMistake.class,
            () -> Expression.compile("active &&\n\t'\uD83D\uDE00' == nmae &&\ntrue", Columns.ALL));
    assertThat(mistake.line()).isEqualTo(2);
    assertThat(mistake.column()).isEqualTo(9);
    assertThat(mistake.unknown()).contains("nmae");
    assertThat(mistake.shown()).isEqualTo(" '\uD83D\uDE00' == nmae &&\n        ^");
  }

  @Test
  void takesAConditionForBooleansOnly() {
    assertThat(
            catchThrowableOfType(
                ExpressionMistake.class, () -> Expression.condition("n + 1", Columns.ALL)))
        .hasMessage("a condition is a boolean, and this is an integer");
  }

  /** What someone could write to take memory, time or the stack. */
  @Test
  void bounds() {
    assertThat(mistake("")).hasMessage("the expression is empty");
    assertThat(mistake("1 + ".repeat(3000) + "1"))
        .hasMessage("an expression has 10000 characters at most");
    assertThat(mistake("1+".repeat(1200) + "n")).isNotNull();
    assertThat(mistake("(".repeat(3000) + "1" + ")".repeat(3000))).isNotNull();
    assertThat(mistake("!(".repeat(1000) + "active" + ")".repeat(1000))).isNotNull();
    assertThat(mistake("[".repeat(1000) + "]".repeat(1000))).isNotNull();
    assertThat(mistake("matches(name, '" + "(".repeat(4000) + ")".repeat(4000) + "')")).isNotNull();
    assertThat(mistake("-".repeat(9000))).isNotNull();
    assertThat(mistake("n" + ".lower()".repeat(1000))).isNotNull();
    assertThat(mistake("n ? 1 : ".repeat(1000) + "1")).isNotNull();
  }

  private static ExpressionMistake mistake(String text) {
    return catchThrowableOfType(
        ExpressionMistake.class, () -> Expression.compile(text, Columns.ALL));
  }
}
