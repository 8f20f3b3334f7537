package dev.landfall.transforms.model;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the values of a target's column come from. */
public sealed interface ValueSource extends Serializable {
  /** Positions in {@link TableMapping#read()} of what a value is made from. */
  List<Integer> positions();

  /**
   * One column that is read.
   *
   * @param position in {@link TableMapping#read()}
   */
  record Column(int position) implements ValueSource {
    public Column {
      if (position < 0) {
        throw new IllegalArgumentException("position " + position);
      }
    }

    @Override
    public List<Integer> positions() {
      return List.of(position);
    }
  }

  /**
   * The same for all rows of the source table.
   *
   * @param text the value in PostgreSQL's text form, null for NULL
   */
  record Constant(@Nullable String text) implements ValueSource {
    @Override
    public List<Integer> positions() {
      return List.of();
    }
  }
}
