package dev.landfall.validation.match;

import dev.landfall.transforms.model.Mapping;
import dev.landfall.validation.digest.DigestKey;
import dev.landfall.validation.result.RowCounts;
import dev.landfall.validation.result.TableKey;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;

/** Matches the rows of one piece. */
final class MatchRowsFn extends DoFn<KV<DigestKey, CoGbkResult>, KV<TableKey, RowCounts>> {
  private static final long serialVersionUID = 1L;

  private final Mapping mapping;
  private final int maxDifferences;

  MatchRowsFn(Mapping mapping, int maxDifferences) {
    this.mapping = mapping;
    this.maxDifferences = maxDifferences;
  }

  @ProcessElement
  public void process(@Element KV<DigestKey, CoGbkResult> rows, MultiOutputReceiver out) {
    DigestKey piece = rows.getKey();
    boolean keyed = !mapping.table(piece.table()).targets().get(piece.target()).key().isEmpty();
    PieceDifferences.Builder differences =
        new PieceDifferences.Builder(piece.piece(), maxDifferences);
    RowCounts counts =
        new RowMatcher(
                keyed,
                new SideRows(rows.getValue().getAll(MatchRows.SOURCE)),
                new SideRows(rows.getValue().getAll(MatchRows.TARGET)),
                differences)
            .match();
    out.get(MatchRows.COUNTS).output(KV.of(piece.tableKey(), counts));
    PieceDifferences found = differences.build();
    if (found.count() > 0) {
      out.get(MatchRows.PIECES).output(KV.of(piece.tableKey(), found));
    }
  }
}
