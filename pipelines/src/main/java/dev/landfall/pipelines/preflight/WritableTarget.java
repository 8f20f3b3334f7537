package dev.landfall.pipelines.preflight;

import dev.landfall.transforms.sql.PreflightSql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A standby takes no rows, and no ledger. */
final class WritableTarget implements Precondition {
  @Override
  public List<String> look(Surroundings target) throws SQLException {
    List<String> found = new ArrayList<>();
    if (!target.isOneOf(Scope.PREVIEW)) {
      target.ask(
          PreflightSql.writable(),
          row -> {
            if (row.getBoolean("standby")) {
              found.add(
                  "The target "
                      + target.where()
                      + " is a standby, which can only be read. Give the address of its primary.");
            } else if (row.getBoolean("read_only")) {
              found.add(
                  "The target "
                      + target.where()
                      + " lets the user "
                      + target.catalog().user()
                      + " only read (transaction_read_only is on). Turn"
                      + " default_transaction_read_only off for the user, the database or the"
                      + " server.");
            }
          });
    }
    return found;
  }
}
