package dev.landfall.validation.difference;

import dev.landfall.transforms.schema.Mapping;
import dev.landfall.validation.digest.TableKey;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Keeps the differences of a table's first pieces, the same ones whatever order they come in. */
final class KeepFirstFn extends DoFn<KV<TableKey, Iterable<PieceDifferences>>, Difference> {
  private static final long serialVersionUID = 1L;

  private final Mapping mapping;
  private final int limit;

  KeepFirstFn(Mapping mapping, int limit) {
    this.mapping = mapping;
    this.limit = limit;
  }

  @ProcessElement
  public void process(
      @Element KV<TableKey, Iterable<PieceDifferences>> table, OutputReceiver<Difference> out) {
    TreeMap<Long, PieceDifferences> first = new TreeMap<>();
    long kept = 0;
    for (PieceDifferences piece : table.getValue()) {
      first.put(piece.piece(), piece);
      kept += piece.count();
      while (kept - first.lastEntry().getValue().count() >= limit) {
        kept -= first.pollLastEntry().getValue().count();
      }
    }
    int room = limit;
    TableKey key = table.getKey();
    for (PieceDifferences piece : first.values()) {
      for (Difference difference : piece.unpack(mapping.table(key.table()), key.target(), room)) {
        out.output(difference);
        room--;
      }
    }
  }
}
