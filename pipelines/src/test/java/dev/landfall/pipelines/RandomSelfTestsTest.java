package dev.landfall.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.api.SelfTestReport;
import dev.landfall.pipelines.proof.Sight;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Self-tests of tables of random types, keys and values: no fault is missed, and none is made up.
 *
 * <p>A longer run: {@code -Dlandfall.random.rounds=500 -Dlandfall.random.seed=1}.
 */
class RandomSelfTestsTest {
  private static final int ROUNDS = Integer.getInteger("landfall.random.rounds", 25);
  private static final long SEED = Long.getLong("landfall.random.seed", 20_261_122);

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(MovedDatabase.Source.class)
  void eachFaultIsFoundAndNothingElse(MovedDatabase.Source server)
      throws SQLException, IOException {
    try (MovedDatabase database = new MovedDatabase(server)) {
      for (int i = 0; i < ROUNDS; i++) {
        RandomTable table = new RandomTable("t%02d".formatted(i), SEED + i);
        database.source(table.source().toArray(String[]::new));
      }
      database.move(directory, "");
      database.startRun();

      SelfTestReport report =
          Sight.selfTest(
              database.settings(() -> false, 0).source(),
              database.migration(),
              database.mapping(),
              UnaryOperator.identity());

      assertThat(report.cases()).as("seed %d", SEED).filteredOn(c -> !c.passed()).isEmpty();
      assertThat(report.unexpected()).as("seed %d", SEED).isEmpty();
      assertThat(report.proved()).isTrue();
    }
  }
}
