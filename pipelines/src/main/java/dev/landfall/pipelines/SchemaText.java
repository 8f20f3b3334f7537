package dev.landfall.pipelines;

import dev.landfall.transforms.schema.OddCount;
import dev.landfall.transforms.schema.SchemaObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The target's DDL.
 *
 * @param pre statements to run before the load, each ended by a semicolon
 * @param post statements to run after the load
 * @param objects what becomes of each object of the source
 * @param scan the odd values of the source, null where nobody looked for them
 */
public record SchemaText(
    String pre, String post, List<SchemaObject> objects, @Nullable List<OddCount> scan) {
  public SchemaText {
    objects = List.copyOf(objects);
    scan = scan == null ? null : List.copyOf(scan);
  }

  /** DDL of a source whose values nobody looked at. */
  public SchemaText(String pre, String post, List<SchemaObject> objects) {
    this(pre, post, objects, null);
  }

  /** What a person should know: choices made, things left out. */
  public List<String> notes() {
    return objects.stream()
        .filter(object -> !object.note().isEmpty())
        .map(SchemaObject::toString)
        .toList();
  }
}
