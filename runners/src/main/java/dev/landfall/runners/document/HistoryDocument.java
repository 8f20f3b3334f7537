package dev.landfall.runners.document;

import dev.landfall.transforms.ledger.HistoryEntry;
import java.util.List;

/** What {@code history} says. */
public record HistoryDocument(String migration, List<HistoryEntry> runs) {}
