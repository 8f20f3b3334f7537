package dev.landfall.pipelines.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.landfall.transforms.model.TargetType;
import dev.landfall.transforms.model.TargetType.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiteralsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "BOOLEAN     | boolean        | true                        | t",
        "BOOLEAN     | boolean        | 0                           | f",
        "SMALLINT    | smallint       | -32768                      | -32768",
        "INTEGER     | integer        | +07                         | 7",
        "NUMERIC     | numeric(6,2)   | 1.5                         | 1.50",
        "NUMERIC     | numeric(2,0)   | 1e1                         | 10",
        "NUMERIC     | numeric        | 1E+3                        | 1000",
        "DOUBLE      | double precision | 1.5e3                     | 1.5e3",
        "TEXT        | varchar(2)     | äö                          | äö",
        "TEXT        | char(3)        | a                           | 'a  '",
        "BYTEA       | bytea          | \\xAB                       | \\xab",
        "BIT         | bit(3)         | 101                         | 101",
        "BIT         | bit varying(3) | 1                           | 1",
        "DATE        | date           | 2024-02-29                  | 2024-02-29",
        "TIMESTAMP   | timestamp      | 2024-02-29                  | 2024-02-29 00:00:00",
        "TIMESTAMP   | timestamp      | 2024-02-29T10:11:12.120     | 2024-02-29 10:11:12.12",
        "TIMESTAMP   | timestamp(3)   | 2024-02-29T10:11:12.120     | 2024-02-29 10:11:12.12",
        "TIMESTAMPTZ | timestamptz    | 2024-02-29 01:00:00+02:00   | 2024-02-28 23:00:00+00",
        "UUID        | uuid | 00000000-0000-0000-0000-00000000000A | 00000000-0000-0000-0000-00000000000a",
        "OTHER       | inet           | 10.0.0.1                    | 10.0.0.1"
      })
  void printsAsPostgresDoes(Kind kind, String ddl, String value, String printed) {
    assertThat(Literals.textForm(value, new TargetType(kind, ddl))).isEqualTo(printed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BOOLEAN     | boolean        | maybe",
        "SMALLINT    | smallint       | 32768",
        "INTEGER     | integer        | 1.0",
        "NUMERIC     | numeric(3,2)   | 10.00",
        "NUMERIC     | numeric(3,2)   | 1.005",
        "NUMERIC     | numeric        | 1e99999",
        "REAL        | real           | 0x10",
        "TEXT        | varchar(2)     | abc",
        "BYTEA       | bytea          | abc",
        "BIT         | bit(3)         | 10",
        "BIT         | bit            | 11",
        "DATE        | date           | 2024-02-30",
        "DATE        | date           | 0000-00-00",
        "TIMESTAMP   | timestamp      | 2024-02-29 10:11:12.1234567",
        "TIMESTAMP   | timestamp(3)   | 2024-02-29 10:11:12.1234",
        "UUID        | uuid           | 1-2-3-4-5",
      })
  void refusesRatherThanRounds(Kind kind, String ddl, String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Literals.textForm(value, new TargetType(kind, ddl)));
  }
}
