package dev.landfall.pipelines.draft;

import dev.landfall.transforms.model.SchemaObject;
import dev.landfall.transforms.model.SchemaObject.Kind;
import dev.landfall.transforms.model.SchemaObject.Outcome;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is to be said of objects that are not the same in the target, by their tables. */
final class ObjectNotes {
  private final Map<String, List<SchemaObject>> tables = new HashMap<>();
  private final List<SchemaObject> others = new ArrayList<>();

  /**
   * Of all objects.
   *
   * @param objects each table's behind it, and those of no table behind all
   */
  ObjectNotes(List<SchemaObject> objects) {
    List<SchemaObject> table = others;
    for (SchemaObject object : objects) {
      switch (object.kind()) {
        case TABLE -> table = tables.computeIfAbsent(object.name(), name -> new ArrayList<>());
        case VIEW, PROCEDURE, FUNCTION, EVENT, SEQUENCE, PACKAGE, PACKAGE_BODY -> table = others;
        default -> {}
      }
      if (object.outcome() != Outcome.SAME || !object.note().isEmpty()) {
        table.add(object);
      }
    }
  }

  /** Those of no table. */
  List<String> others() {
    return others.stream().map(SchemaObject::toString).toList();
  }

  /** Those of a table. */
  OfTable of(SourceTable table, boolean several) {
    String name = several ? table.name().toString() : table.name().table();
    return new OfTable(name, tables.getOrDefault(name, List.of()));
  }

  /** What is to be said of one table's objects. */
  record OfTable(String name, List<SchemaObject> objects) {
    /** Of all but columns. */
    List<String> others() {
      return objects.stream()
          .filter(object -> object.kind() != Kind.COLUMN)
          .map(
              object -> {
                // Names of triggers have no table in front, and there is one primary key.
                String own = object.name().startsWith(name) ? rest(object) : " " + object.name();
                return object.kind().words()
                    + (object.kind() == Kind.PRIMARY_KEY ? "" : own)
                    + ": "
                    + object.outcome().words()
                    + (object.note().isEmpty() ? "" : ": " + object.note());
              })
          .toList();
    }

    private String rest(SchemaObject object) {
      String rest = object.name().substring(name.length());
      return rest.startsWith(".") ? " " + rest.substring(1) : rest;
    }

    /**
     * Of a column.
     *
     * @param known what is said of it anyway
     */
    List<String> of(SourceColumn column, List<String> known) {
      return objects.stream()
          .filter(o -> o.kind() == Kind.COLUMN && o.name().equals(name + "." + column.name()))
          .flatMap(o -> Arrays.stream(o.note().split("; ", -1)))
          .filter(note -> !note.isEmpty() && !known.contains(note))
          .toList();
    }
  }
}
