package dev.landfall.pipelines.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A node of the document and the path to it. Each reading method notes a mistake and answers empty
 * when the node is something else, so a reader goes on to the next mistake.
 */
final class YamlValue {
  /** The parser has a tag of its own for a bare {@code ${NAME}}. */
  private static final Set<Tag> SCALARS =
      Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.ENV_TAG);

  private final Node node;
  private final Location at;
  private final Mistakes mistakes;

  YamlValue(Node node, String file, String path, Mistakes mistakes) {
    this.node = node;
    this.at = locate(node, file, path);
    this.mistakes = mistakes;
  }

  /** One key of a map with its value. */
  record Entry(String key, Location keyAt, YamlValue value) {}

  Location at() {
    return at;
  }

  boolean isMap() {
    return node instanceof MappingNode;
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  boolean isNull() {
    return node.getTag().equals(Tag.NULL);
  }

  /** The PostgreSQL type that a bare constant suggests. */
  String impliedType() {
    if (node.getTag().equals(Tag.INT)) {
      return "bigint";
    }
    if (node.getTag().equals(Tag.FLOAT)) {
      return "numeric";
    }
    return node.getTag().equals(Tag.BOOL) ? "boolean" : "text";
  }

  void mistake(String what) {
    mistakes.add(at, what);
  }

  /** A scalar exactly as it is written; numbers and booleans too. Not null. */
  Optional<String> text() {
    if (node instanceof ScalarNode scalar && !isNull()) {
      if (SCALARS.contains(node.getTag())) {
        return Optional.of(scalar.getValue());
      }
      mistake("a value that starts with ! is a tag in YAML. Put the value in quotes.");
      return Optional.empty();
    }
    mistake("expected text, found " + found() + ".");
    return Optional.empty();
  }

  /** A scalar that is not empty. */
  Optional<String> name() {
    Optional<String> text = text();
    if (text.isPresent() && text.get().isEmpty()) {
      mistake("expected a name, found an empty text.");
      return Optional.empty();
    }
    return text;
  }

  /** {@code true} or {@code false}. */
  Optional<Boolean> flag() {
    if (node instanceof ScalarNode scalar && node.getTag().equals(Tag.BOOL)) {
      return Optional.of(scalar.getValue().equalsIgnoreCase("true"));
    }
    mistake("expected true or false, found " + found() + ".");
    return Optional.empty();
  }

  /** The items of a list; empty when it is none. */
  List<YamlValue> items() {
    if (!(node instanceof SequenceNode sequence)) {
      mistake("expected a list, found " + found() + ".");
      return List.of();
    }
    List<YamlValue> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(new YamlValue(item, at.file(), at.path() + "[" + items.size() + "]", mistakes));
    }
    return items;
  }

  /** The entries of a map, in its order, each key once; empty when it is none. */
  List<Entry> entries() {
    return entries(key -> true);
  }

  private List<Entry> entries(Predicate<String> shown) {
    if (!(node instanceof MappingNode mapping)) {
      mistake("expected a map of keys and values, found " + found() + ".");
      return List.of();
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        mistakes.add(locate(tuple.getKeyNode(), at.file(), at.path()), "a key must be text.");
        continue;
      }
      String path = at.path().isEmpty() ? key.getValue() : at.path() + "." + key.getValue();
      Location keyAt = locate(key, at.file(), path);
      YamlValue value = new YamlValue(tuple.getValueNode(), at.file(), path, mistakes);
      Entry first = entries.putIfAbsent(key.getValue(), new Entry(key.getValue(), keyAt, value));
      if (first != null) {
        mistakes.add(
            shown.test(key.getValue()) ? keyAt : locate(key, at.file(), at.path()),
            "the key is given twice; the first is in line " + first.keyAt().line() + ".");
      }
    }
    return List.copyOf(entries.values());
  }

  /** The entries of a map that may have only these keys, by key. */
  Map<String, YamlValue> fields(String... known) {
    Set<String> keys = new LinkedHashSet<>(List.of(known));
    Map<String, YamlValue> fields = new LinkedHashMap<>();
    Predicate<String> meant = key -> NearestName.typo(key, keys).isPresent();
    for (Entry entry : entries(meant)) {
      if (keys.contains(entry.key())) {
        fields.put(entry.key(), entry.value());
      } else {
        unknown(entry, keys, meant.test(entry.key()));
      }
    }
    return fields;
  }

  /** In braces a comma ends a URL, and the rest of its password is a key: it is not repeated. */
  private void unknown(Entry entry, Set<String> keys, boolean typo) {
    Location place = entry.keyAt();
    mistakes.addUnknown(
        typo ? place : new Location(place.file(), place.line(), place.column(), at.path()),
        "unknown key",
        typo ? entry.key() : "",
        keys);
  }

  /** What kind of node this is; never its content, which may be a secret. */
  String found() {
    if (isMap()) {
      return "a map";
    }
    if (isList()) {
      return "a list";
    }
    return isNull() ? "nothing" : "text";
  }

  private static Location locate(Node node, String file, String path) {
    return node.getStartMark()
        .map(mark -> new Location(file, mark.getLine() + 1, mark.getColumn() + 1, path))
        .orElseGet(() -> new Location(file, 1, 1, path));
  }
}
