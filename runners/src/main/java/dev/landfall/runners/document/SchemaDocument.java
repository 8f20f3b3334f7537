package dev.landfall.runners.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.landfall.pipelines.api.SchemaText;
import dev.landfall.runners.document.TableNames.Named;
import dev.landfall.runners.document.TableNames.SourceNames;
import dev.landfall.transforms.catalog.OddCount;
import dev.landfall.transforms.model.SchemaObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code schema} says.
 *
 * @param applied the part that was run on the target, or null
 */
public record SchemaDocument(
    String pre,
    String post,
    List<String> notes,
    List<String> changes,
    List<Item> objects,
    @JsonInclude(Include.NON_NULL) @Nullable List<Named> scan,
    @Nullable String applied) {
  /** An object of the source, with its text where it is left to the user. */
  public record Item(
      SchemaObject.Kind kind,
      String name,
      SchemaObject.Outcome outcome,
      String note,
      @JsonInclude(Include.NON_NULL) @Nullable String source) {}

  /** Of a schema, a part of which was run on the target or none. */
  public static SchemaDocument of(SchemaText schema, @Nullable String applied) {
    List<OddCount> scan = schema.scan();
    return new SchemaDocument(
        schema.pre(),
        schema.post(),
        schema.notes(),
        schema.changes(),
        schema.objects().stream()
            .map(o -> new Item(o.kind(), o.name(), o.outcome(), o.note(), o.source()))
            .toList(),
        scan == null
            ? null
            : TableNames.named(scan, count -> SourceNames.of(count.table().toString())),
        applied);
  }
}
