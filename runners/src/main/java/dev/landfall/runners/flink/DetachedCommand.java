package dev.landfall.runners.flink;

import dev.landfall.pipelines.api.VerifyRequest;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command that goes to a cluster to be carried out there. Holds no secret: what its spec refers
 * to is looked up where it runs.
 *
 * @param work what to do
 * @param spec the content of the spec's file; null when the URLs are all there is
 * @param file the name of that file, for messages and as the place that secret files are relative
 *     to
 * @param source a URL in place of the spec's, or null
 * @param target the same for the target
 * @param beamOptions what stood behind {@code --}
 * @param parallelism how many slots its jobs take, 0 for what suits
 * @param slots how many suit, where nobody named a number
 * @param sourceMoved whether the source may be on another server than before
 * @param request how to compare, for {@link Work#VERIFY}
 */
public record DetachedCommand(
    Work work,
    @Nullable String spec,
    @Nullable String file,
    @Nullable String source,
    @Nullable String target,
    List<String> beamOptions,
    int parallelism,
    int slots,
    boolean sourceMoved,
    VerifyRequest request)
    implements Serializable {
  /** The commands that can be carried out there. */
  public enum Work {
    MIGRATE,
    MIGRATE_WITHOUT_VERIFYING,
    BACKFILL,
    VERIFY
  }

  public DetachedCommand {
    beamOptions = List.copyOf(beamOptions);
  }
}
