package dev.landfall.pipelines.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.MovedDatabase;
import dev.landfall.pipelines.SpecBed;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.load.MigrateTask;
import dev.landfall.pipelines.report.MakeReport;
import dev.landfall.pipelines.verify.VerifyTask;
import dev.landfall.transforms.check.Finding;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Triggers that were turned off for a load, and forgotten. */
class TriggersOnTest {
  @Test
  void whatIsOffIsNamedUntilItIsOnAgain() throws SQLException {
    try (SpecBed bed = new SpecBed(MovedDatabase.Source.MARIADB);
        Migration migration = bed.migration("")) {
      bed.source("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1), (2)");
      bed.target(
          "CREATE TABLE t (id int PRIMARY KEY)",
          "CREATE TABLE other (id int PRIMARY KEY)",
          "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
          "CREATE TRIGGER \"Audit\" BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
          "CREATE TRIGGER others BEFORE INSERT ON other FOR EACH ROW EXECUTE FUNCTION f()",
          "CREATE RULE aside AS ON INSERT TO t DO INSTEAD NOTHING",
          "ALTER TABLE t DISABLE TRIGGER \"Audit\"",
          "ALTER TABLE t DISABLE RULE aside",
          "ALTER TABLE other DISABLE TRIGGER others");
      migration.perform(new MigrateTask(true));

      List<Finding> off = findings(migration.perform(new VerifyTask()));
      assertThat(off)
          .extracting(Finding::text)
          .containsExactly(
              "public.t: rule aside: promised enabled, found disabled; rows are loaded without it,"
                  + " and the application may rely on it; to put it right: ALTER TABLE"
                  + " \"public\".\"t\" ENABLE RULE \"aside\";",
              "public.t: trigger Audit: promised enabled, found disabled; rows are loaded without"
                  + " it, and the application may rely on it; to put it right: ALTER TABLE"
                  + " \"public\".\"t\" ENABLE TRIGGER \"Audit\";");
      assertThat(migration.snapshot().broken()).isEmpty();
      assertThat(Objects.requireNonNull(migration.perform(new MakeReport()).schema()).result())
          .isEqualTo(migration.perform(new VerifyTask()).schema());

      for (Finding finding : off) {
        bed.target(Objects.requireNonNull(finding.remedy()));
      }
      assertThat(findings(migration.perform(new VerifyTask()))).isEmpty();
    }
  }

  private static List<Finding> findings(VerificationReport report) {
    assertThat(report.holds()).isTrue();
    return Objects.requireNonNull(report.schema()).findings();
  }
}
