package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.jdbc.Pause;
import dev.landfall.transforms.ledger.JsonKeys;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.Step;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.StopSignal;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.refresh.KeyLookup;
import dev.landfall.transforms.refresh.RowKey;
import dev.landfall.validation.match.KeyedComparison;
import dev.landfall.validation.result.Difference;
import dev.landfall.validation.result.RowCounts;
import dev.landfall.validation.result.TableKey;
import dev.landfall.validation.result.TableVerdict;
import dev.landfall.validation.result.VerificationReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Looks at differences again, by key, before they count: a write that was on its way between the
 * reading of one side and of the other is no difference. What differs then is what counts, as it is
 * then; what does not has settled.
 *
 * <p>Only differences that are named are looked at, and those of tables whose rows can be found by
 * key ({@link KeyLookup#possible}), for which some tables of the source are read. A row that could
 * not be converted stays what it is, and so does one whose key has a NUL, or that more rows of the
 * source have than are kept.
 */
final class LookAgain {
  private final MigrationKey migration;
  private final Mapping mapping;
  private final ByTable tables;
  private final StopSignal stop;

  LookAgain(MigrationKey migration, Mapping mapping, ByTable tables, StopSignal stop) {
    this.migration = migration;
    this.mapping = mapping;
    this.tables = tables;
    this.stop = stop;
  }

  /**
   * The report after so many looks, each behind a pause; the differences that are left have their
   * values. Returns at once when nothing differs, and early when the stop signal is given.
   */
  VerificationReport apply(VerificationReport report, int looks, Pause pause) throws SQLException {
    VerificationReport current = report;
    for (int look = 0; look < looks && !open(current).isEmpty(); look++) {
      Map<TableKey, List<Difference>> open = open(current);
      long keys = open.values().stream().mapToLong(List::size).sum();
      Step step =
          Step.begin(migration, Step.Kind.AGAIN, keys, LookUp.scanned(mapping, open.keySet()));
      if (!pause.next()) {
        return current;
      }
      current = look(current, step);
    }
    return current;
  }

  private VerificationReport look(VerificationReport report, Step step) throws SQLException {
    Map<TableKey, List<Difference>> open = open(report);
    Map<TableKey, Look> looks =
        tables.ask(
            List.copyOf(open.keySet()),
            (table, source, target) -> {
              List<Difference> of = open.getOrDefault(table, List.of());
              Look look = look(table, of, source, target, rows -> Looks.read(stop, step, rows));
              step.add(of.size(), 0, 0);
              return look;
            });
    List<TableVerdict> verdicts = new ArrayList<>();
    List<Difference> differences = new ArrayList<>();
    Map<TableName, List<Difference>> before = byTarget(report.differences());
    Map<TableName, Look> byName = new HashMap<>();
    looks.forEach(
        (table, look) ->
            byName.put(mapping.table(table.table()).targets().get(table.target()).name(), look));
    for (TableVerdict verdict : report.tables()) {
      Look look = byName.get(verdict.targetTable());
      if (look == null) {
        verdicts.add(verdict);
        differences.addAll(before.getOrDefault(verdict.targetTable(), List.of()));
      } else {
        verdicts.add(look.verdict(verdict));
        differences.addAll(look.left);
      }
    }
    return new VerificationReport(verdicts, differences);
  }

  /** Differences that can be looked at again, by table. */
  private Map<TableKey, List<Difference>> open(VerificationReport report) {
    Map<TableName, List<Difference>> byTarget = byTarget(report.differences());
    Map<TableKey, List<Difference>> open = new LinkedHashMap<>();
    for (Mapping.TargetPosition position : mapping.targets()) {
      List<Difference> differences = byTarget.get(mapping.target(position).name());
      if (differences != null && KeyLookup.possible(mapping, position)) {
        open.put(new TableKey(position.table(), position.target()), differences);
      }
    }
    return open;
  }

  private static Map<TableName, List<Difference>> byTarget(List<Difference> differences) {
    Map<TableName, List<Difference>> byTarget = new HashMap<>();
    for (Difference difference : differences) {
      byTarget.computeIfAbsent(difference.targetTable(), name -> new ArrayList<>()).add(difference);
    }
    return byTarget;
  }

  private Look look(
      TableKey key,
      List<Difference> differences,
      Connection source,
      Connection target,
      LongConsumer progress)
      throws SQLException {
    LookUp lookUp = LookUp.of(mapping, key);
    Look look = new Look();
    Map<Long, List<Difference>> byKey = new LinkedHashMap<>();
    List<List<@Nullable String>> named = new ArrayList<>();
    for (Difference difference : differences) {
      List<@Nullable String> texts = new ArrayList<>(difference.key().values());
      if (difference.reject() != null || !JsonKeys.isExact(texts)) {
        look.left.add(difference);
        continue;
      }
      List<Difference> same =
          byKey.computeIfAbsent(lookUp.comparison().keyHash(texts), hash -> new ArrayList<>());
      if (same.isEmpty()) {
        named.add(texts);
      }
      same.add(difference);
    }
    List<RowKey> keys = new ArrayList<>();
    List<List<Difference>> before = new ArrayList<>();
    int place = 0;
    for (RowKey row : lookUp.lookup().keys().ofTarget(source, named, progress)) {
      List<Difference> same =
          byKey.getOrDefault(lookUp.comparison().keyHash(named.get(place++)), List.of());
      if (row.crowded() || (!row.findable() && same.stream().anyMatch(LookAgain::ofSource))) {
        look.left.addAll(same);
      } else {
        keys.add(row);
        before.add(same);
      }
    }
    List<KeyedComparison.@Nullable State> states = lookUp.states(keys, source, target);
    for (int i = 0; i < keys.size(); i++) {
      KeyedComparison.State now = states.get(i);
      if (now == null) {
        // What the source has can't be loaded, so it has not arrived.
        String why = lookUp.rejection(keys.get(i), source);
        for (Difference difference : before.get(i)) {
          look.left.add(
              why == null || difference.kind() != Difference.Kind.MISSING
                  ? difference
                  : difference.rejected(why));
        }
      } else {
        look.add(before.get(i), now);
      }
    }
    return look;
  }

  /** Whether the source had a row of the key. */
  private static boolean ofSource(Difference difference) {
    return difference.kind() != Difference.Kind.EXTRA;
  }

  /** What became of one table's differences. */
  private static final class Look {
    final List<Difference> left = new ArrayList<>();
    private long matched;
    private long changed;
    private long missing;
    private long extra;
    private long settled;

    void add(List<Difference> before, KeyedComparison.State now) {
      left.addAll(now.differences());
      long changes =
          count(now.differences(), Difference.Kind.CHANGED)
              - count(before, Difference.Kind.CHANGED);
      changed += changes;
      missing +=
          count(now.differences(), Difference.Kind.MISSING)
              - count(before, Difference.Kind.MISSING);
      extra +=
          count(now.differences(), Difference.Kind.EXTRA) - count(before, Difference.Kind.EXTRA);
      if (now.settled()) {
        settled += before.size();
        matched += now.counts().matched();
      }
    }

    TableVerdict verdict(TableVerdict verdict) {
      RowCounts rows = verdict.rows();
      return new TableVerdict(
          verdict.table(),
          verdict.targetTable(),
          RowCounts.of(
              rows.matched() + matched,
              rows.changed() + changed,
              rows.missing() + missing,
              rows.extra() + extra),
          verdict.settled() + settled);
    }

    private static long count(List<Difference> differences, Difference.Kind kind) {
      ToLongFunction<Difference> one = d -> d.kind() == kind ? 1 : 0;
      return differences.stream().mapToLong(one).sum();
    }
  }
}
