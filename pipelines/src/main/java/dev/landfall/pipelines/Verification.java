package dev.landfall.pipelines;

import dev.landfall.pipelines.checksum.ComparisonLedger;
import dev.landfall.pipelines.checksum.ComparisonLedger.Piece;
import dev.landfall.pipelines.checksum.FindingLedger;
import dev.landfall.pipelines.checksum.Round;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.ledger.ChunkLedger;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;

/**
 * Compares all tables of a mapping, whole: one job by digests, and further ones, only when
 * something disagrees, that find the rows. Changes nothing but the ledger. Begun again it starts
 * afresh; whoever runs it holds the migration.
 */
final class Verification {
  private final Jobs jobs;
  private final ChecksumPipeline.Settings settings;
  private final ComparisonLedger comparison;
  private final FindingLedger findings;

  private Verification(Jobs jobs, ChecksumPipeline.Settings settings) {
    this.jobs = jobs;
    this.settings = settings;
    this.comparison = new ComparisonLedger(settings.migration());
    this.findings = new FindingLedger(settings.migration(), settings.mapping());
  }

  /**
   * Compares, and writes the verdict into the ledger.
   *
   * @return what the ledger now has
   * @throws MigrationException of kind STOPPED when the stop signal was given; there is no verdict
   *     then
   * @throws SQLException when the ledger fails, and any exception of the launcher when a job does;
   *     there is no verdict then, and the same call may be made again
   */
  static VerificationReport run(Jobs jobs, ChecksumPipeline.Settings settings) throws SQLException {
    return new Verification(jobs, settings).run();
  }

  private VerificationReport run() throws SQLException {
    comparison.begin();
    runJob("comparison", pipeline -> ChecksumPipeline.digests(pipeline, settings));
    matchRows(comparison.disagreeing());
    var report = findings.report(settings.maxDifferences());
    findings.saveVerdict(report);
    comparison.end();
    return Reports.of(report);
  }

  private void matchRows(List<Piece> disagreeing) throws SQLException {
    List<Piece> todo = disagreeing;
    for (int number = 1; !todo.isEmpty(); number += 2) {
      Round.Choice choice =
          Round.next(todo, findings.differenceCounts(), settings.maxDifferences());
      if (!choice.read().isEmpty()) {
        Round round = new Round(number, choice.detail());
        comparison.openRound(number, choice.read().stream().map(Piece::key).toList());
        runJob("comparison of rows", pipeline -> ChecksumPipeline.rows(pipeline, settings, round));
      }
      findings.saveCounts(number + 1, choice.known());
      todo = choice.left();
    }
  }

  /** Runs a job and makes sure that it looked at everything that it was to look at. */
  private void runJob(String name, Consumer<Pipeline> steps) throws SQLException {
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
    long unread =
        pending(ChunkLedger.Plan.SOURCE, settings.mapping().tables().size())
            + pending(ChunkLedger.Plan.TARGET, settings.mapping().targets().size());
    if (unread > 0) {
      throw new IllegalStateException(unread + " chunks were not compared");
    }
  }

  private long pending(ChunkLedger.Plan plan, int tables) throws SQLException {
    return new ChunkLedger(settings.migration(), plan)
        .countPending(IntStream.range(0, tables).boxed().toList());
  }
}
