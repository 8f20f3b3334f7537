package dev.landfall.transforms.canonical;

import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.refresh.RowIdentity;
import dev.landfall.transforms.value.Rows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells rows apart by {@link RowHasher}, as a verification does. */
public final class HashedIdentity implements RowIdentity {
  private final RowHasher hasher;
  private final int columns;

  /** For rows of that table. */
  public HashedIdentity(TargetTable table) {
    this.hasher = new RowHasher(table);
    this.columns = table.columns().size();
  }

  @Override
  public long key(List<@Nullable String> key) {
    return hasher.keyHash(key);
  }

  @Override
  public Hash hash(Rows rows, int row) {
    hasher.hash(rows, row);
    List<Long> hashes = new ArrayList<>(columns);
    for (int column = 0; column < columns; column++) {
      hashes.add(hasher.columnHash(column));
    }
    return new Hash(hasher.keyHash(), "%016x%016x".formatted(hasher.high(), hasher.low()), hashes);
  }
}
