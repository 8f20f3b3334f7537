package dev.landfall.pipelines.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.landfall.transforms.types.PgType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiteralsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "boolean        | true                        | t",
        "boolean        | 0                           | f",
        "smallint       | -32768                      | -32768",
        "integer        | +07                         | 7",
        "numeric(6,2)   | 1.5                         | 1.50",
        "numeric(2,0)   | 1e1                         | 10",
        "numeric        | 1E+3                        | 1000",
        "double precision | 1.5e3                     | 1.5e3",
        "varchar(2)     | äö                          | äö",
        "char(3)        | a                           | 'a  '",
        "bytea          | \\xAB                       | \\xab",
        "bit(3)         | 101                         | 101",
        "bit varying(3) | 1                           | 1",
        "date           | 2024-02-29                  | 2024-02-29",
        "timestamp      | 2024-02-29                  | 2024-02-29 00:00:00",
        "timestamp      | 2024-02-29T10:11:12.120     | 2024-02-29 10:11:12.12",
        "timestamp(3)   | 2024-02-29T10:11:12.120     | 2024-02-29 10:11:12.12",
        "timestamptz    | 2024-02-29 01:00:00+02:00   | 2024-02-28 23:00:00+00",
        "uuid | 00000000-0000-0000-0000-00000000000A | 00000000-0000-0000-0000-00000000000a",
        "inet           | 10.0.0.1                    | 10.0.0.1"
      })
  void printsAsPostgresDoes(String ddl, String value, String printed) {
    assertThat(Literals.textForm(value, PgType.parse(ddl))).isEqualTo(printed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "boolean        | maybe",
        "smallint       | 32768",
        "integer        | 1.0",
        "numeric(3,2)   | 10.00",
        "numeric(3,2)   | 1.005",
        "numeric        | 1e99999",
        "real           | 0x10",
        "varchar(2)     | abc",
        "bytea          | abc",
        "bit(3)         | 10",
        "bit            | 11",
        "date           | 2024-02-30",
        "date           | 0000-00-00",
        "timestamp      | 2024-02-29 10:11:12.1234567",
        "timestamp(3)   | 2024-02-29 10:11:12.1234",
        "uuid           | 1-2-3-4-5",
      })
  void refusesRatherThanRounds(String ddl, String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Literals.textForm(value, PgType.parse(ddl)));
  }
}
