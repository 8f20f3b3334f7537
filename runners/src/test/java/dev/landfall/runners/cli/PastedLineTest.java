package dev.landfall.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PastedLineTest {
  private static final String SOURCE = "mysql://app:s3cret@db/shop";
  private static final String TARGET = "postgresql://app:s3cret@pg/shop";

  @Test
  void namesTheVariablesThatAddressesCameFrom() {
    PastedLine line =
        new PastedLine(Map.of("SOURCE", SOURCE, "SHOP_PG", TARGET, "A-B", TARGET, "TARGET", "x"));
    assertThat(
            line.of(List.of("verify", "--source", SOURCE, "--target=" + TARGET, "--where", "a b")))
        .isEqualTo("verify --source \"$SOURCE\" --target=\"$SHOP_PG\" --where 'a b'");
  }

  @Test
  void namesVariablesToSetInPlaceOfSecrets() {
    PastedLine line = new PastedLine(Map.of("TARGET", "postgresql://other/db"));
    assertThat(
            line.of(
                List.of(
                    "verify", "--source", SOURCE, "--target", TARGET, "--webhook=https://h/token")))
        .isEqualTo(
            "verify --source \"${SOURCE:?set it to the URL given as --source}\" --target"
                + " \"${TARGET_URL:?set it to the URL given as --target}\""
                + " --webhook=\"${WEBHOOK:?set it to the URL given as --webhook}\"");
  }

  @Test
  void whatHoldsNoSecretIsPrintedAsItWasTyped() {
    PastedLine line = new PastedLine(Map.of());
    assertThat(
            line.of(
                List.of(
                    "verify",
                    "-c",
                    "it's.yaml",
                    "--source",
                    "mysql://app@db/shop",
                    "--target=postgresql://app:${PW}@pg/shop")))
        .isEqualTo(
            "verify -c 'it'\\''s.yaml' --source mysql://app@db/shop"
                + " --target='postgresql://app:${PW}@pg/shop'");
  }
}
