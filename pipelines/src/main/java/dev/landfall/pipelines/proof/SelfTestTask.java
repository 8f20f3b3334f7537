package dev.landfall.pipelines.proof;

import dev.landfall.pipelines.api.SelfTestReport;
import dev.landfall.pipelines.check.Purpose;
import dev.landfall.pipelines.run.Task;
import dev.landfall.pipelines.run.TaskContext;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.ledger.RunStop;
import java.sql.SQLException;
import java.util.List;

/**
 * Seeds faults in a copy of some rows, in a scratch schema of the target, and sees whether a
 * comparison finds each of them and nothing else. Changes nothing but the ledger.
 *
 * @param tables names of target tables, with or without their schema; all where there are none
 */
public record SelfTestTask(List<String> tables) implements Task<SelfTestReport> {
  public SelfTestTask {
    tables = List.copyOf(tables);
  }

  @Override
  public String command() {
    return "verify";
  }

  @Override
  public Purpose purpose() {
    return Purpose.COMPARE;
  }

  @Override
  public SelfTestReport run(TaskContext context) {
    SelfTest test =
        new SelfTest(
            context.source(), context.key(), context.mapping(), new RunStop(context.key()));
    try {
      return test.run(WantedTables.of(context.mapping(), tables));
    } catch (SQLException e) {
      throw new MigrationException(
          Kind.FAILED,
          "The self-test failed: "
              + String.valueOf(e.getMessage()).strip()
              + " (SQLState "
              + e.getSQLState()
              + "). Nothing was changed; run it again.",
          e);
    }
  }
}
