package dev.landfall.pipelines.verify;

import dev.landfall.pipelines.api.PipelineLauncher;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.pipelines.checksum.ComparisonLedger;
import dev.landfall.pipelines.checksum.ComparisonLedger.Piece;
import dev.landfall.pipelines.checksum.FindingLedger;
import dev.landfall.pipelines.checksum.LoadRejects;
import dev.landfall.pipelines.checksum.Looks;
import dev.landfall.pipelines.checksum.MendedRejects;
import dev.landfall.pipelines.checksum.Round;
import dev.landfall.pipelines.checksum.RoundLedger;
import dev.landfall.pipelines.checksum.TableRead;
import dev.landfall.pipelines.run.Jobs;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.jdbc.Retries;
import dev.landfall.transforms.ledger.RunTransaction;
import dev.landfall.transforms.ledger.Step;
import dev.landfall.validation.result.Difference;
import dev.landfall.validation.result.RowCounts;
import dev.landfall.validation.result.TableKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.jspecify.annotations.Nullable;

/**
 * Compares all tables of a mapping, or the slice of them that is due. Whole: one job by digests,
 * and further ones, only when something disagrees, that find the rows; what differs is looked at
 * again before it counts. Changes nothing but the ledger. What a job finds is recorded once,
 * however often a runner repeats the job or parts of it; a run that failed in the middle and is
 * asked again goes on behind the last round that is recorded, another run starts afresh. Whoever
 * runs it holds the migration.
 */
public final class Verification {
  private final Jobs jobs;
  private final ChecksumPipeline.Settings settings;
  private final VerifyRequest request;
  private final Looks looks;
  private final ComparisonLedger comparison;
  private final RoundLedger rounds;
  private final FindingLedger findings;
  private final Reconciled reconciled;

  private Verification(Jobs jobs, ChecksumPipeline.Settings settings, VerifyRequest request) {
    this.jobs = jobs;
    this.request = request;
    this.looks =
        new Looks(
            settings.source(),
            settings.migration(),
            settings.mapping(),
            settings.lanes(),
            settings.stop());
    this.settings = settings;
    this.comparison = new ComparisonLedger(settings.migration(), settings.mapping());
    this.rounds = new RoundLedger(settings.migration(), settings.mapping());
    this.findings = new FindingLedger(settings.migration(), settings.mapping());
    this.reconciled = new Reconciled(settings.migration(), settings.mapping(), settings.slice());
  }

  /**
   * Compares, and writes the verdict into the ledger.
   *
   * @return what the ledger now has
   * @throws MigrationException of kind STOPPED when the stop signal was given; there is no verdict
   *     then
   * @throws IllegalStateException when the run has ended in the meantime
   * @throws SQLException when the ledger fails, and any exception of the launcher when a job does;
   *     there is no verdict then, and the same call may be made again
   */
  public static VerificationReport run(
      Jobs jobs, ChecksumPipeline.Settings settings, VerifyRequest request) throws SQLException {
    return new Verification(jobs, settings, request).run();
  }

  private VerificationReport run() throws SQLException {
    comparison.begin();
    reconciled.begin(request.level());
    var first =
        switch (request.level()) {
          case COUNT -> looks.count(request.looks(), request.lookPause());
          case SAMPLE -> sample();
          case CHECKSUM, FULL -> everyRow(looks.tables(), Map.of(), List.of());
        };
    int again = request.level() == VerifyRequest.Level.COUNT ? 0 : request.looks();
    boolean valuesOnly = again == 0 && request.values() != VerifyRequest.Values.NONE;
    var report =
        looks.again(
            first, valuesOnly ? 1 : again, valuesOnly ? Duration.ZERO : request.lookPause());
    requireGoing();
    var named =
        LoadRejects.of(settings.migration(), settings.mapping(), report.differences())
            .named(report.differences());
    var shown = report.withDifferences(new ShownValues(request).of(named));
    Map<String, String> rowsRead = ChecksumPipeline.pushdown(settings).obstacles();
    Map<String, VerificationReport.SourceRows> sources = new LinkedHashMap<>();
    RunTransaction.require(
        settings.migration(),
        connection -> {
          if (settings.slice() == null) {
            sources.putAll(sources(connection, rowsRead.keySet()));
          }
          findings.replaceDifferences(connection, shown.differences());
          findings.addVerdict(connection, shown, request.level().name(), request.looks(), seed());
          reconciled.keep(connection, request);
          comparison.end(connection);
        });
    new MendedRejects(settings.source(), settings.migration(), settings.mapping()).mark();
    return Reports.of(shown, request, rowsRead, sources).with(reconciled.report());
  }

