package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.convert.Reject;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.RejectLedger;
import dev.landfall.transforms.ledger.RejectLedger.Standing;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.refresh.KeyLookup;
import dev.landfall.transforms.refresh.RowKey;
import dev.landfall.validation.match.KeyedComparison;
import dev.landfall.validation.result.RowCounts;
import dev.landfall.validation.result.TableKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which rejects stand no more, and marks them with the run that did: those of tables that
 * it compared whole and found equal, and those whose row both sides have now, alike. A row that is
 * on neither side stands until its table is found equal: its key in the target may be another.
 */
public final class MendedRejects {
  private static final Logger LOG = LoggerFactory.getLogger(MendedRejects.class);

  private static final int PAGE = 500;

  /** Some hundred thousand keys; whoever looks next goes on with the others. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final ConnectionSettings source;
  private final MigrationKey migration;
  private final Mapping mapping;

  /** The rejects of that run's migration. */
  public MendedRejects(ConnectionSettings source, MigrationKey migration, Mapping mapping) {
    this.source = source;
    this.migration = migration;
    this.mapping = mapping;
  }

  /** Looks; what can't be looked up now is left to stand. */
  public void mark() {
    long end = System.nanoTime() + LONGEST.toNanos();
    try (Connection to = Pools.of(migration.target(), Pools.Use.GENERAL).getConnection()) {
      RejectLedger ledger = new RejectLedger(to, migration.name());
      ledger.mendOfEqual(migration.run(), mapping);
      List<Standing> page = ledger.standing(0, PAGE);
      if (page.isEmpty()) {
        return;
      }
      try (Connection from = Pools.of(source, Pools.Use.GENERAL).getConnection()) {
        while (!page.isEmpty() && System.nanoTime() < end) {
          ledger.mend(migration.run(), arrived(page, from, to));
          page = ledger.standing(page.get(page.size() - 1).id(), PAGE);
        }
      }
    } catch (SQLException e) {
      LOG.info("which rejects were mended could not be looked up: {}", e.getMessage());
    }
  }

  private Set<Long> arrived(List<Standing> page, Connection from, Connection to)
      throws SQLException {
    Map<Integer, List<Standing>> byTable = new HashMap<>();
    page.stream()
        // What is compared may be less than what was moved.
        .filter(r -> r.table() < mapping.tables().size())
        .forEach(r -> byTable.computeIfAbsent(r.table(), t -> new ArrayList<>()).add(r));
    Set<Long> arrived = new HashSet<>();
    for (Map.Entry<Integer, List<Standing>> entry : byTable.entrySet()) {
      TableMapping table = mapping.table(entry.getKey());
      List<TargetPosition> writers =
          IntStream.range(0, table.targets().size())
              .mapToObj(target -> new TargetPosition(entry.getKey(), target))
              .toList();
      if (!writers.stream().allMatch(writer -> KeyLookup.possible(mapping, writer))) {
        continue;
      }
      List<Standing> here = new ArrayList<>(entry.getValue());
      for (TargetPosition writer : writers) {
        here = here.isEmpty() ? here : alike(here, writer, from, to);
      }
      here.forEach(r -> arrived.add(r.id()));
    }
    return arrived;
  }

  private List<Standing> alike(
      List<Standing> some, TargetPosition writer, Connection from, Connection to)
      throws SQLException {
    TargetPosition first = mapping.first(writer);
    LookUp lookUp = LookUp.of(mapping, new TableKey(first.table(), first.target()));
    List<Map<String, @Nullable String>> shown = new ArrayList<>();
    for (Standing one : some) {
      Reject reject = new Reject(one.key(), null, one.reason(), null);
      shown.add(RejectedRows.difference(mapping, writer, reject).key());
    }
    List<Standing> looked = new ArrayList<>();
    List<RowKey> keys = new ArrayList<>();
    List<@Nullable RowKey> found = lookUp.lookup().keys().ofRejected(from, writer, shown);
    for (int i = 0; i < found.size(); i++) {
      RowKey key = found.get(i);
      if (key != null) {
        looked.add(some.get(i));
        keys.add(key);
      }
    }
    List<KeyedComparison.@Nullable State> states = lookUp.states(keys, from, to);
    List<Standing> alike = new ArrayList<>();
    for (int i = 0; i < looked.size(); i++) {
      KeyedComparison.State state = states.get(i);
      if (state != null && state.settled() && !state.counts().equals(RowCounts.NONE)) {
        alike.add(looked.get(i));
      }
    }
    return alike;
  }
}
