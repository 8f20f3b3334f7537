package dev.landfall.pipelines.check;

import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.sql.PreflightSql;
import java.util.ArrayList;
import java.util.List;

/** A standby takes no rows, and no ledger. */
final class WritableTarget implements Check<Surroundings> {
  @Override
  public List<CheckResult> look(Surroundings at) {
    List<CheckResult> found = new ArrayList<>();
    if (at.isOneOf(Purpose.PREVIEW, Purpose.LOOK)) {
      return found;
    }
    at.ask(
        PreflightSql.writable(),
        row -> {
          if (row.isTrue("standby")) {
            found.addAll(
                broken(
                    "The target "
                        + at.target().display()
                        + " is a standby, which can only be read. Give the address of its primary."));
          } else if (row.isTrue("read_only")) {
            found.addAll(
                broken(
                    "The target "
                        + at.target().display()
                        + " lets the user "
                        + at.catalog().user()
                        + " only read (transaction_read_only is on). Turn"
                        + " default_transaction_read_only off for the user, the database or the"
                        + " server."));
          }
        });
    return found;
  }
}
