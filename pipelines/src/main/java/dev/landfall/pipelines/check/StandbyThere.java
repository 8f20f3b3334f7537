package dev.landfall.pipelines.check;

import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.sql.PreflightSql;
import java.util.ArrayList;
import java.util.List;

/** A commit that waits for a standby does not end while none is there, and nobody says why. */
final class StandbyThere implements Check<Surroundings> {
  @Override
  public List<CheckResult> look(Surroundings at) {
    List<CheckResult> found = new ArrayList<>();
    if (at.isOneOf(Purpose.PREVIEW, Purpose.LOOK)) {
      return found;
    }
    at.ask(
        PreflightSql.awaitedStandbys(),
        row ->
            found.addAll(
                broken(
                    "The target "
                        + at.target().display()
                        + " waits with each commit for a standby (synchronous_standby_names is "
                        + row.text("names")
                        + "), and none is connected, so no commit would end. Connect it, or let an"
                        + " administrator empty synchronous_standby_names until it is there.")));
    return found;
  }
}
