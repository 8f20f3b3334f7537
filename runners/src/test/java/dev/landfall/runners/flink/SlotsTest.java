package dev.landfall.runners.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.pipelines.api.PipelineLauncher;
import dev.landfall.pipelines.api.Room;
import dev.landfall.transforms.MigrationException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many slots jobs take where there is not room for all. */
class SlotsTest {
  private static final Room ROOM = new Room(5, 3, "the server is full.");

  @Test
  void takesFewerUnlessSomebodyNamedTheNumber() {
    PipelineLauncher launcher = new LocalFlinkLauncher("[local]", List.of(), Slots.of(0, 64));
    launcher.fit(ROOM);
    assertThat(launcher.lanes()).isEqualTo(3 * FlinkLauncher.LANES_PER_SLOT);

    assertThatThrownBy(() -> Slots.of(64, 2).fit(ROOM))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("A parallelism of 64")
        .hasMessageContaining("the server is full.");
  }
}
