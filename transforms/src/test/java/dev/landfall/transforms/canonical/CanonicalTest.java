package dev.landfall.transforms.canonical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.types.PgType;
import dev.landfall.transforms.value.Rows;
import dev.landfall.transforms.value.ValueBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class CanonicalTest {
  /** Type, one text, another text of the same value. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "boolean|1|t",
        "boolean|0|false",
        "integer|00042|42",
        "integer|-0|0",
        "bigint|+7|7",
        "numeric|1.0|1.00",
        "numeric(20,4)|-0.0000|0",
        "numeric|1e20|100000000000000000000",
        "numeric|1.5E-7|0.00000015",
        "numeric|000.50|.5",
        "numeric|nan|NaN",
        "real|0.10000000149011612|0.1",
        "real|3.4028234663852886e38|3.4028235e+38",
        "double precision|1e22|1e+22",
        "double precision|-0|0",
        "double precision|1.7976931348623157e308|1.7976931348623157e+308",
        "double precision|0.1|0.10",
        "character(5)|`ab`|`ab   `",
        "char(5)|``|`     `",
        "bytea|\\x00FF|\\x00ff",
        "bytea|\\x615c00|a\\\\\\000",
        "date|2024-02-29|2024-02-29 23:59:59",
        "time|08:00:00.000000|08:00:00",
        "interval|-838:59:59.000000|-838:59:59",
        "interval|25:00:00|1 day 01:00:00",
        "interval|1 year 2 mons -3 days +04:05:06.7|417 days 04:05:06.700000",
        "timestamp|2024-01-01 10:00:00.120000|2024-01-01T10:00:00.12",
        "timestamptz|2024-01-01 10:00:00|2024-01-01 10:00:00+00",
        "timestamptz|2024-01-01 10:00:00|2024-01-01 15:45:00+05:45",
        "inet|1:2:3:4:5:6:0:8|1:2:3:4:5:6::8",
        "inet|::ffff:192.0.2.128|::FFFF:c000:280",
        "inet|0:0:0:0:0:0:0:0|::/128",
        "inet|192.0.2.1|192.0.2.1/32",
        "uuid|A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11|a0eebc999c0b4ef8bb6d6bb9bd380a11",
        "text[]|{a,b c}|{\"a\",\"b c\"}",
        "text[]|{ a , NULL }|{a,null}",
        "jsonb|{\"b\":1.10,\"a\":[1e20]}|{\"a\": [100000000000000000000], \"b\": 1.1}",
        "jsonb|{\"a\":1,\"a\":2}|{\"a\":2}",
        "json|\"\\u00e9\\/\"|\"é/\"",
      })
  void theSameValue(String ddl, String one, String other) {
    assertThat(bytes(ddl, one)).isEqualTo(bytes(ddl, other));
  }

  /** Type, one text, a text of another value. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "boolean|1|f",
        "integer|10|1",
        "integer|-1|1",
        "numeric|1.01|1.1",
        "numeric|12|1.2",
        "numeric|1e-1001|1e-1002",
        "real|0.1|0.10000001",
        "double precision|0.1|0.10000000000000002",
        "inet|192.0.2.1|192.0.2.1/31",
        "inet|192.0.2.1|::192.0.2.1",
        "inet|::1|1::",
        "inet|1:2:3:4:5:6:7:8:9|1:2:3:4:5:6:7:8",
        "text|`a`|`a `",
        "character varying(5)|`a`|`a `",
        "character(5)|` a`|`a`",
        "bytea|\\x00|\\x",
        "bit varying(8)|0|00",
        "date|2024-03-01|2024-02-29",
        "date|0044-03-15|0044-03-15 BC",
        "time|24:00:00|00:00:00",
        "interval|-00:00:01|00:00:01",
        "timestamp|2024-01-01 00:00:00|2024-01-01 00:00:00.000001",
        "timestamptz|2024-01-01 10:00:00+01|2024-01-01 10:00:00+00",
        "uuid|a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11|a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12",
        "text[]|{}|{\"\"}",
        "text[]|{NULL}|{\"NULL\"}",
        "text[]|{a,b}|{b,a}",
        "text[]|{a,b}|{\"a,b\"}",
        "jsonb|1.1|1.11",
        "jsonb|1|\"1\"",
        "jsonb|null|\"null\"",
        "jsonb|[1,2]|[2,1]",
        "jsonb|[[1],2]|[1,[2]]",
        "jsonb|{}|[]",
        "json|1e9999999999|1e9999999998",
        "inet|::1|::2",
      })
  void differentValues(String ddl, String one, String other) {
    assertThat(bytes(ddl, one)).isNotEqualTo(bytes(ddl, other));
  }

  /** What is no value of the type equals itself and nothing else, least of all a real value. */
  @ParameterizedTest
  @CsvSource({
    "date,2024-02-30,2024-03-01",
    "date,0000-00-00,2024-01-01",
    "timestamp,infinity,2024-01-01",
    "timestamp,2024-01-01 00:00:00.0000001,2024-01-01",
    "time,25:00:00,24:00:00",
    "interval,infinity,00:00:00",
    "double precision,1e400,Infinity",
    "double precision,1e-400,0",
    "real,1e39,Infinity",
    "integer,1.0,1",
    "json,{,{}",
    "bytea,\\x0,\\x00",
    "uuid,a0eebc99,a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
    "text[],'{{a},{b}}','{a,b}'",
    "boolean,2,1",
  })
  void noValueOfTheType(String ddl, String text, String value) {
    assertThat(bytes(ddl, text)).isEqualTo(bytes(ddl, text)).isNotEqualTo(bytes(ddl, value));
  }

  @Test
  void nullIsNotTheEmptyText() {
    assertThat(bytes("text", null)).isNotEqualTo(bytes("text", ""));
  }

  @Test
  void valuesBehindOneAnotherStayApart() {
    assertThat(row("a", "bc")).isNotEqualTo(row("ab", "c"));
    assertThat(row("", null)).isNotEqualTo(row(null, ""));
  }

  private static byte[] row(@Nullable String... texts) {
    Rows.Builder rows = Rows.builder(texts.length);
    Arrays.stream(texts).forEach(rows::addText);
    Rows built = rows.build();
    ValueBuffer out = new ValueBuffer();
    Canonical form = Canonical.of(PgType.parse("text"));
    for (int column = 0; column < texts.length; column++) {
      form.append(built, 0, column, out);
    }
    return content(out);
  }

  static byte[] bytes(String ddl, @Nullable String text) {
    ValueBuffer out = new ValueBuffer();
    Canonical form = Canonical.of(PgType.parse(ddl));
    form.append(Rows.builder(1).addText(text).build(), 0, 0, out);
    return content(out);
  }

  public static byte[] content(ValueBuffer buffer) {
    return Arrays.copyOf(buffer.array(), buffer.length());
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
