package dev.landfall.pipelines.check;

import dev.landfall.pipelines.checksum.RowWitness;
import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** As many rows were read as the source counts. */
public final class CountedApart implements Check<InRun> {
  private static final Logger LOG = LoggerFactory.getLogger(CountedApart.class);

  private @Nullable RowWitness witness;
  private CompletableFuture<Void> counting = CompletableFuture.completedFuture(null);

  @Override
  public String subject() {
    return "COUNT";
  }

  /** Watches from before the first row is read, and counts all tables while they are read. */
  @Override
  public @Nullable List<CheckResult> look(InRun at) {
    boolean beside = false;
    if (at.work() instanceof InRun.Compare compare) {
      if (!compare.request().everyRow()) {
        return null;
      }
      // Whoever limits what is read wants nothing beside it.
      beside = !compare.request().readLimit().limits();
    } else if (at.work() instanceof InRun.Load load && load.compared()) {
      // To compare every row is more than to count them.
      return null;
    }
    try {
      RowWitness counts = RowWitness.from(at.spec().source().connection(), at.migration());
      witness = counts;
      if (beside) {
        counting = CompletableFuture.runAsync(() -> count(counts, at));
      }
      return null;
    } catch (SQLException e) {
      throw failed(at, "Asking for the time", e);
    }
  }

  private static void count(RowWitness counts, InRun at) {
    try {
      counts.count(at.prepared().mapping(), at.stopped());
    } catch (SQLException | RuntimeException e) {
      // Counted again where failures of the source are ridden out and explained.
      LOG.debug("what is not counted beside the reading is counted behind it", e);
    }
  }

  private static RuntimeException failed(InRun at, String doing, SQLException e) {
    ConnectionSettings source = at.spec().source().connection();
    return Reachability.failed(Side.SOURCE, source, doing, e);
  }

  /** Ends what is counted beside. */
  @Override
  public void close() {
    if (witness != null) {
      witness.stop();
    }
  }

  /** Behind the last row; null where what holds is so of some tables only, which says nothing. */
  @Override
  public @Nullable List<CheckResult> lookBehind(InRun at) {
    RowWitness counts = witness;
    if (counts == null) {
      return null;
    }
    Map<Integer, Long> read = at.rowsRead();
    counting.join();
    List<String> contradictions;
    try {
      contradictions = counts.contradictions(at.prepared().mapping(), read, at.stopped());
    } catch (SQLException e) {
      throw failed(at, "Counting the rows apart", e);
    }
    if (!contradictions.isEmpty()) {
      return List.of(
          CheckResult.broken(
              subject(),
              "rows of the source, counted apart",
              String.join("; ", contradictions)
                  + ". Something keeps rows from being read, by the load too: do not rely on"
                  + " what was moved, and find out what it is before anything else.",
              contradictions.size(),
              List.of()));
    }
    boolean whole =
        read.size() == at.prepared().mapping().tables().size() && !at.stopped().getAsBoolean();
    return whole ? List.of() : null;
  }
}
