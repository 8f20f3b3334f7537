package dev.landfall.validation.match;

import dev.landfall.transforms.model.Mapping;
import dev.landfall.validation.result.Difference;
import dev.landfall.validation.result.TableKey;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Keeps the differences of a table's first pieces, the same ones whatever order they come in. */
final class KeepFirstFn extends DoFn<KV<TableKey, Iterable<PieceDifferences>>, List<Difference>> {
  private static final long serialVersionUID = 1L;

  private final Mapping mapping;
  private final int limit;

  KeepFirstFn(Mapping mapping, int limit) {
    this.mapping = mapping;
    this.limit = limit;
  }

  @ProcessElement
  public void process(
      @Element KV<TableKey, Iterable<PieceDifferences>> table,
      OutputReceiver<List<Difference>> out) {
    TreeMap<Long, PieceDifferences> first = new TreeMap<>();
    long count = 0;
    for (PieceDifferences piece : table.getValue()) {
      first.put(piece.piece(), piece);
      count += piece.count();
      while (count - first.lastEntry().getValue().count() >= limit) {
        count -= first.pollLastEntry().getValue().count();
      }
    }
    List<Difference> kept = new ArrayList<>();
    TableKey key = table.getKey();
    for (PieceDifferences piece : first.values()) {
      kept.addAll(piece.unpack(mapping.table(key.table()), key.target(), limit - kept.size()));
    }
    out.output(kept);
  }
}
