package dev.landfall.pipelines.run;

import dev.landfall.pipelines.check.Check;
import dev.landfall.pipelines.check.CheckScope;
import dev.landfall.pipelines.check.Checks;
import dev.landfall.pipelines.check.InRun;
import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.ledger.CheckLedger;
import dev.landfall.transforms.ledger.Event;
import dev.landfall.transforms.ledger.Events;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.RunTransaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Asks the checks of a run before its work and behind it, riding out outages, and keeps in the
 * ledger what they find.
 */
public final class RunChecks implements AutoCloseable {
  private final Outage outage;
  private final InRun at;
  private final List<Check<InRun>> checks = Checks.of(CheckScope.VERIFY);
  private final List<CheckResult> found = new ArrayList<>();

  private RunChecks(Outage outage, InRun at) {
    this.outage = outage;
    this.at = at;
  }

  /** Looks before the work of a run. */
  public static RunChecks begin(TaskContext context, InRun.Work work) {
    RunChecks asked =
        new RunChecks(
            context.outage(),
            new InRun(
                context.spec(),
                context.prepared(),
                context.key(),
                work,
                context.stopped(),
                Map::of));
    try {
      asked.ask(asked.checks, Check::look, asked.at);
      return asked;
    } catch (RuntimeException e) {
      asked.close();
      throw e;
    }
  }

  /**
   * Looks when the work is done.
   *
   * @param read the rows that it has read
   * @return what was found before it and behind it
   */
  public List<CheckResult> end(InRun.RowsRead read) {
    List<Check<InRun>> lastFirst = new ArrayList<>(checks);
    Collections.reverse(lastFirst);
    ask(lastFirst, Check::lookBehind, at.behind(read));
    return List.copyOf(found);
  }

  private void ask(
      List<Check<InRun>> asked,
      BiFunction<Check<InRun>, InRun, @Nullable List<CheckResult>> question,
      InRun looked) {
    Map<String, List<CheckResult>> bySubject = new LinkedHashMap<>();
    List<Event> events = new ArrayList<>();
    for (Check<InRun> check : asked) {
      List<CheckResult> results =
          outage.answer(() -> Optional.ofNullable(question.apply(check, looked))).orElse(null);
      if (results != null) {
        bySubject.computeIfAbsent(check.subject(), s -> new ArrayList<>()).addAll(results);
        Optional.ofNullable(check.event(results)).ifPresent(events::add);
      }
    }
    if (!bySubject.isEmpty()) {
      outage.ride(() -> keep(bySubject, events));
      bySubject.values().forEach(found::addAll);
    }
  }

  private void keep(Map<String, List<CheckResult>> bySubject, List<Event> events) {
    MigrationKey migration = at.migration();
    try {
      RunTransaction.require(
          migration,
          connection -> {
            CheckLedger ledger = new CheckLedger(connection);
            for (Map.Entry<String, List<CheckResult>> subject : bySubject.entrySet()) {
              ledger.keep(migration.run(), subject.getKey(), subject.getValue());
            }
            for (Event event : events) {
              Events.add(connection, migration.name(), migration.run(), event);
            }
          });
    } catch (SQLException e) {
      throw Reachability.failed(Side.TARGET, migration.target(), "Keeping the ledger", e);
    }
  }

  @Override
  public void close() {
    checks.forEach(Check::close);
  }
}