  /** What was read of tables, without those that the databases have summed up. */
  private Map<String, VerificationReport.SourceRows> sources(
      Connection connection, Set<String> rowsRead) throws SQLException {
    Map<String, VerificationReport.SourceRows> sources = new LinkedHashMap<>();
    TableRead.of(connection, settings.migration())
        .forEach(
            (table, rows) -> {
              String name = settings.mapping().table(table).source().name().toString();
              if (!settings.pushdown() || rowsRead.contains(name)) {
                sources.put(name, new VerificationReport.SourceRows(rows.read(), rows.filtered()));
              }
            });
    return sources;
  }

  /** A sample of the tables whose rows can be found by key; the others are compared whole. */
  private dev.landfall.validation.result.VerificationReport sample() throws SQLException {
    Looks.Samples samples = looks.sample(request.sampleRows(), request.seed());
    List<TableKey> others =
        looks.tables().stream().filter(t -> !samples.counts().containsKey(t)).toList();
    requireGoing();
    return everyRow(others, samples.counts(), samples.differences());
  }

  /** Compares those tables by digests, and rows that differ; what is known of others is given. */
  private dev.landfall.validation.result.VerificationReport everyRow(
      List<TableKey> tables, Map<TableKey, RowCounts> known, List<Difference> differences)
      throws SQLException {
    if (!tables.isEmpty() || known.isEmpty()) {
      if (!rounds.isRecorded(0)) {
        List<Integer> positions =
            tables.stream()
                .flatMap(table -> settings.mapping().together(table.table()).stream())
                .distinct()
                .sorted()
                .toList();
        runJob(
            0,
            "comparison",
            Step.begin(
                settings.migration(), Step.Kind.ROWS, positions.size(), comparison.plannedRows()),
            pipeline -> ChecksumPipeline.digests(pipeline, settings, positions));
      }
      matchRows();
    }
    return findings.report(settings.maxDifferences(), reconciled.tables(), known, differences);
  }

  private @Nullable Long seed() {
    return request.level() == VerifyRequest.Level.SAMPLE ? request.seed() : null;
  }

  /** Asks the ledger before each round what there is to do: another attempt may have done it. */
  private void matchRows() throws SQLException {
    while (true) {
      int number = rounds.next();
      List<Piece> todo = rounds.uncounted();
      if (todo.isEmpty()) {
        return;
      }
      Round.Choice choice =
          Round.next(todo, findings.differenceCounts(), settings.maxDifferences());
      if (!choice.known().isEmpty()) {
        rounds.recordKnown(number, choice.known());
      } else {
        rounds.open(number, choice.read());
        Round round = new Round(number, choice.detail());
        long chunks = comparison.chunksToRead();
        runJob(
            number,
            "comparison of rows",
            Step.begin(settings.migration(), Step.Kind.DIFFERENCES, chunks, 0),
            pipeline -> ChecksumPipeline.rows(pipeline, settings, round));
      }
    }
  }

  private void requireGoing() {
    if (settings.stop().stopRequested()) {
      throw Looks.stopped();
    }
  }

  /** Runs a round's job and makes sure that it looked at everything that it was to look at. */
  private void runJob(int round, String name, Step step, Consumer<Pipeline> steps)
      throws SQLException {
    Retries tries = Retries.of(Retries.Policy.JOB, settings.migration().target().patience());
    Optional<Jobs.Cut> cut = jobs.run(PipelineLauncher.Work.COMPARE, name, steps);
    while (cut.isPresent()) {
      // A round is recorded as a whole: a cut leaves nothing of it.
      if (!tries.again(cut.get().cause())) {
        throw new MigrationException(
            MigrationException.Kind.FAILED,
            "The "
                + name
                + " was cut short "
                + tries.fruitless()
                + " times in a row: "
                + cut.get().reason()
                + " There is no verdict. Remove the cause and run landfall verify.",
            cut.get().cause());
      }
      step.restart();
      cut = jobs.run(PipelineLauncher.Work.COMPARE, name, steps);
    }
    step.write();
    requireGoing();
    // Every table has a chunk, so only a mapping without any leaves a job with nothing to record.
    if (!rounds.isRecorded(round) && !settings.mapping().tables().isEmpty()) {
      throw new IllegalStateException("round " + round + " of the comparison was not recorded");
    }
  }
}
