package dev.landfall.pipelines.spec.shape;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What may stand at one place of a spec. It is said once: readers take from it which keys there
 * are, and {@link JsonSchema} makes the schema of it that editors check a spec with.
 */
public sealed interface Shape {
  /** This, or the parts of it, that are of a kind; none where such a node is not allowed. */
  default <S extends Shape> List<S> forms(Class<S> kind) {
    return kind.isInstance(this) ? List.of(kind.cast(this)) : List.of();
  }

  /**
   * A scalar.
   *
   * @param keywords what JSON Schema says of it
   */
  record Scalar(Map<String, Object> keywords) implements Shape {
    /** A text, number or boolean, taken as it is written. */
    public static final Scalar TEXT = Scalar.of("string", "number", "boolean");

    /** The same, not empty. */
    public static final Scalar NAME = TEXT.with("minLength", 1);

    /** {@code true} or {@code false}. */
    public static final Scalar FLAG = Scalar.of("boolean");

    /** Nothing, or {@code null}. */
    public static final Scalar NULL = Scalar.of("null");

    public Scalar {
      keywords = Collections.unmodifiableMap(new LinkedHashMap<>(keywords));
    }

    /** Any scalar of some of JSON's types. */
    public static Scalar of(String... types) {
      return new Scalar(Map.of("type", types.length == 1 ? types[0] : List.of(types)));
    }

    /** The same with one thing more to hold. */
    public Scalar with(String keyword, Object value) {
      Map<String, Object> more = new LinkedHashMap<>(keywords);
      more.put(keyword, value);
      return new Scalar(more);
    }
  }

  /** One of a few words. */
  static Scalar words(Collection<String> words) {
    return new Scalar(Map.of("enum", List.copyOf(words)));
  }

  /**
   * A list.
   *
   * @param filled whether it has an item at least
   * @param unique whether no two items are the same
   */
  record Items(Shape item, boolean filled, boolean unique) implements Shape {
    /** The same with an item at least. */
    public Items some() {
      return new Items(item, true, unique);
    }

    /** The same with no item twice. */
    public Items distinct() {
      return new Items(item, filled, true);
    }
  }

  /** A list of anything of a shape. */
  static Items listOf(Shape item) {
    return new Items(item, false, false);
  }

  /**
   * A map whose keys are the user's.
   *
   * @param key what holds for a key
   * @param least how many keys at least
   * @param most how many keys at most
   */
  record Entries(Scalar key, Shape value, int least, int most) implements Shape {
    /** The same with as many keys. */
    public Entries size(int least, int most) {
      return new Entries(key, value, least, most);
    }
  }

  /** A map of any keys to values of a shape. */
  static Entries mapOf(Scalar key, Shape value) {
    return new Entries(key, value, 0, Integer.MAX_VALUE);
  }

  /**
   * A map that has only the keys that are known.
   *
   * @param keys by name, in the order in which they are told
   * @param clauses what some of them mean for others
   * @param ways of these sets of keys one must be there; empty where none has to
   * @param lone whether exactly one key has to be there
   */
  record Fields(Map<String, Key> keys, List<Clause> clauses, List<List<String>> ways, boolean lone)
      implements Shape {
    public Fields {
      keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
      clauses = List.copyOf(clauses);
      ways = List.copyOf(ways);
    }

    /** The same where keys forbid or need others. */
    public Fields with(Clause... more) {
      return new Fields(keys, List.of(more), ways, lone);
    }

    /** The same where one of these sets of keys must be there; the reader tells which is not. */
    public Fields oneWay(List<List<String>> sets) {
      return new Fields(keys, clauses, sets, lone);
    }

    /** The same with exactly one of the keys; the reader tells where it is not so. */
    public Fields single() {
      return new Fields(keys, clauses, ways, true);
    }
  }

  /** A map of known keys. */
  static Fields fields(Key... keys) {
    Map<String, Key> byName = new LinkedHashMap<>();
    for (Key key : keys) {
      byName.put(key.name(), key);
    }
    return new Fields(byName, List.of(), List.of(), false);
  }

  /** Any of several shapes. */
  record AnyOf(List<Shape> forms) implements Shape {
    @Override
    public <S extends Shape> List<S> forms(Class<S> kind) {
      return forms.stream().flatMap(form -> form.forms(kind).stream()).toList();
    }
  }

  /** Any of several shapes. */
  static AnyOf anyOf(Shape... forms) {
    return new AnyOf(List.of(forms));
  }

  /** A shape that several places have, under the name that the schema has it once. */
  record Named(String name, Shape shape) implements Shape {
    @Override
    public <S extends Shape> List<S> forms(Class<S> kind) {
      return shape.forms(kind);
    }
  }
}
