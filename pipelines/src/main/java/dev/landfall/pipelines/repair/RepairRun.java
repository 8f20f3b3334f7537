package dev.landfall.pipelines.repair;

import dev.landfall.pipelines.api.RepairReport;
import dev.landfall.pipelines.repair.RepairLedger.KeyName;
import dev.landfall.transforms.catalog.TargetCatalog;
import dev.landfall.transforms.jdbc.Pause;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.RunTransaction;
import dev.landfall.transforms.ledger.Step;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.refresh.KeyBatch;
import dev.landfall.transforms.refresh.RefreshAudit;
import dev.landfall.transforms.refresh.RefreshedKey;
import dev.landfall.transforms.refresh.RefreshedKey.Action;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Carries a repair out. Keys that an earlier run for the same verification has done are not done
 * again; all are compared in the end, and those that changed meanwhile are refreshed once more.
 */
final class RepairRun {
  /**
   * A key that changed in each of these rounds, whose pauses are one and a half seconds in sum, is
   * written to all the time.
   */
  private static final int ROUNDS = 5;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

  /** So often at most, keys that failed are tried again while some of them succeed. */
  private static final int TRIES = 10;

  private final Repair repair;
  private final RepairLedger ledger;
  private final RefreshRuns runs;
  private final MigrationKey migration;
  private final List<TargetPosition> order;

  RepairRun(
      Repair repair,
      RepairLedger ledger,
      RefreshRuns runs,
      MigrationKey migration,
      TargetCatalog catalog) {
    this.repair = repair;
    this.ledger = ledger;
    this.runs = runs;
    this.migration = migration;
    this.order =
        RepairOrder.of(repair.mapping(), catalog).stream()
            .filter(repair.keys().tables()::contains)
            .toList();
  }

  RepairReport run() throws SQLException {
    runs.find(repair.keys(), name -> true);
    recordImpossible();
    Map<KeyName, RefreshedKey> outcomes = outcomes();
    Set<KeyName> done = new HashSet<>();
    outcomes.forEach(
        (name, key) -> {
          if (key.action().done()) {
            done.add(name);
          }
        });
    refresh(name -> !done.contains(name));
    runs.copies(repair.keys().copies(name -> true), repair.request().deleteExtra());
    Set<KeyName> unsettled = new LinkedHashSet<>(unsettled(name -> true));
    Pause pause = new Pause(runs.stop(), FIRST_PAUSE);
    int tries = 1;
    Set<KeyName> moving = moving(unsettled);
    while (tries <= ROUNDS && !moving.isEmpty()) {
      pause.next();
      refresh(moving::contains);
      runs.copies(repair.keys().copies(moving::contains), repair.request().deleteExtra());
      tries++;
      unsettled.removeAll(moving);
      unsettled.addAll(unsettled(moving::contains));
      moving = moving(unsettled);
      moving.removeIf(name -> repair.keys().rejection(name) != null);
    }
    HotKeys hot = new HotKeys(repair, runs, tries);
    hot.settle(moving(unsettled));
    unsettled.removeAll(hot.settled().keySet());
    runs.mended();
    return report(unsettled, hot);
  }

  /** Those that were refreshed and differ again. */
  private Set<KeyName> moving(Set<KeyName> unsettled) throws SQLException {
    Map<KeyName, RefreshedKey> now = unsettled.isEmpty() ? Map.of() : outcomes();
    Set<KeyName> moving = new LinkedHashSet<>(unsettled);
    moving.removeIf(name -> !isDone(now, name));
    return moving;
  }

  private List<KeyName> unsettled(Predicate<KeyName> wanted) throws SQLException {
    runs.find(repair.keys(), wanted);
    Step.begin(migration, Step.Kind.REPAIRED, 0, 0);
    return repair.unsettled(wanted);
  }

  private static boolean isDone(Map<KeyName, RefreshedKey> outcomes, KeyName name) {
    RefreshedKey key = outcomes.get(name);
    return key != null && key.action().done();
  }

  private RepairReport report(Set<KeyName> unsettled, HotKeys hot) throws SQLException {
    Map<KeyName, RefreshedKey> outcomes = new LinkedHashMap<>(outcomes());
    outcomes.replaceAll((name, key) -> hot.settled().getOrDefault(name, key));
    for (KeyName name : unsettled) {
      if (isDone(outcomes, name)) {
        String rejection = repair.keys().rejection(name);
        outcomes.put(
            name,
            new RefreshedKey(
                name.position(),
                name.key(),
                Action.FAILED,
                null,
                null,
                rejection != null ? rejection : hot.why(name)));
      }
    }
    boolean equal = unsettled.isEmpty() && !repair.keys().isNameless();
    for (RefreshedKey key : outcomes.values()) {
      equal &= key.action().done() || !isAsked(key);
    }
    return repair.report(outcomes.values(), true, equal, hot.warnings());
  }

  /** Of other tables, which an earlier run was asked for, nothing is said. */
  private boolean isAsked(RefreshedKey key) {
    return repair.keys().tables().contains(key.position())
        || repair.keys().copies(name -> true).containsKey(key.position())
        || repair.keys().impossible().stream().anyMatch(k -> k.position().equals(key.position()));
  }

  /**
   * Refreshes keys: rows that refer to others behind those, deletions in the other order, and once
   * more what failed as long as that helps.
   */
  private void refresh(Predicate<KeyName> wanted) throws SQLException {
    run(order, wanted, false);
    boolean deletes = repair.request().deleteExtra();
    int before = Integer.MAX_VALUE;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      if (deletes) {
        List<TargetPosition> reverse = new ArrayList<>(order);
        Collections.reverse(reverse);
        Map<KeyName, RefreshedKey> left = outcomes();
        run(reverse, name -> wanted.test(name) && !isDone(left, name), true);
      }
      Map<KeyName, RefreshedKey> now = outcomes();
      Predicate<KeyName> failed =
          name ->
              wanted.test(name) && now.containsKey(name) && now.get(name).action() == Action.FAILED;
      int count = (int) now.keySet().stream().filter(failed).count();
      if (count == 0 || count >= before) {
        return;
      }
      before = count;
      run(order, failed, deletes);
    }
  }

  private void run(List<TargetPosition> positions, Predicate<KeyName> wanted, boolean deletes) {
    List<KeyBatch> batches = new ArrayList<>();
    for (TargetPosition position : positions) {
      batches.addAll(repair.keys().batches(position, wanted, deletes));
    }
    runs.run(batches);
  }

  private Map<KeyName, RefreshedKey> outcomes() throws SQLException {
    Map<KeyName, RefreshedKey> outcomes =
        ledger.outcomes(repair.mapping(), repair.verified().run());
    outcomes.keySet().removeIf(repair.keys()::isPast);
    return outcomes;
  }

  private void recordImpossible() throws SQLException {
    List<RefreshedKey> impossible = List.copyOf(repair.keys().impossible());
    if (!impossible.isEmpty()) {
      RunTransaction.require(
          migration,
          connection ->
              new RefreshAudit(connection, repair.mapping(), migration, repair.verified().run())
                  .add(impossible));
    }
  }
}
