package dev.landfall.runners.report;

import static dev.landfall.runners.view.Numbers.count;

import dev.landfall.pipelines.report.Report;
import dev.landfall.runners.report.Page.Block;
import dev.landfall.runners.report.Page.Cell;
import dev.landfall.runners.report.Page.Head;
import dev.landfall.runners.report.Page.Row;
import dev.landfall.runners.report.Page.Section;
import dev.landfall.runners.report.Page.Table;
import dev.landfall.runners.view.SourceObjects;
import dev.landfall.transforms.model.SchemaObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What becomes of the objects of the source. */
final class ObjectSection {
  private ObjectSection() {}

  static Section objects(Report report) {
    List<SchemaObject> objects = report.objects().known();
    if (objects == null) {
      return Section.of(
          "Objects of the source",
          List.of(
              "Not known: the source's catalogue could not be read when this was written. "
                  + report.objects().unknown()));
    }
    List<Block> blocks = new ArrayList<>();
    Map<SchemaObject.Outcome, List<SchemaObject>> by =
        objects.stream().collect(Collectors.groupingBy(SchemaObject::outcome));
    List<SchemaObject> left = by.getOrDefault(SchemaObject.Outcome.LEFT, List.of());
    List<SchemaObject> converted = by.getOrDefault(SchemaObject.Outcome.CONVERTED, List.of());
    List<SchemaObject> same = by.getOrDefault(SchemaObject.Outcome.SAME, List.of());
    blocks.add(Block.of(objects("Left to you", null, left)));
    blocks.add(
        Block.of(
            objects(
                "Converted",
                count(converted.size()) + " converted to what does the same",
                converted)));
    List<SchemaObject> noted = same.stream().filter(o -> !o.note().isEmpty()).toList();
    blocks.add(
        Block.of(
            objects(
                "The same, with a note", count(noted.size()) + " the same, with a note", noted)));
    return Section.of(
        "Objects of the source",
        List.of(SourceObjects.sum(objects) + ". By the source's catalogue as it is now."),
        blocks.toArray(Block[]::new));
  }

  private static Table objects(
      String caption, @Nullable String summary, List<SchemaObject> objects) {
    return new Table(
        caption,
        summary,
        Head.all("Object", "Kind", "What to know"),
        objects.stream()
            .limit(2000)
            .map(
                o ->
                    Row.of(
                        Cell.head(o.name()),
                        Cell.text(o.kind().words()),
                        Cell.wide(o.note()).with(o.source())))
            .toList());
  }
}
