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
import java.util.Set;
import java.util.function.Supplier;

/** Finds whatever stands in a command's way, before it leaves a trace anywhere. */
public final class Look {
  private static final Set<String> MAKES_TABLES = Set.of("migrate", "schema", "extend");

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

  /** For a command that goes on with the migration as it stands. */
  public Prepared prepare(String command) {
    return prepare(command, command.equals("extend") ? Extent.EXTEND : Extent.AS_BEGUN);
  }

  /** For a command behind a {@link Reset}, before it. */
  public void anew(String command) {
    requireSecretsThatTravel();
    prepare(command, Extent.ANEW);
  }

  private Prepared prepare(String command, Extent extent) {
    Prepared prepared = Preparation.prepare(spec, extent, source);
    Requirements requirements = requirements(prepared);
    requirements.loadedTables();
    requirements.emptyTables();
    if (!MAKES_TABLES.contains(command)) {
      requirements.tables(extent == Extent.ANEW);
    }
    requirements.preflight(scope(command));
    if (!command.equals("schema")) {
      launcher.fit(Room.look(spec, launcher.remote()));
    }
    return prepared;
  }

  public Requirements requirements(Prepared prepared) {
    return new Requirements(spec, prepared, snapshot);
  }

  private static Scope scope(String command) {
    return switch (command) {
      case "schema" -> Scope.SCHEMA;
      case "migrate", "extend" -> Scope.MIGRATE;
      case "backfill" -> Scope.LOAD;
      case "repair" -> Scope.REPAIR;
      default -> Scope.COMPARE;
    };
  }
}
