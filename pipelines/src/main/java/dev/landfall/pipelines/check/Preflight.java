package dev.landfall.pipelines.check;

import dev.landfall.pipelines.api.PipelineLauncher;
import dev.landfall.pipelines.api.Room;
import dev.landfall.pipelines.prepare.Changes.Extent;
import dev.landfall.pipelines.prepare.Preparation;
import dev.landfall.pipelines.prepare.Prepared;
import dev.landfall.pipelines.prepare.SameSource;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.check.Finding;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.ledger.Snapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Finds whatever stands in a command's way, before it leaves a trace anywhere. */
public final class Preflight {
  private static final String UNTOUCHED = "Nothing was touched.";

  private final Spec spec;
  private final PipelineLauncher launcher;
  private final SameSource source;
  private final Supplier<Snapshot> snapshot;

  public Preflight(
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
      throw new MigrationException(Kind.USAGE, String.join("\n", stay) + "\n" + UNTOUCHED);
    }
  }

  /**
   * Prepares for what a command is about to do; behind a {@link
   * dev.landfall.pipelines.prepare.Reset}, before it, to the extent {@link Extent#ANEW}.
   */
  public Prepared prepare(Purpose purpose, Extent extent) {
    Prepared prepared = Preparation.prepare(spec, extent, source);
    require(purpose, prepared, extent == Extent.ANEW);
    if (purpose != Purpose.SCHEMA) {
      launcher.fit(Room.look(spec, launcher.remote()));
    }
    return prepared;
  }

  /**
   * Refuses to begin unless all is as it must be, and tells of everything that is not.
   *
   * @param anew whether the tables that the migration made are taken for absent
   * @throws MigrationException of kind USAGE
   */
  public void require(Purpose purpose, Prepared prepared, boolean anew) {
    ConnectionSettings target = spec.target().connection();
    Snapshot standing = prepared.known() ? snapshot.get() : null;
    String found;
    try (Connection connection = Reachability.open(Side.TARGET, target)) {
      Surroundings at = new Surroundings(purpose, anew, connection, spec, prepared, standing);
      found =
          Checks.of(CheckScope.PREFLIGHT).stream()
              .map(check -> check.look(at))
              .filter(Objects::nonNull)
              .flatMap(List::stream)
              .filter(result -> !result.holds())
              .map(Preflight::text)
              .collect(Collectors.joining("\n"));
    } catch (SQLException e) {
      throw Reachability.failed(Side.TARGET, target, "Looking at the tables", e);
    }
    if (!found.isEmpty()) {
      throw new MigrationException(
          Kind.USAGE, found.endsWith(UNTOUCHED) ? found : found + "\n" + UNTOUCHED);
    }
  }

  private static String text(CheckResult result) {
    return result.message()
        + result.findings().stream()
            .map(Finding::remedy)
            .distinct()
            .map(remedy -> "\n  " + remedy)
            .collect(Collectors.joining());
  }
}
