package dev.landfall.pipelines.prepare;

import dev.landfall.pipelines.api.PipelineLauncher;
import dev.landfall.pipelines.api.Room;
import dev.landfall.pipelines.preflight.Scope;
import dev.landfall.pipelines.prepare.Changes.Extent;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.ledger.Snapshot;
import java.util.List;
import java.util.function.Supplier;

/** Finds whatever stands in a command's way, before it leaves a trace anywhere. */
public final class Look {
  private final Spec spec;
  private final PipelineLauncher launcher;
  private final SameSource source;
  private final Supplier<Snapshot> snapshot;

  public Look(
      Spec spec, PipelineLauncher launcher, SameSource source, Supplier<Snapshot> snapshot) {
    this.spec = spec;
    this.launcher = launcher;
    this.source = source;
    this.snapshot = snapshot;
  }

  /** What workers elsewhere need they must find themselves: it is not sent to them. */
  public void requireSecretsThatTravel() {
    List<String> stay = launcher.remote() ? spec.secretsThatStay() : List.of();
    if (!stay.isEmpty()) {
      throw new MigrationException(Kind.USAGE, String.join("\n", stay) + "\nNothing was touched.");
    }
  }

  /**
   * Prepares for what a command is about to do; behind a {@link Reset}, before it, to the extent
   * {@link Extent#ANEW}.
   */
  public Prepared prepare(Scope scope, Extent extent) {
    Prepared prepared = Preparation.prepare(spec, extent, source);
    Requirements requirements = requirements(prepared);
    requirements.loadedTables();
    requirements.emptyTables();
    if (scope != Scope.SCHEMA && scope != Scope.MIGRATE) {
      requirements.tables(extent == Extent.ANEW);
    }
    requirements.preflight(scope);
    if (scope != Scope.SCHEMA) {
      launcher.fit(Room.look(spec, launcher.remote()));
    }
    return prepared;
  }

  public Requirements requirements(Prepared prepared) {
    return new Requirements(spec, prepared, snapshot);
  }
}
