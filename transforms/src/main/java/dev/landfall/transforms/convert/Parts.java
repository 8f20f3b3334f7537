package dev.landfall.transforms.convert;

import dev.landfall.transforms.compute.UnfitException;
import dev.landfall.transforms.model.Each;
import dev.landfall.transforms.value.Rows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes of a row as it was read one for each part of a value. */
final class Parts {
  private final Each each;

  Parts(Each each) {
    this.each = each;
  }

  /**
   * The rows, columns as they are read.
   *
   * @throws UnfitException when the value can't be taken apart
   */
  Rows of(Rows in, int row) throws UnfitException {
    String value = in.text(row, each.column());
    List<@Nullable String> parts = value == null ? List.of() : each.splitter().split(value);
    Rows.Builder out = Rows.builder(in.columns(), parts.size(), 64);
    for (int i = 0; i < parts.size(); i++) {
      for (int column = 0; column < in.columns(); column++) {
        if (column == each.part()) {
          out.addText(parts.get(i));
        } else if (column == each.number()) {
          out.addText(String.valueOf(i + 1));
        } else {
          out.addBytes(in.value(row, column));
        }
      }
    }
    return out.build();
  }
}
