package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Pause;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.Step;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.StopSignal;
import dev.landfall.transforms.refresh.KeyLookup;
import dev.landfall.validation.result.Difference;
import dev.landfall.validation.result.RowCounts;
import dev.landfall.validation.result.TableKey;
import dev.landfall.validation.result.VerificationReport;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is found without a job: both servers do the work, or few rows are read. */
public final class Looks {
  private final MigrationKey migration;
  private final Mapping mapping;
  private final ByTable byTable;
  private final StopSignal stop;

  /** Looks at the tables of that mapping, at so many side by side. */
  public Looks(
      ConnectionSettings source,
      MigrationKey migration,
      Mapping mapping,
      int lanes,
      StopSignal stop) {
    this.migration = migration;
    this.mapping = mapping;
    this.byTable = new ByTable(source, migration.target(), mapping, lanes, stop);
    this.stop = stop;
  }

  /** All target tables. */
  public List<TableKey> tables() {
    return byTable.tables();
  }

  /**
   * Counts the rows of all tables; where the sides do not agree, so many times again, each twice as
   * long after the one before.
   */
  public VerificationReport count(int again, Duration pause) throws SQLException {
    Map<TableKey, RowCounts> counts = new LinkedHashMap<>(count(tables()));
    Pause wait = new Pause(stop, pause);
    for (int look = 0; look < again; look++) {
      List<TableKey> open = tables().stream().filter(t -> !agrees(counts.get(t))).toList();
      if (open.isEmpty() || !wait.next()) {
        break;
      }
      counts.putAll(count(open));
    }
    tables().forEach(t -> counts.putIfAbsent(t, RowCounts.NONE));
    return VerificationReport.of(mapping, counts, List.of());
  }

  private Map<TableKey, RowCounts> count(List<TableKey> tables) throws SQLException {
    Step step = Step.begin(migration, Step.Kind.COUNTS, tables.size(), 0);
    return ask(step, tables, new CountRows(migration.name(), mapping));
  }

  /** Asks of each table, and keeps how many are done. */
  private <T> Map<TableKey, T> ask(Step step, List<TableKey> tables, ByTable.Question<T> question)
      throws SQLException {
    return byTable.ask(
        tables,
        (table, source, target) -> {
          T answer = question.ask(table, source, target);
          step.add(1, 0, 0);
          return answer;
        });
  }

  /** Whether nothing is left to be seen; what was not counted was stopped. */
  private static boolean agrees(@Nullable RowCounts counts) {
    return counts == null || counts.equal();
  }

  /**
   * What a sample found.
   *
   * @param counts of the rows that were looked at, by table
   * @param differences of those
   */
  public record Samples(Map<TableKey, RowCounts> counts, List<Difference> differences) {}

  /** Compares so many rows of each side of the tables whose rows can be found by key. */
  public Samples sample(long rows, long seed) throws SQLException {
    List<TableKey> possible =
        tables().stream()
            .filter(t -> KeyLookup.possible(mapping, new TargetPosition(t.table(), t.target())))
            .toList();
    Map<TableKey, RowCounts> counts = new LinkedHashMap<>();
    List<Difference> differences = new ArrayList<>();
    Step step =
        Step.begin(
            migration, Step.Kind.SAMPLES, possible.size(), LookUp.scanned(mapping, possible));
    ask(step, possible, new SampleRows(mapping, rows, seed, read -> read(stop, step, read)))
        .forEach(
            (table, sampled) -> {
              counts.put(table, sampled.counts());
              differences.addAll(sampled.differences());
            });
    return new Samples(counts, differences);
  }

  /** Looks at a report's differences again, as {@link LookAgain} says. */
  public VerificationReport again(VerificationReport report, int looks, Duration pause)
      throws SQLException {
    return new LookAgain(migration, mapping, byTable, stop)
        .apply(report, looks, new Pause(stop, pause));
  }

  /**
   * Keeps that so many rows were read.
   *
   * @throws MigrationException of kind STOPPED when the stop signal is given
   */
  static void read(StopSignal stop, Step step, long rows) {
    if (stop.stopRequested()) {
      throw stopped();
    }
    step.add(0, rows, 0);
  }

  /** What a comparison ends with that was stopped. */
  public static MigrationException stopped() {
    return new MigrationException(
        MigrationException.Kind.STOPPED,
        "The verification was stopped before it was done, so there is no verdict. Run landfall"
            + " verify to compare both sides from the beginning.");
  }
}
