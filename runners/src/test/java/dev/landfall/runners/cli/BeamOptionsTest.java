package dev.landfall.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.options.ExperimentalOptions;
import org.apache.beam.sdk.options.SdkHarnessOptions;
import org.junit.jupiter.api.Test;

/** Options of parts of Beam that nobody asked for are known as soon as somebody names one. */
class BeamOptionsTest {
  @Test
  void takesOptionsOfAllPartsBehindARunWithoutAny() {
    assertThat(BeamOptions.parse(List.of(), DirectOptions.class).getTargetParallelism())
        .isPositive();
    DirectOptions given =
        BeamOptions.parse(
            List.of(
                "--experiments=one", "--targetParallelism=7", "--defaultSdkHarnessLogLevel=WARN"),
            DirectOptions.class);
    assertThat(given.getTargetParallelism()).isEqualTo(7);
    assertThat(given.as(ExperimentalOptions.class).getExperiments()).containsExactly("one");
    assertThat(given.as(SdkHarnessOptions.class).getDefaultSdkHarnessLogLevel())
        .isEqualTo(SdkHarnessOptions.LogLevel.WARN);
  }
}
