package dev.landfall.transforms.refresh;

import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.value.Rows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row of a target table, from either side, with its hashes. */
record KeyedRow(Rows rows, int index, RowIdentity.Hash hash) {
  List<@Nullable String> key(TargetTable table) {
    return RowIdentity.keyTexts(table, rows, index);
  }
}
