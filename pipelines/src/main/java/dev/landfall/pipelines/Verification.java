package dev.landfall.pipelines;

import dev.landfall.pipelines.checksum.ComparisonLedger;
import dev.landfall.pipelines.checksum.ComparisonLedger.Piece;
import dev.landfall.pipelines.checksum.FindingLedger;
import dev.landfall.pipelines.checksum.Pushdown;
import dev.landfall.pipelines.checksum.Round;
import dev.landfall.pipelines.checksum.RoundLedger;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.ledger.RunTransaction;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;

/**
 * Compares all tables of a mapping, whole: one job by digests, and further ones, only when
 * something disagrees, that find the rows. Changes nothing but the ledger. What a job finds is
 * recorded once, however often a runner repeats the job or parts of it; a run that failed in the
 * middle and is asked again goes on behind the last round that is recorded, another run starts
 * afresh. Whoever runs it holds the migration.
 */
final class Verification {
  private final Jobs jobs;
  private final ChecksumPipeline.Settings settings;
  private final ComparisonLedger comparison;
  private final RoundLedger rounds;
  private final FindingLedger findings;

  private Verification(Jobs jobs, ChecksumPipeline.Settings settings) {
    this.jobs = jobs;
    this.settings = settings;
    this.comparison = new ComparisonLedger(settings.migration());
    this.rounds = new RoundLedger(settings.migration(), settings.mapping());
    this.findings = new FindingLedger(settings.migration(), settings.mapping());
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
  static VerificationReport run(Jobs jobs, ChecksumPipeline.Settings settings) throws SQLException {
    return new Verification(jobs, settings).run();
  }

  private VerificationReport run() throws SQLException {
    comparison.begin();
    if (!rounds.isRecorded(0)) {
      runJob(0, "comparison", pipeline -> ChecksumPipeline.digests(pipeline, settings));
    }
    matchRows();
    var report = findings.report(settings.maxDifferences());
    Map<String, String> rowsRead = new LinkedHashMap<>();
    RunTransaction.require(
        settings.migration(),
        connection -> {
          findings.addVerdict(connection, report);
          long run = settings.migration().run();
          ChecksumPipeline.pushdown(settings).record(connection, run);
          rowsRead.putAll(Pushdown.obstacles(connection, run));
          comparison.end(connection);
        });
    return Reports.of(report, rowsRead);
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
        runJob(
            number,
            "comparison of rows",
            pipeline -> ChecksumPipeline.rows(pipeline, settings, round));
      }
    }
  }

  /** Runs a round's job and makes sure that it looked at everything that it was to look at. */
  private void runJob(int round, String name, Consumer<Pipeline> steps) throws SQLException {
    Optional<Jobs.Cut> cut = jobs.run(PipelineLauncher.Work.COMPARE, name, steps);
    for (int ride = 1; cut.isPresent(); ride++) {
      if (ride == Outage.RIDES) {
        throw new MigrationException(
            MigrationException.Kind.FAILED,
            "The "
                + name
                + " was cut short "
                + ride
                + " times in a row: "
                + cut.get().reason()
                + " There is no verdict. Remove the cause and run landfall verify.",
            cut.get().cause());
      }
      cut = jobs.run(PipelineLauncher.Work.COMPARE, name, steps);
    }
    if (settings.stop().stopRequested()) {
      throw new MigrationException(
          MigrationException.Kind.STOPPED,
          "The verification was stopped before it was done, so there is no verdict. Run landfall"
              + " verify to compare both sides from the beginning.");
    }
    // Every table has a chunk, so only a mapping without any leaves a job with nothing to record.
    if (!rounds.isRecorded(round) && !settings.mapping().tables().isEmpty()) {
      throw new IllegalStateException("round " + round + " of the comparison was not recorded");
    }
  }
}
