package dev.landfall.validation.match;

import dev.landfall.transforms.value.Rows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All rows of one piece on one side, numbered through. */
final class SideRows {
  private final List<RowHashes> batches = new ArrayList<>();
  private final int[] batch;
  private final int[] row;

  SideRows(Iterable<RowHashes> hashes) {
    hashes.forEach(batches::add);
    int size = batches.stream().mapToInt(RowHashes::size).reduce(0, Math::addExact);
    batch = new int[size];
    row = new int[size];
    int i = 0;
    for (int b = 0; b < batches.size(); b++) {
      for (int r = 0; r < batches.get(b).size(); r++) {
        batch[i] = b;
        row[i++] = r;
      }
    }
  }

  int size() {
    return batch.length;
  }

  long keyHash(int i) {
    return batches.get(batch[i]).keyHash(row[i]);
  }

  long high(int i) {
    return batches.get(batch[i]).high(row[i]);
  }

  long low(int i) {
    return batches.get(batch[i]).low(row[i]);
  }

  int columns(int i) {
    return batches.get(batch[i]).columns();
  }

  long column(int i, int column) {
    return batches.get(batch[i]).column(row[i], column);
  }

  /** The rows with the key's texts, of which this is {@link #keyRow}; null without detail. */
  @Nullable Rows keys(int i) {
    return batches.get(batch[i]).keys();
  }

  int keyRow(int i) {
    return row[i];
  }
}
