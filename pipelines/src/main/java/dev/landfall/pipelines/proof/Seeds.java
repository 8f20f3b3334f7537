package dev.landfall.pipelines.proof;

import dev.landfall.transforms.types.fault.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All changes that a table's columns can express. */
final class Seeds {
  private final List<ScratchColumn> columns;
  private final List<Integer> identity;
  private final CopiedRows rows;
  private final boolean keyless;

  Seeds(List<ScratchColumn> columns, int[] identity, CopiedRows rows, boolean keyless) {
    this.columns = columns;
    this.identity = Arrays.stream(identity).boxed().toList();
    this.rows = rows;
    this.keyless = keyless;
  }

  /** The changes, those that only one row will do for first. */
  List<Seed> all() {
    List<Seed> seeds = new ArrayList<>();
    if (keyless) {
      seeds.add(new Seed(Seed.Kind.LOST, "one of two equal rows missing", List.of(), List.of()));
    }
    for (int column = 0; column < columns.size(); column++) {
      for (Fault fault : Faults.of(columns.get(column), another(column))) {
        seeds.add(new Seed(Seed.Kind.VALUE, fault.name(), List.of(column), List.of(fault)));
      }
    }
    for (int column = 0; column < columns.size(); column++) {
      int next = nextOfType(column);
      if (next > 0) {
        seeds.add(
            new Seed(Seed.Kind.SWAP, "two columns swapped", List.of(column, next), List.of()));
      }
    }
    seeds.add(new Seed(Seed.Kind.MISSING, "a row missing", List.of(), List.of()));
    seeds.add(new Seed(Seed.Kind.DOUBLED, "a row doubled", List.of(), List.of()));
    for (int column : identity) {
      List<Fault> faults = Faults.of(columns.get(column), another(column));
      if (!faults.isEmpty()) {
        seeds.add(new Seed(Seed.Kind.EXTRA, "a row more", List.of(column), faults));
      }
    }
    return seeds;
  }

  private @Nullable String another(int column) {
    for (int row = 0; row < rows.size(); row++) {
      String text = rows.text(row, column);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  /** The next column of the same type, if both are, or neither is, what rows are found by. */
  private int nextOfType(int column) {
    for (int next = column + 1; next < columns.size(); next++) {
      if (columns.get(next).type().equals(columns.get(column).type())
          && identity.contains(next) == identity.contains(column)) {
        return next;
      }
    }
    return -1;
  }
}
