package dev.landfall.runners.document;

import dev.landfall.pipelines.api.ClusterJob;
import dev.landfall.transforms.MigrationException;
import org.jspecify.annotations.Nullable;

/** What commands say that have little to say. */
public sealed interface CommandDocument {
  /** What a command says that was handed over to a cluster. */
  record Submitted(ClusterJob job) implements CommandDocument {}

  /**
   * What {@code cancel} says.
   *
   * @param holder who ran what was stopped, null when nothing was running
   */
  record Cancelled(boolean stopped, @Nullable String holder) implements CommandDocument {
    /** Of whoever ran what was stopped. */
    public Cancelled(@Nullable String holder) {
      this(holder != null, holder);
    }
  }

  /** What {@code demo --stop} says. */
  record DemoStopped(boolean stopped) implements CommandDocument {}

  /** What a command says that ended with an error. */
  record Failed(Failure error) implements CommandDocument {
    /** Of a kind of failure; null for one that nobody knows. */
    public static Failed of(MigrationException.@Nullable Kind kind, String message, int exitCode) {
      return new Failed(
          new Failure(
              kind == null ? "unexpected" : Documents.lower(kind.name()), message, exitCode));
    }
  }

  /** What failed, and how the command ends. */
  record Failure(String kind, String message, int exitCode) {}
}
