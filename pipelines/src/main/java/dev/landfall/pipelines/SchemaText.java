package dev.landfall.pipelines;

import dev.landfall.transforms.schema.SchemaObject;
import java.util.List;

/**
 * The target's DDL.
 *
 * @param pre statements to run before the load, each ended by a semicolon
 * @param post statements to run after the load
 * @param objects what becomes of each object of the source
 */
public record SchemaText(String pre, String post, List<SchemaObject> objects) {
  public SchemaText {
    objects = List.copyOf(objects);
  }

  /** What a person should know: choices made, things left out. */
  public List<String> notes() {
    return objects.stream()
        .filter(object -> !object.note().isEmpty())
        .map(SchemaObject::toString)
        .toList();
  }
}
