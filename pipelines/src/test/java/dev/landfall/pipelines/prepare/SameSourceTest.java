package dev.landfall.pipelines.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.landfall.embedded.EmbeddedMySql;
import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.embedded.SharedServers;
import dev.landfall.pipelines.DirectLauncher;
import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.MovedDatabase;
import dev.landfall.pipelines.MovedDatabase.Source;
import dev.landfall.pipelines.SpecBed;
import dev.landfall.pipelines.SpecMigration;
import dev.landfall.pipelines.api.RepairRequest;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.load.BackfillTask;
import dev.landfall.pipelines.load.MigrateTask;
import dev.landfall.pipelines.repair.RepairTask;
import dev.landfall.pipelines.run.DryRun;
import dev.landfall.pipelines.run.NoteSourceMoved;
import dev.landfall.pipelines.verify.VerifyTask;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A database of the same name and schema on another server, in place of the one that was moved. */
class SameSourceTest {
  private static final String TABLE = "CREATE TABLE t (id int PRIMARY KEY, v int)";

  @Test
  void anotherServersRowsAreNotTakenForThoseThatWereMoved() throws SQLException {
    assumeTrue(EmbeddedMySql.missing().isEmpty(), EmbeddedMySql.missing()::toString);
    EmbeddedServer other = SharedServers.mysql();
    try (SpecBed bed = new SpecBed(Source.MARIADB)) {
      bed.source(TABLE, "INSERT INTO t VALUES (1, 1), (2, 2)");
      other.createDatabase(bed.sourceName());
      try (Connection connection = other.connect(bed.sourceName());
          Statement statement = connection.createStatement()) {
        statement.execute(TABLE);
        statement.execute("INSERT INTO t VALUES (1, 10), (3, 30)");
      }
      try (Migration first = bed.migration("")) {
        first.perform(new MigrateTask(true));
        bed.target("UPDATE t SET v = 0");
        assertThat(first.perform(new VerifyTask(MovedDatabase.ONE_LOOK)).equal()).isFalse();
      }
      try (Migration elsewhere = SpecMigration.of(bed.specFrom(other), new DirectLauncher())) {
        refused(() -> elsewhere.perform(new MigrateTask(true)), ":" + other.port());
        refused(() -> elsewhere.perform(new BackfillTask()), ":" + other.port());
        refused(() -> elsewhere.perform(new VerifyTask()), "--source-moved");
        refused(
            () ->
                elsewhere.perform(new RepairTask(RepairRequest.builder().setExecute(true).build())),
            "another server");
        refused(() -> elsewhere.perform(new DryRun(new VerifyTask())), "another server");
        assertThat(bed.ask("SELECT id, v FROM t ORDER BY id")).containsExactly("1|0", "2|0");

        // Something else in the way of the command that says so leaves it as it is.
        elsewhere.perform(new NoteSourceMoved());
        bed.target("ALTER TABLE t RENAME TO away");
        assertThatThrownBy(() -> elsewhere.perform(new BackfillTask()))
            .hasMessageContaining("gone from the target");
        bed.target("ALTER TABLE away RENAME TO t");
        try (Migration first = bed.migration("")) {
          first.perform(new DryRun(new VerifyTask()));
        }
        elsewhere.perform(new DryRun(new VerifyTask()));
        VerificationReport report = elsewhere.perform(new VerifyTask(MovedDatabase.ONE_LOOK));
        assertThat(report.differences())
            .extracting(d -> d.kind() + " " + d.key())
            .containsExactlyInAnyOrder("CHANGED {id=1}", "MISSING {id=3}", "EXTRA {id=2}");
      }
      try (Migration first = bed.migration("")) {
        refused(() -> first.perform(new VerifyTask()), "another server");
      }
      other.dropDatabase(bed.sourceName());
    }
  }

  private static void refused(ThrowingCallable work, String why) {
    assertThatThrownBy(work)
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining(why)
        .hasMessageContaining("Nothing was touched.")
        .extracting(e -> ((MigrationException) e).kind())
        .isEqualTo(Kind.USAGE);
  }
}
