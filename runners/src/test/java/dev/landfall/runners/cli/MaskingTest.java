package dev.landfall.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mysql://root:s3cret@db:3306/shop            | mysql://root:***@db:3306/shop
          mysql://root:p@ss:w/rd@db/shop              | mysql://root:***@db/shop
          jdbc:postgresql://u:x@h/d?a=b               | jdbc:postgresql://u:***@h/d?a=b
          mysql://root@db/shop                        | mysql://root@db/shop
          jdbc:mysql://h/d?user=u&password=x&ssl=true | jdbc:mysql://h/d?user=u&password=***&ssl=true
          --sourcePassword=hush                       | --sourcePassword=***
          Password: "two words" end                   | Password: *** end
          at 10:15:30 in a@b                          | at 10:15:30 in a@b
          password: hunter2                           | password: ***
          password:hunter2, user: u                   | password:***, user: u
          Access denied (using password: YES). Check  | Access denied (using password: YES). Check
          mysql://root:${PW}@db/shop                  | mysql://root:${PW}@db/shop
          mysql://root:${PW}s3@db/shop                | mysql://root:***@db/shop
          mysql://root:${PW}@s3@db/shop               | mysql://root:***@db/shop
          mysql://h/d?password=${PW}&ssl=true         | mysql://h/d?password=${PW}&ssl=true
          mysql://h/d?password=${PW}s3&ssl=true       | mysql://h/d?password=***&ssl=true
          name it: password: file:/run/secrets/it     | name it: password: file:/run/secrets/it
          password: "${PW}"                           | password: "${PW}"
          source.password: variable PW is not set.    | source.password: variable PW is not set.
          """)
  void hidesSecretsAndNothingElse(String text, String masked) {
    assertThat(Masking.mask(text)).isEqualTo(masked);
  }
}
