package dev.landfall.runners.direct;

import dev.landfall.pipelines.api.PipelineLauncher;
import dev.landfall.pipelines.api.Room;
import dev.landfall.pipelines.api.Running;
import dev.landfall.runners.cli.BeamOptions;
import java.util.List;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;

/** Runs pipelines in this process, on the Direct runner. */
public final class DirectLauncher implements PipelineLauncher {
  /**
   * Lanes per processor. A lane waits for one of the two servers most of the time, and a thread of
   * the Direct runner that has nothing to do spins: with more lanes than threads none is idle.
   */
  private static final int LANES_PER_PROCESSOR = 2;

  /** Beam's option for the same. */
  private static final String THREADS = "--targetParallelism";

  private final List<String> beamOptions;
  private final boolean given;
  private final int wanted;
  private volatile int lanes;

  /**
   * @param beamOptions what the user gave behind {@code --}
   * @param parallelism how many chunks at a time, 0 for what suits the machine
   */
  public DirectLauncher(List<String> beamOptions, int parallelism) {
    this.beamOptions = beamOptions;
    this.given = parallelism > 0;
    this.wanted =
        parallelism > 0
            ? parallelism
            : Math.max(2, Runtime.getRuntime().availableProcessors() * LANES_PER_PROCESSOR);
    this.lanes = wanted;
    if (!beamOptions.isEmpty()) {
      // A mistake is found before anything is touched.
      BeamOptions.parse(beamOptions, DirectOptions.class);
    }
  }

  @Override
  public Pipeline create(Work work, String name) {
    DirectOptions options = BeamOptions.parse(beamOptions, DirectOptions.class);
    options.setRunner(DirectRunner.class);
    options.setBlockOnRun(false);
    // Both check every element by encoding it again: for tests of transforms, not for half a
    // gigabyte.
    options.setEnforceEncodability(false);
    options.setEnforceImmutability(false);
    if (beamOptions.stream().noneMatch(o -> o.startsWith(THREADS))) {
      options.setTargetParallelism(Math.max(2, threads(work)));
    }
    return Pipeline.create(options);
  }

  /** A thread that loads waits for commits as well; one that compares keeps a processor busy. */
  private int threads(Work work) {
    return switch (work) {
      case LOAD -> lanes - 1;
      case COMPARE -> lanes / LANES_PER_PROCESSOR;
    };
  }

  @Override
  public Running start(Pipeline pipeline, JobListener listener) {
    return Running.of(pipeline.run());
  }

  @Override
  public void warmUp() {
    dev.landfall.pipelines.load.WarmUp.start(this);
  }

  @Override
  public boolean remote() {
    return false;
  }

  @Override
  public int lanes() {
    return lanes;
  }

  @Override
  public void fit(Room room) {
    lanes = room.fit(wanted, given);
    DirectOptions options = BeamOptions.parse(beamOptions, DirectOptions.class);
    if (beamOptions.stream().anyMatch(o -> o.startsWith(THREADS))) {
      room.fit(options.getTargetParallelism(), /* given= */ true);
    }
  }
}
