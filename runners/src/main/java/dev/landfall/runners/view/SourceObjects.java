package dev.landfall.runners.view;

import dev.landfall.transforms.model.SchemaObject;
import dev.landfall.transforms.model.SchemaObject.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What becomes of the source's objects. */
public final class SourceObjects {
  private SourceObjects() {}

  /** How many there are, and how many of each outcome. */
  public static String sum(List<SchemaObject> objects) {
    return Numbers.count(objects.size(), "object")
        + ": "
        + Arrays.stream(Outcome.values())
            .map(outcome -> Numbers.count(count(objects, outcome)) + " " + outcome.words())
            .collect(Collectors.joining(", "));
  }

  static long count(List<SchemaObject> objects, Outcome outcome) {
    return objects.stream().filter(o -> o.outcome() == outcome).count();
  }
}
