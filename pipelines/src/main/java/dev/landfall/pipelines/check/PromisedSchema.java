package dev.landfall.pipelines.check;

import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.ledger.CheckLedger;
import dev.landfall.transforms.ledger.Step;
import dev.landfall.transforms.promise.SchemaComparison;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The target's tables are what the migration promised when it made them. */
final class PromisedSchema implements Check<InRun> {
  @Override
  public String subject() {
    return CheckResult.TARGET;
  }

  @Override
  public @Nullable List<CheckResult> look(InRun at) {
    if (!at.comparesSchema()) {
      return null;
    }
    Step.begin(at.migration(), Step.Kind.SCHEMA, 0, 0);
    boolean everyKey =
        at.work() instanceof InRun.Compare compare
            && compare.request().level() == VerifyRequest.Level.FULL;
    return at.ask(
        Side.TARGET,
        "Comparing the schema",
        connection -> {
          CheckLedger ledger = new CheckLedger(connection);
          return List.of(
              SchemaComparison.run(
                  connection,
                  at.prepared().promises(),
                  new SchemaComparison.Settings(
                      ledger.said(at.migration().name()),
                      ledger.isAfterLoad(at.migration().name()),
                      everyKey,
                      at.stopped())));
        });
  }
}
