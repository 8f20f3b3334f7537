package dev.landfall.pipelines.verify;

import dev.landfall.pipelines.api.TableResult;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.transforms.ledger.Snapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run tells the log of each table. */
public final class RunLog {
  private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);

  private RunLog() {}

  /** What the ledger has of the load. */
  public static void loaded(Snapshot snapshot) {
    for (Snapshot.Table table : snapshot.tables()) {
      LOG.info(
          "{} into {}: {} rows read, {} loaded, {} filtered, {} rejected, {} of {} chunks, {} ms",
          table.table(),
          String.join(" and ", table.targets()),
          table.rowsRead(),
          table.rowsLoaded(),
          table.rowsFiltered(),
          table.rowsRejected(),
          table.chunksDone(),
          table.chunks(),
          Math.round(Snapshot.Work.seconds(table.work().stream()) * 1e3));
    }
  }

  /** What a verification found. */
  public static void compared(VerificationReport report) {
    for (TableResult table : report.tables()) {
      LOG.info(
          "{} and {}: {} and {} rows, {} agree, {} changed, {} missing, {} extra, {} settled",
          table.table(),
          table.target(),
          table.sourceRows(),
          table.targetRows(),
          table.matched(),
          table.changed(),
          table.missing(),
          table.extra(),
          table.settled());
    }
  }
}
