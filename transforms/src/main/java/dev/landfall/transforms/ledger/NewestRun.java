package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a migration's current or last run found itself, told from what is known of runs before it.
 *
 * @param compared whether it compared rows of any table, however closely
 * @param broken those of {@link Snapshot#broken} that it found
 */
public record NewestRun(boolean compared, List<String> broken) {
  public NewestRun {
    broken = List.copyOf(broken);
  }

  /** Where nobody asked the ledger: what was found since that run began. */
  static NewestRun since(
      @Nullable Instant started, List<Snapshot.Table> tables, List<String> broken) {
    boolean compared =
        started != null
            && tables.stream()
                .anyMatch(t -> t.compared() != null && !t.compared().at().isBefore(started));
    return new NewestRun(compared, compared ? broken : List.of());
  }

  static NewestRun read(Connection connection, String migration, List<KeptCheck> checks)
      throws SQLException {
    boolean compared =
        Query.of(
                connection,
                """
                SELECT 1 FROM landfall.verification
                WHERE run = (SELECT max(id) FROM landfall.run WHERE migration = :name) LIMIT 1
                """)
            .bind("name", migration)
            .exists();
    return new NewestRun(
        compared,
        checks.stream()
            .filter(KeptCheck::byNewestRun)
            .flatMap(kept -> kept.result().broken().stream())
            .toList());
  }
}
