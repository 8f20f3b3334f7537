package dev.landfall.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.pipelines.check.CountedApart;
import dev.landfall.pipelines.check.InRun;
import dev.landfall.pipelines.checksum.RowWitness;
import dev.landfall.pipelines.load.MigrateTask;
import dev.landfall.pipelines.prepare.Preparation;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.ledger.CheckLedger;
import dev.landfall.transforms.ledger.ChunkLedger;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.RunTransaction;
import dev.landfall.transforms.model.Mapping;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowWitnessTest {
  private static List<String> contradictions(RowWitness witness, Mapping mapping, long read)
      throws SQLException {
    return witness.contradictions(mapping, Map.of(0, read), () -> false);
  }

  private static List<String> broken(SpecBed bed) {
    try (Migration migration = bed.migration("")) {
      return migration.snapshot().broken();
    }
  }

  /** The server's clock counts seconds: what was done in the one before is seen to be before. */
  private static void awaitNextSecond(ConnectionSettings source) throws SQLException {
    try (Connection connection = Pools.of(source, Pools.Use.GENERAL).getConnection();
        Statement statement = connection.createStatement()) {
      long first = 0;
      for (long now = 0; now <= first; ) {
        try (ResultSet row = statement.executeQuery("SELECT UNIX_TIMESTAMP()")) {
          row.next();
          now = row.getLong(1);
          first = first == 0 ? now : first;
        }
      }
    }
  }

  /** What a run has loaded, as it is held against the count when all is loaded. */
  private static InRun at(Spec spec, MigrationKey run, InRun.Work work) {
    return new InRun(
        spec,
        Preparation.prepare(spec),
        run,
        work,
        () -> false,
        () -> {
          try (Connection connection = Pools.of(run.target(), Pools.Use.GENERAL).getConnection()) {
            return ChunkLedger.loadedBy(connection, run);
          }
        });
  }

  private static void keep(CountedApart counts, InRun at) throws SQLException {
    List<CheckResult> found = counts.lookBehind(at);
    if (found != null) {
      MigrationKey run = at.migration();
      RunTransaction.require(run, c -> new CheckLedger(c).keep(run.run(), counts.subject(), found));
    }
  }

  @ParameterizedTest
  @EnumSource(MovedDatabase.Source.class)
  void missesRowsThatWereNotRead(MovedDatabase.Source server) throws SQLException {
    // Otherwise the pools would close with the migration.
    Pools.Lease lease = Pools.lease();
    try (SpecBed bed = new SpecBed(server)) {
      bed.source(
          "CREATE TABLE people (id int PRIMARY KEY, name varchar(20))",
          "INSERT INTO people VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd'), (5, 'e'), (6, 'f')");
      Spec spec = bed.spec("");
      try (Migration migration = bed.migration("")) {
        migration.perform(new MigrateTask(false));
      }
      ConnectionSettings source = spec.source().connection();
      Mapping mapping = Preparation.prepare(spec).mapping();
      MigrationKey key = new MigrationKey(spec.target().connection(), spec.name(), 1);
      assertThat(broken(bed)).isEmpty();
      awaitNextSecond(source);
      RowWitness witness = RowWitness.from(source, key);

      assertThat(contradictions(witness, mapping, 6)).isEmpty();
      assertThat(contradictions(witness, mapping, 4))
          .singleElement()
          .asString()
          .contains("people: 4 rows were read, and the server counts 6, though nobody has written");

      // A load that nobody compares afterwards is held against the count, too.
      bed.target(
          "UPDATE landfall.chunk SET rows_read = 4, rows_loaded = 4",
          "UPDATE landfall.run SET ended = NULL, outcome = NULL");
      InRun first = at(spec, key, new InRun.Compare(VerifyRequest.defaults()));
      try (CountedApart counts = new CountedApart()) {
        counts.look(first);
        keep(counts, first);
      }
      assertThat(broken(bed)).singleElement().asString().contains("4 rows were read");

      // One that loads nothing has nothing to say of that, and one that loads all has.
      bed.target(
          "INSERT INTO landfall.run (migration, command, activity, holder)"
              + " SELECT migration, 'backfill', 'LOAD', 'me' FROM landfall.run");
      CountedApart again = new CountedApart();
      InRun second =
          at(spec, new MigrationKey(key.target(), spec.name(), 2), new InRun.Load(false));
      again.look(second);
      keep(again, second);
      assertThat(broken(bed)).hasSize(1);
      bed.target(
          "UPDATE landfall.chunk SET rows_read = 6, rows_loaded = 6, run = 2,"
              + " committed = clock_timestamp()");
      keep(again, second);
      assertThat(broken(bed)).isEmpty();

      // Whoever writes meanwhile makes the numbers differ.
      bed.source("INSERT INTO people VALUES (7, 'g')");
      assertThat(contradictions(witness, mapping, 6)).isEmpty();

      // Rows that do not come are missed all the same.
      try (Connection connection = Pools.of(source, Pools.Use.GENERAL).getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("SET SESSION sql_select_limit = 5");
      }
      assertThat(contradictions(witness, mapping, 6))
          .singleElement()
          .asString()
          .contains("people: of 7 rows that the server counts in a chunk, 5 come when it is read");
    } finally {
      lease.close();
    }
  }
}
