package dev.landfall.validation.canonical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.model.TargetType;
import dev.landfall.transforms.model.TargetType.Kind;
import dev.landfall.transforms.read.Rows;
import dev.landfall.transforms.value.ValueBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalTest {
  /** Type, one text, another text of the same value. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "BOOLEAN|boolean|1|t",
        "BOOLEAN|boolean|0|false",
        "INTEGER|integer|00042|42",
        "INTEGER|integer|-0|0",
        "BIGINT|bigint|+7|7",
        "NUMERIC|numeric|1.0|1.00",
        "NUMERIC|numeric(20,4)|-0.0000|0",
        "NUMERIC|numeric|1e20|100000000000000000000",
        "NUMERIC|numeric|1.5E-7|0.00000015",
        "NUMERIC|numeric|000.50|.5",
        "NUMERIC|numeric|nan|NaN",
        "REAL|real|0.10000000149011612|0.1",
        "REAL|real|3.4028234663852886e38|3.4028235e+38",
        "DOUBLE|double precision|1e22|1e+22",
        "DOUBLE|double precision|-0|0",
        "DOUBLE|double precision|1.7976931348623157e308|1.7976931348623157e+308",
        "DOUBLE|double precision|0.1|0.10",
        "TEXT|character(5)|`ab`|`ab   `",
        "TEXT|char(5)|``|`     `",
        "BYTEA|bytea|\\x00FF|\\x00ff",
        "BYTEA|bytea|\\x615c00|a\\\\\\000",
        "DATE|date|2024-02-29|2024-02-29 23:59:59",
        "TIME|time|08:00:00.000000|08:00:00",
        "INTERVAL|interval|-838:59:59.000000|-838:59:59",
        "INTERVAL|interval|25:00:00|1 day 01:00:00",
        "INTERVAL|interval|1 year 2 mons -3 days +04:05:06.7|417 days 04:05:06.700000",
        "TIMESTAMP|timestamp|2024-01-01 10:00:00.120000|2024-01-01T10:00:00.12",
        "TIMESTAMPTZ|timestamptz|2024-01-01 10:00:00|2024-01-01 10:00:00+00",
        "TIMESTAMPTZ|timestamptz|2024-01-01 10:00:00|2024-01-01 15:45:00+05:45",
        "OTHER|inet|1:2:3:4:5:6:0:8|1:2:3:4:5:6::8",
        "OTHER|inet|::ffff:192.0.2.128|::FFFF:c000:280",
        "OTHER|inet|0:0:0:0:0:0:0:0|::/128",
        "OTHER|inet|192.0.2.1|192.0.2.1/32",
        "UUID|uuid|A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11|a0eebc999c0b4ef8bb6d6bb9bd380a11",
        "TEXT_ARRAY|text[]|{a,b c}|{\"a\",\"b c\"}",
        "TEXT_ARRAY|text[]|{ a , NULL }|{a,null}",
        "JSONB|jsonb|{\"b\":1.10,\"a\":[1e20]}|{\"a\": [100000000000000000000], \"b\": 1.1}",
        "JSONB|jsonb|{\"a\":1,\"a\":2}|{\"a\":2}",
        "JSON|json|\"\\u00e9\\/\"|\"é/\"",
      })
  void theSameValue(Kind kind, String ddl, String one, String other) {
    assertThat(bytes(kind, ddl, one)).isEqualTo(bytes(kind, ddl, other));
  }

  /** Type, one text, a text of another value. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "BOOLEAN|boolean|1|f",
        "INTEGER|integer|10|1",
        "INTEGER|integer|-1|1",
        "NUMERIC|numeric|1.01|1.1",
        "NUMERIC|numeric|12|1.2",
        "NUMERIC|numeric|1e-1001|1e-1002",
        "REAL|real|0.1|0.10000001",
        "DOUBLE|double precision|0.1|0.10000000000000002",
        "OTHER|inet|192.0.2.1|192.0.2.1/31",
        "OTHER|inet|192.0.2.1|::192.0.2.1",
        "OTHER|inet|::1|1::",
        "OTHER|inet|1:2:3:4:5:6:7:8:9|1:2:3:4:5:6:7:8",
        "TEXT|text|`a`|`a `",
        "TEXT|character varying(5)|`a`|`a `",
        "TEXT|character(5)|` a`|`a`",
        "BYTEA|bytea|\\x00|\\x",
        "BIT|bit varying(8)|0|00",
        "DATE|date|2024-03-01|2024-02-29",
        "DATE|date|0044-03-15|0044-03-15 BC",
        "TIME|time|24:00:00|00:00:00",
        "INTERVAL|interval|-00:00:01|00:00:01",
        "TIMESTAMP|timestamp|2024-01-01 00:00:00|2024-01-01 00:00:00.000001",
        "TIMESTAMPTZ|timestamptz|2024-01-01 10:00:00+01|2024-01-01 10:00:00+00",
        "UUID|uuid|a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11|a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12",
        "TEXT_ARRAY|text[]|{}|{\"\"}",
        "TEXT_ARRAY|text[]|{NULL}|{\"NULL\"}",
        "TEXT_ARRAY|text[]|{a,b}|{b,a}",
        "TEXT_ARRAY|text[]|{a,b}|{\"a,b\"}",
        "JSONB|jsonb|1.1|1.11",
        "JSONB|jsonb|1|\"1\"",
        "JSONB|jsonb|null|\"null\"",
        "JSONB|jsonb|[1,2]|[2,1]",
        "JSONB|jsonb|[[1],2]|[1,[2]]",
        "JSONB|jsonb|{}|[]",
        "JSON|json|1e9999999999|1e9999999998",
        "OTHER|inet|::1|::2",
      })
  void differentValues(Kind kind, String ddl, String one, String other) {
    assertThat(bytes(kind, ddl, one)).isNotEqualTo(bytes(kind, ddl, other));
  }

  /** What is no value of the type equals itself and nothing else, least of all a real value. */
  @ParameterizedTest
  @CsvSource({
    "DATE,2024-02-30,2024-03-01",
    "DATE,0000-00-00,2024-01-01",
    "TIMESTAMP,infinity,2024-01-01",
    "TIMESTAMP,2024-01-01 00:00:00.0000001,2024-01-01",
    "TIME,25:00:00,24:00:00",
    "INTERVAL,infinity,00:00:00",
    "DOUBLE,1e400,Infinity",
    "DOUBLE,1e-400,0",
    "REAL,1e39,Infinity",
    "INTEGER,1.0,1",
    "JSON,{,{}",
    "BYTEA,\\x0,\\x00",
    "UUID,a0eebc99,a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
    "TEXT_ARRAY,'{{a},{b}}','{a,b}'",
    "BOOLEAN,2,1",
  })
  void noValueOfTheType(Kind kind, String text, String value) {
    assertThat(bytes(kind, "", text))
        .isEqualTo(bytes(kind, "", text))
        .isNotEqualTo(bytes(kind, "", value));
  }

  @Test
  void nullIsNotTheEmptyText() {
    assertThat(bytes(Kind.TEXT, "text", null)).isNotEqualTo(bytes(Kind.TEXT, "text", ""));
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
    Canonical form = Canonical.of(new TargetType(Kind.TEXT, "text"));
    for (int column = 0; column < texts.length; column++) {
      form.append(built, 0, column, out);
    }
    return content(out);
  }

  static byte[] bytes(Kind kind, String ddl, @Nullable String text) {
    ValueBuffer out = new ValueBuffer();
    Canonical form = Canonical.of(new TargetType(kind, ddl));
    form.append(Rows.builder(1).addText(text).build(), 0, 0, out);
    return content(out);
  }

  static byte[] content(ValueBuffer buffer) {
    return Arrays.copyOf(buffer.array(), buffer.length());
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
