package dev.landfall.runners.flink;

import dev.landfall.pipelines.run.Task;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command that goes to a cluster to be carried out there. Holds no secret: what its spec refers
 * to is looked up where it runs.
 *
 * @param task what to do
 * @param spec the content of the spec's file; null when the URLs are all there is
 * @param file the name of that file, for messages and as the place that secret files are relative
 *     to
 * @param files the texts of the files of statements that the spec names, by absolute names
 * @param source a URL in place of the spec's, or null
 * @param target the same for the target
 * @param beamOptions what stood behind {@code --}
 * @param parallelism how many slots its jobs take, 0 for what suits
 * @param slots how many suit, where nobody named a number
 * @param sourceMoved whether the source may be on another server than before
 */
public record DetachedCommand(
    Task<?> task,
    @Nullable String spec,
    @Nullable String file,
    Map<String, String> files,
    @Nullable String source,
    @Nullable String target,
    List<String> beamOptions,
    int parallelism,
    int slots,
    boolean sourceMoved)
    implements Serializable {
  public DetachedCommand {
    files = Map.copyOf(files);
    beamOptions = List.copyOf(beamOptions);
  }
}
