package dev.landfall.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.MovedDatabase.Source;
import dev.landfall.pipelines.SpecBed;
import dev.landfall.pipelines.api.RepairRequest;
import dev.landfall.pipelines.define.ApplySchemaTask;
import dev.landfall.pipelines.load.BackfillTask;
import dev.landfall.pipelines.load.MigrateTask;
import dev.landfall.pipelines.repair.RepairTask;
import dev.landfall.pipelines.report.MakeReport;
import dev.landfall.pipelines.verify.VerifyTask;
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
        migration.perform(new MigrateTask(true));
        bed.target("INSERT INTO landfall.version (number) VALUES (99)");
        Map<String, ThrowingCallable> commands =
            new TreeMap<>(
                Map.of(
                    "status",
                    migration::snapshot,
                    "migrate",
                    () -> migration.perform(new MigrateTask(true)),
                    "backfill",
                    () -> migration.perform(new BackfillTask()),
                    "schema",
                    () -> migration.perform(new ApplySchemaTask(true, true)),
                    "verify",
                    () -> migration.perform(new VerifyTask()),
                    "repair",
                    () -> migration.perform(new RepairTask(RepairRequest.builder().build())),
                    "report",
                    () -> migration.perform(new MakeReport()),
                    "cancel",
                    () -> migration.perform(new CancelRun(true)),
                    "restart",
                    () -> migration.perform(new ResetMigration()),
                    "history",
                    () -> migration.journal().history(1)));
        commands.put("rejects", () -> migration.journal().rejects(List.of(), true, 1));
        commands.put("check", () -> migration.perform(new DryRun(new MigrateTask(true))));
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
