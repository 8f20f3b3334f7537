package dev.landfall.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.MovedDatabase.Source;
import dev.landfall.pipelines.SpecBed;
import dev.landfall.pipelines.api.RepairRequest;
import dev.landfall.transforms.MigrationException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class NewerLedgerTest {
  /** Whatever it is that is asked: nothing is read or written that may mean something else. */
  @Test
  void everyCommandRefusesIt() throws Exception {
    try (SpecBed bed = new SpecBed(Source.MARIADB)) {
      bed.source("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
      try (Migration migration = bed.migration("")) {
        migration.migrate(true);
        bed.target("INSERT INTO landfall.version (number) VALUES (99)");
        Map<String, ThrowingCallable> commands =
            new TreeMap<>(
                Map.of(
                    "status",
                    migration::snapshot,
                    "migrate",
                    () -> migration.migrate(true),
                    "backfill",
                    migration::backfill,
                    "schema",
                    () -> migration.applySchema(true, true),
                    "verify",
                    migration::verify,
                    "repair",
                    () -> migration.repair(RepairRequest.builder().build()),
                    "report",
                    migration::report,
                    "cancel",
                    () -> migration.cancel(true),
                    "restart",
                    migration::reset,
                    "history",
                    () -> migration.journal().history(1)));
        commands.put("rejects", () -> migration.journal().rejects(List.of(), true, 1));
        commands.put("check", () -> migration.check("migrate"));
        commands.forEach(
            (name, command) ->
                assertThatThrownBy(command)
                    .as(name)
                    .isInstanceOfSatisfying(
                        MigrationException.class,
                        e -> assertThat(e.kind()).isEqualTo(MigrationException.Kind.USAGE))
                    .hasMessageContaining(
                        "was made by a newer Landfall (schema 99, this one knows 1): use that"
                            + " version."));
        assertThat(bed.ask("SELECT count(*) FROM landfall.run")).containsExactly("1");
      }
    }
  }
}
