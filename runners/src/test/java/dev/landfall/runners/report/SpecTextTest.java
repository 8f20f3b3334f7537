package dev.landfall.runners.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A spec is shown without its secrets, and its fingerprint is that of what is shown. */
class SpecTextTest {
  @Test
  void hidesSecretsWhereverTheyStand() {
    String spec =
        """
        name: shop\r
        # password: oldsecret word
        source:
          url: mysql://app:p@ss@db/shop?password2=second&ssl=true
          password: correct horse   # the staple
        target:
          url: postgresql://me@pg/crm
          password: |
            first line
              second line
          schema: public
        mappings:
          - table: users
            columns:
              password_hash: {type: text}
              note: {ifNull: "opensesame!"}
        """;

    assertThat(SpecText.masked(spec, List.of("opensesame!", "app")).text())
        .isEqualTo(
            """
            name: shop
            # password: ***
            source:
              url: mysql://app:***@db/shop?password2=***
              password: ***
            target:
              url: postgresql://me@pg/crm
              password: ***
                ***
                  ***
              schema: public
            mappings:
              - table: users
                columns:
                  password_hash: {type: text}
                  note: {ifNull: "***"}
            """);
  }

  @Test
  void keepsWhereSecretsAreFound() {
    String spec =
        """
        source: {url: mysql://a@db/s, password: "hunter 2"}
        target:
          password: ${PG_PW}
          url: ${URL}
        """;

    assertThat(SpecText.masked(spec, List.of("hunter 2")).text())
        .isEqualTo(
            """
            source: {url: mysql://a@db/s, password: ***
            target:
              password: ${PG_PW}
              url: ${URL}
            """);
    assertThat(SpecText.masked("target:\n  password: file:/run/pg # here\n", List.of()).text())
        .isEqualTo("target:\n  password: file:/run/pg # here\n");
    assertThat(SpecText.masked("{source: x, target: {password: a b}}", List.of()).text())
        .isEqualTo("{source: x, target: {password: ***\n");
  }

  @Test
  void aNewPasswordIsNoOtherSpec() {
    SpecText before = SpecText.masked("source:\n  password: one two\n", List.of("one two"));
    SpecText after = SpecText.masked("source:\r\n  password: 3\r\n\r\n", List.of("3"));

    assertThat(after.fingerprint()).isEqualTo(before.fingerprint()).hasSize(64);
    assertThat(SpecText.masked("source:\n  user: x\n", List.of()).fingerprint())
        .isNotEqualTo(before.fingerprint());
  }
}
