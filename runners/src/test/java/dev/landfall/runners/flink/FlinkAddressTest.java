package dev.landfall.runners.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.transforms.MigrationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlinkAddressTest {
  @ParameterizedTest
  @CsvSource({
    "jobmanager, jobmanager:8081",
    "jobmanager:18081, jobmanager:18081",
    "http://jobmanager:8081/, jobmanager:8081",
    "https://flink.example.org, flink.example.org:8081",
    "[::1]:8082, [::1]:8082",
    "10.0.0.1:1, 10.0.0.1:1",
  })
  void namesAPlace(String text, String address) {
    assertThat(FlinkAddress.parse(text)).hasToString(address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a:b", "host:0", "host:65536", "host:8081/jobs", "a b", "::1:8081"})
  void saysWhatIsExpected(String text) {
    assertThatThrownBy(() -> FlinkAddress.parse(text))
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.kind()).isEqualTo(MigrationException.Kind.USAGE))
        .hasMessage(
            "--flink-master "
                + text
                + ": expected HOST:PORT, the REST address of the cluster's JobManager, such as"
                + " jobmanager:8081.");
  }
}
