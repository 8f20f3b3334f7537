package dev.landfall.pipelines.api;

import dev.landfall.transforms.catalog.OddCount;
import dev.landfall.transforms.model.SchemaObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The target's DDL.
 *
 * @param pre statements to run before the load, each ended by a semicolon
 * @param post statements to run after the load
 * @param objects what becomes of each object of the source
 * @param scan the odd values of the source, null where nobody looked for them
 * @param changes what is other than the migration was begun with, and what it takes; else empty
 */
public record SchemaText(
    String pre,
    String post,
    List<SchemaObject> objects,
    @Nullable List<OddCount> scan,
    List<String> changes) {
  public SchemaText {
    objects = List.copyOf(objects);
    scan = scan == null ? null : List.copyOf(scan);
    changes = List.copyOf(changes);
  }

  /** DDL of a source whose values nobody looked at. */
  public SchemaText(String pre, String post, List<SchemaObject> objects) {
    this(pre, post, objects, null, List.of());
  }

  /** DDL of a migration that is what it was begun with, or was not begun. */
  public SchemaText(
      String pre, String post, List<SchemaObject> objects, @Nullable List<OddCount> scan) {
    this(pre, post, objects, scan, List.of());
  }

  /** What a person should know: choices made, things left out. */
  public List<String> notes() {
    return objects.stream()
        .filter(object -> !object.note().isEmpty())
        .map(SchemaObject::toString)
        .toList();
  }
}
