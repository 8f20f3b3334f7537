package dev.landfall.pipelines.proof;

import dev.landfall.transforms.types.fault.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a row for each change, none twice, so that each difference can be told from all others:
 * no row gets the key of another one, nor, in a table without a key, the values of one, and of
 * equal rows only one is changed at a time. Where texts may differ and be equal it errs on the safe
 * side.
 */
final class Chooser {
  private final CopiedRows rows;
  private final List<ScratchColumn> columns;

  /** The columns that a row is found by. */
  private final int[] identity;

  private final Set<List<@Nullable String>> known = new HashSet<>();
  private final Set<List<@Nullable String>> made = new HashSet<>();
  private final List<List<@Nullable String>> own = new ArrayList<>();
  private final Set<List<@Nullable String>> touched = new HashSet<>();

  Chooser(CopiedRows rows, List<ScratchColumn> columns, int[] identity) {
    this.rows = rows;
    this.columns = columns;
    this.identity = identity;
    for (int row = 0; row < rows.size(); row++) {
      own.add(alike(rows.texts(row, identity)));
    }
    known.addAll(own);
  }

  /** Texts that are the same for equal values, and perhaps for some others. */
  private List<@Nullable String> alike(List<@Nullable String> texts) {
    List<@Nullable String> alike = new ArrayList<>();
    for (int i = 0; i < identity.length; i++) {
      String text = texts.get(i);
      alike.add(text == null ? null : columns.get(identity[i]).pgType().folded(text));
    }
    return alike;
  }

  /** Gives all rows free again. */
  void restart() {
    touched.clear();
    made.clear();
  }

  /** A row for the change, which is taken then; null when no free row is fit for it. */
  @Nullable Choice take(Seed seed) {
    Choice choice = find(seed, /* free= */ true);
    if (choice != null) {
      touched.add(own.get(choice.row()));
      made.add(alike(choice.identity()));
    }
    return choice;
  }

  /** Whether there is a row that is fit for the change, free or not. */
  boolean possible(Seed seed) {
    return find(seed, /* free= */ false) != null;
  }

  private @Nullable Choice find(Seed seed, boolean free) {
    if (seed.kind() == Seed.Kind.LOST) {
      int last = rows.size() - 1;
      return free && touched.contains(own.get(last)) ? null : choice(seed, last, free);
    }
    for (int row = 0; row < rows.size(); row++) {
      if (!free || !touched.contains(own.get(row))) {
        Choice choice = choice(seed, row, free);
        if (choice != null) {
          return choice;
        }
      }
    }
    return null;
  }

  private @Nullable Choice choice(Seed seed, int row, boolean free) {
    return switch (seed.kind()) {
      case VALUE -> value(seed, row, seed.columns().get(0), seed.faults().get(0), free);
      case EXTRA -> extra(seed, row, free);
      case SWAP -> swap(seed, row, free);
      case MISSING, DOUBLED, LOST -> new Choice(seed, row, -1, null, rows.texts(row, identity));
    };
  }

  private @Nullable Choice extra(Seed seed, int row, boolean free) {
    for (Fault fault : seed.faults()) {
      Choice choice = value(seed, row, seed.columns().get(0), fault, free);
      if (choice != null && !alike(choice.identity()).equals(own.get(row))) {
        return choice;
      }
    }
    return null;
  }

  private @Nullable Choice value(Seed seed, int row, int column, Fault fault, boolean free) {
    Fault.Value other = fault.change().of(rows.text(row, column));
    if (other == null) {
      return null;
    }
    List<@Nullable String> found = rows.texts(row, identity);
    int place = place(column);
    if (place >= 0) {
      found.set(place, other.text());
    }
    return place < 0 || isNew(row, found, free)
        ? new Choice(seed, row, column, other.text(), found)
        : null;
  }

  private @Nullable Choice swap(Seed seed, int row, boolean free) {
    int one = seed.columns().get(0);
    int other = seed.columns().get(1);
    if (Objects.equals(rows.text(row, one), rows.text(row, other))) {
      return null;
    }
    List<@Nullable String> found = rows.texts(row, identity);
    int onePlace = place(one);
    int otherPlace = place(other);
    if (onePlace < 0 || otherPlace < 0) {
      return new Choice(seed, row, -1, null, found);
    }
    found.set(onePlace, rows.text(row, other));
    found.set(otherPlace, rows.text(row, one));
    return isNew(row, found, free) ? new Choice(seed, row, -1, null, found) : null;
  }

  private boolean isNew(int row, List<@Nullable String> found, boolean free) {
    List<@Nullable String> alike = alike(found);
    return alike.equals(own.get(row))
        || (!known.contains(alike) && !(free && made.contains(alike)));
  }

  private int place(int column) {
    return new ArrayList<>(Arrays.stream(identity).boxed().toList()).indexOf(column);
  }
}
