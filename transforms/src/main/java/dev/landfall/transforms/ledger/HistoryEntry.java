package dev.landfall.transforms.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of one run, or of one that could not start.
 *
 * @param run its number; null for one that could not start
 * @param ended null while it goes on, or when it died
 * @param outcome what the ledger calls its end; null while it goes on
 * @param level how closely it compared; null for a run that compared nothing
 * @param slice the share that it compared; null for everything
 * @param rowsCompared null where there is no verdict, as are the numbers of differences
 * @param settledDifferences how many went away while they were looked at again; null where nobody
 *     looked again
 * @param alarm TOLD, or FAILED when the alarm is to be told again; null for none
 * @param message why it could not start, or why its alarm reached nobody
 */
public record HistoryEntry(
    @Nullable Long run,
    String command,
    Instant started,
    @Nullable Instant ended,
    @Nullable String outcome,
    @Nullable String holder,
    @Nullable String level,
    @Nullable String slice,
    @Nullable Long rowsCompared,
    @Nullable Long differences,
    @Nullable Long newDifferences,
    @Nullable Long settledDifferences,
    @Nullable String alarm,
    @Nullable String message) {}
