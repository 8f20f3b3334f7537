package dev.landfall.pipelines.api;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.ledger.Alarm;
import dev.landfall.transforms.ledger.HistoryEntry;
import dev.landfall.transforms.ledger.RejectList;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a migration's runs, kept in its ledger. Needs no run and holds nothing. Every
 * method throws {@link MigrationException} when the target can't be reached.
 */
public interface Journal {
  /** The newest runs, and those that could not start, newest first. */
  List<HistoryEntry> history(int limit);

  /** Notes a run that could not start. */
  void couldNotStart(String command, Instant started, MigrationException.Kind why, String message);

  /**
   * Forgets verifications that ended longer ago than that, but never one that has the last word on
   * a table, nor a run that changed something.
   */
  void prune(Duration keep);

  /** What there is to tell of a verification. */
  Alarm alarm(long run);

  /** Verifications whose alarm is to be told and reached nobody yet, oldest first. */
  List<Long> untold();

  /**
   * Keeps whether a verification's alarm was told.
   *
   * @param error why it was not, without any secret; null when it was
   */
  void told(long run, @Nullable String error);

  /**
   * The first rows that could not be loaded.
   *
   * @param tables names of source tables as the snapshot has them; all when empty
   * @param mended whether those too that were found to be mended since
   */
  RejectList rejects(List<String> tables, boolean mended, int limit);
}
