package dev.landfall.pipelines.spec;

import dev.landfall.pipelines.spec.shape.Clause;
import dev.landfall.pipelines.spec.shape.Clause.Place;
import dev.landfall.pipelines.spec.shape.Key;
import dev.landfall.pipelines.spec.shape.Shape;
import dev.landfall.pipelines.spec.shape.When;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A node of the document, the path to it, and the shape that it should have. Each reading method
 * notes a mistake and answers empty when the node is something else, so a reader goes on to the
 * next mistake. What the shape does not declare can't be read: that is a mistake of the program.
 */
final class YamlValue {
  /** The parser has a tag of its own for a bare {@code ${NAME}}. */
  private static final Set<Tag> SCALARS =
      Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.ENV_TAG);

  private final Node node;
  private final Shape shape;
  private final Location at;
  private final Mistakes mistakes;

  YamlValue(Node node, Shape shape, String file, String path, Mistakes mistakes) {
    this.node = node;
    this.shape = shape;
    this.at = locate(node, file, path);
    this.mistakes = mistakes;
  }

  /**
   * One key of a map with its value.
   *
   * @param ofNull whether the key is written as null, without quotes
   */
  record Entry(String key, Location keyAt, boolean ofNull, YamlValue value) {}

  Location at() {
    return at;
  }

  boolean isMap() {
    return node instanceof MappingNode;
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  /** How many keys a map has, or items a list; 0 for anything else. */
  int size() {
    return node instanceof CollectionNode<?> collection ? collection.getValue().size() : 0;
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

  /**
   * The part of the shape that is of a kind.
   *
   * @throws IllegalStateException where it has none
   */
  private <S extends Shape> S declared(Class<S> kind) {
    List<S> forms = shape.forms(kind);
    if (forms.isEmpty()) {
      throw new IllegalStateException(
          "the shape of " + at.path() + " has no " + kind.getSimpleName());
    }
    return forms.get(0);
  }

  /** A scalar exactly as it is written; numbers and booleans too. Not null. */
  Optional<String> text() {
    declared(Shape.Scalar.class);
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

  /** A scalar that is not empty, with the place where its first character stands. */
  Optional<Located<String>> content() {
    return name().map(text -> new Located<>(text, at.inside(((ScalarNode) node).getScalarStyle())));
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

  /** The same with its place. */
  Optional<Located<String>> located() {
    return name().map(text -> new Located<>(text, at));
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
    Shape each = declared(Shape.Items.class).item();
    if (!(node instanceof SequenceNode sequence)) {
      mistake("expected a list, found " + found() + ".");
      return List.of();
    }
    List<YamlValue> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(
          new YamlValue(item, each, at.file(), at.path() + "[" + items.size() + "]", mistakes));
    }
    return items;
  }

  /** The entries of a map of any keys, in its order, each key once; empty when it is none. */
  List<Entry> entries() {
    Shape each = declared(Shape.Entries.class).value();
    return entries(key -> true, key -> each);
  }

  private List<Entry> entries(Predicate<String> shown, Function<String, Shape> shapes) {
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
      Shape its = shapes.apply(key.getValue());
      YamlValue value = new YamlValue(tuple.getValueNode(), its, at.file(), path, mistakes);
      boolean ofNull = key.getTag().equals(Tag.NULL);
      Entry first =
          entries.putIfAbsent(key.getValue(), new Entry(key.getValue(), keyAt, ofNull, value));
      if (first != null) {
        mistakes.add(
            shown.test(key.getValue()) ? keyAt : locate(key, at.file(), at.path()),
            "the key is given twice; the first is in line " + first.keyAt().line() + ".");
      }
    }
    return List.copyOf(entries.values());
  }

  /** The entries of a map that has only the keys of its shape, by key. */
  Map<String, YamlValue> fields() {
    return fields(declared(Shape.Fields.class));
  }

  /**
   * The same where the shape has several maps of known keys.
   *
   * @param known the one of them
   */
  Map<String, YamlValue> fields(Shape.Fields known) {
    if (!shape.forms(Shape.Fields.class).contains(known)) {
      throw new IllegalStateException("the shape of " + at.path() + " has no such keys");
    }
    Set<String> keys = known.keys().keySet();
    Map<String, YamlValue> fields = new LinkedHashMap<>();
    Predicate<String> meant = key -> NearestName.typo(key, keys).isPresent();
    for (Entry entry : entries(meant, name -> shape(known.keys().get(name)))) {
      if (keys.contains(entry.key())) {
        fields.put(entry.key(), entry.value());
      } else {
        unknown(entry, keys, meant.test(entry.key()));
      }
    }
    if (isMap()) {
      missing(known, fields.keySet());
      known.clauses().forEach(clause -> clause(clause, fields));
    }
    return fields;
  }

  /** Of a key that is not known nothing is read. */
  private static Shape shape(@Nullable Key key) {
    return key == null ? Shape.Scalar.NULL : key.shape();
  }

  private void missing(Shape.Fields known, Set<String> there) {
    for (Key key : known.keys().values()) {
      if (key.missing() != null && !there.contains(key.name())) {
        mistake(key.name() + key.missing());
      }
    }
  }

  private void clause(Clause clause, Map<String, YamlValue> fields) {
    if (!holds(clause.when(), fields)) {
      return;
    }
    List<When> there = clause.others().stream().filter(o -> holds(o, fields)).toList();
    List<When> wrong = !clause.there() ? there : there.isEmpty() ? clause.others() : List.of();
    boolean once = clause.there() || clause.place() == Place.KEY;
    for (When other : once ? wrong.stream().limit(1).toList() : wrong) {
      YamlValue place =
          switch (clause.place()) {
            case MAP -> this;
            case KEY -> fields.get(clause.when().key());
            case OTHER -> fields.get(other.key());
          };
      Objects.requireNonNull(place).mistake(clause.what(other));
    }
  }

  private static boolean holds(When when, Map<String, YamlValue> fields) {
    YamlValue value = fields.get(when.key());
    return value != null && (value.isList() || !when.list());
  }

  /** The keys of a map that are texts, as they come; none when it is none. */
  List<String> keys() {
    return node instanceof MappingNode mapping
        ? mapping.getValue().stream()
            .map(NodeTuple::getKeyNode)
            .filter(ScalarNode.class::isInstance)
            .map(key -> ((ScalarNode) key).getValue())
            .toList()
        : List.of();
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
