package dev.landfall.runners.flink;

import dev.landfall.runners.cli.BeamOptions;
import java.util.List;
import org.apache.beam.runners.flink.FlinkPipelineOptions;

/** Beam's options for Flink, as Landfall's pipelines need them. */
final class FlinkOptions {
  private FlinkOptions() {}

  /**
   * The options that the user gave behind {@code --}, with what all of Landfall's pipelines share.
   *
   * @throws dev.landfall.transforms.MigrationException of kind USAGE for an option that Beam does
   *     not take
   */
  static FlinkPipelineOptions of(List<String> beamOptions) {
    FlinkPipelineOptions options = BeamOptions.parse(beamOptions, FlinkPipelineOptions.class);
    // Steps hand their elements on and keep none.
    options.setObjectReuse(true);
    // Without it Flink would write what flows between steps that part and meet again to disk, with
    // half a gigabyte of network buffers on a few slots. Steps that meet here are unions, which
    // read whatever comes first, so that none waits for another; and a job that is all of a piece
    // is begun anew as a whole when a worker is lost.
    options.setExecutionModeForBatch("PIPELINED_FORCED");
    options.setFasterCopy(true);
    // Otherwise a group can be read once only, and CoGroupByKey reads a large one again. Groups are
    // small here: what chunks have of one piece.
    options.setReIterableGroupByKeyResult(true);
    return options;
  }
}
