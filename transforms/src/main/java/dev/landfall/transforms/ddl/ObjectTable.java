package dev.landfall.transforms.ddl;

import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.SchemaObject;
import dev.landfall.transforms.model.SchemaObject.Kind;
import dev.landfall.transforms.model.SchemaObject.Outcome;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceIndex;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of each object of the source. All objects are in it from the start, as the same on
 * both sides; whoever makes something else of one, or nothing, says so here.
 */
final class ObjectTable {
  /** Why keys and the like of a table are not made that was there before. */
  static final String EXISTING = "its table was there before, and is left as it is";

  private final Map<Key, Entry> entries = new LinkedHashMap<>();

  /** Whether names need their database in front. */
  private final boolean several;

  private record Key(Kind kind, TableName of, @Nullable String part) {}

  private static final class Entry {
    private Outcome outcome = Outcome.SAME;
    private final List<String> notes = new ArrayList<>();
    private @Nullable String source;
  }

  ObjectTable(SourceCatalog catalog, Mapping mapping) {
    this.several =
        mapping.tables().stream().map(t -> t.source().name().schema()).distinct().count() > 1;
    for (TableMapping mapped : mapping.tables()) {
      SourceTable table = mapped.source();
      add(Kind.TABLE, table.name(), null);
      table.columns().forEach(c -> add(Kind.COLUMN, table.name(), c.name()));
      table.indexes().forEach(i -> add(kind(i), table.name(), i.name()));
      table.foreignKeys().forEach(k -> add(Kind.FOREIGN_KEY, table.name(), k.name()));
      table.checks().forEach(c -> add(Kind.CHECK, table.name(), c.name()));
      if (table.partitions() != null) {
        add(Kind.PARTITIONING, table.name(), null);
      }
      catalog.others().stream()
          .filter(o -> table.name().equals(o.table()))
          .forEach(o -> add(o.kind(), o.name(), null));
    }
    catalog.others().stream()
        .filter(o -> o.table() == null)
        .forEach(o -> add(o.kind(), o.name(), null));
  }

  private void add(Kind kind, TableName of, @Nullable String part) {
    entries.put(new Key(kind, of, part), new Entry());
  }

  /** What an index is called here. */
  static Kind kind(SourceIndex index) {
    return index.primary() ? Kind.PRIMARY_KEY : Kind.INDEX;
  }

  /** The target has the same, and there is something to know about it. */
  void same(Kind kind, TableName of, @Nullable String part, String note) {
    say(kind, of, part, Outcome.SAME, note);
  }

  /** The target has something else in its place. */
  void converted(Kind kind, TableName of, @Nullable String part, String note) {
    say(kind, of, part, Outcome.CONVERTED, note);
  }

  /**
   * The target has nothing for it, or lacks a part.
   *
   * @param source the source's text, of the object or of what is lacking
   */
  void left(Kind kind, TableName of, @Nullable String part, String note, String source) {
    Entry entry = say(kind, of, part, Outcome.LEFT, note);
    entry.source = entry.source == null ? source : entry.source + "\n" + source;
  }

  private Entry say(Kind kind, TableName of, @Nullable String part, Outcome outcome, String note) {
    Entry entry = entries.get(new Key(kind, of, part));
    if (entry == null) {
      throw new IllegalArgumentException(kind + " " + of + " " + part + " is not of the source");
    }
    if (outcome.compareTo(entry.outcome) > 0) {
      entry.outcome = outcome;
    }
    // The tables of a split may each say the same.
    if (!entry.notes.contains(note)) {
      entry.notes.add(note);
    }
    return entry;
  }

  List<SchemaObject> objects() {
    List<SchemaObject> objects = new ArrayList<>();
    entries.forEach(
        (key, entry) ->
            objects.add(
                new SchemaObject(
                    key.kind(),
                    (several ? key.of().toString() : key.of().table())
                        + (key.part() == null ? "" : "." + key.part()),
                    entry.outcome,
                    String.join("; ", entry.notes),
                    entry.source)));
    return objects;
  }
}
