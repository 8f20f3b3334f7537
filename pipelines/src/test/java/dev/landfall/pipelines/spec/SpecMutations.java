package dev.landfall.pipelines.spec;

import dev.landfall.pipelines.spec.shape.Key;
import dev.landfall.pipelines.spec.shape.Shape;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Spoils specs: keys renamed, removed, doubled, added from other maps, values of another kind, out
 * of range, from other places.
 */
final class SpecMutations {
  /** A scalar that is written without quotes. */
  record Plain(String text) {}

  /** A key that is given twice. */
  record Twice(String key) {}

  private static final List<Object> VALUES = new ArrayList<>();

  static {
    Collections.addAll(VALUES, null, true, false, 0, 1, -1, 7, 1.5, -0.5, 64, 4096, 4097, 10000000);
    Collections.addAll(VALUES, 10000001, 65535, 65536, 536870912, 536870913, 9999999999L);
    Collections.addAll(
        VALUES, "", " ", "x", "id", "null", "true", "none", "all", "auto", "automatic");
    Collections.addAll(
        VALUES, "keep", "lower", "LOWER", "unique", "icu", "citxt", "refuse", "strip");
    Collections.addAll(VALUES, "bytes", "decode", "trim", "map", "text", "bigint", "tinyint(1)");
    Collections.addAll(VALUES, "0", "007", "0000000001", "4096", "4097", "9999999", "10000001");
    Collections.addAll(VALUES, "63KiB", "64KiB", "64 KiB", "66KB", "65KB", "512MiB", "513MiB");
    Collections.addAll(VALUES, "1GB", "536MB", "537MB", "65536", "65536B", "64kib", "16MiB", "1 ");
    Collections.addAll(VALUES, "0%", "0.1%", "100%", "100.0%", "100.01%", "101%", "0.1 %", "%");
    Collections.addAll(VALUES, "0s", "0ms", "999ms", "1000ms", "1s", "60s", "24h", "25h", "1440m");
    Collections.addAll(VALUES, "1441m", "168h", "169h", "604800s", "604801s", "1d", "60 s", "60");
    Collections.addAll(VALUES, "0.01", "-1", "1.", ".5", "1e3", "0x10", "0.0000000000000000001");
    Collections.addAll(VALUES, "a.b", "xmin", "pg_x", "landfall", "landfalls", "n".repeat(63));
    Collections.addAll(VALUES, "n".repeat(64), "é".repeat(40), "a\u0000b", "a*", "?", "$", "a$b");
    Collections.addAll(VALUES, "${X}", "${", "${1}", "$${", "$$${X}", "a${X}b", "${X", "file:x");
    Collections.addAll(
        VALUES, "mysql://db/shop", "postgres://pg/x", "MariaDB://db/shop", "http://x/y");
    Collections.addAll(VALUES, "jdbc:postgresql://pg/x?user=me", "mysql://db", "mysql://db/a/b");
    Collections.addAll(
        VALUES, "select 1", "select 1; select 2", "--", "6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    Collections.addAll(
        VALUES, new Plain("0x10"), new Plain("007"), new Plain("1e3"), new Plain("1.0"));
    Collections.addAll(VALUES, new Plain("+5"), new Plain(".5"), new Plain("True"), new Plain("~"));
    Collections.addAll(VALUES, new Plain("0o17"));
    Collections.addAll(VALUES, List.of(), List.of("a"), List.of("a", "a"), List.of("a", "b"));
    Collections.addAll(
        VALUES, List.of(List.of("a")), Map.of(), Map.of("a", "b"), Map.of("value", "x"));
    Collections.addAll(VALUES, Map.of("value", "x", "replace", "y"), Map.of("replace", ""));
  }

  private final Random random;
  private final List<Map<String, Object>> seeds = new ArrayList<>();

  /** All keys and values that are anywhere in the seeds. */
  private final List<Map.Entry<Object, Object>> entries = new ArrayList<>();

  SpecMutations(Random random, List<Map<String, Object>> seeds) {
    this.random = random;
    seeds.forEach(
        seed -> {
          @SuppressWarnings("unchecked") // A copy of a map.
          Map<String, Object> own = (Map<String, Object>) copy(seed);
          this.seeds.add(own);
        });
    this.seeds.forEach(this::collect);
  }

  private void collect(Object node) {
    if (node instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            entries.add(new AbstractMap.SimpleEntry<>(key, copy(value)));
            collect(value);
          });
    } else if (node instanceof List<?> list) {
      list.forEach(this::collect);
    }
  }

  /** A spec with up to three things changed. */
  Object next() {
    Object spec = copy(pick(seeds));
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      spoil(spec);
    }
    return spec;
  }

  /**
   * Specs with one thing changed: at each place that the grammar knows, every value, no value, the
   * key twice and without a name, and every key that there is anywhere.
   */
  void each(Shape root, Consumer<Object> spoilt) {
    Set<String> seen = new HashSet<>();
    for (Map<String, Object> seed : seeds) {
      each(seed, seed, List.of(root), "", seen, spoilt);
    }
  }

  private void each(
      Object spec,
      @Nullable Object node,
      List<Shape> shapes,
      String path,
      Set<String> seen,
      Consumer<Object> spoilt) {
    boolean first = seen.add(path + (node instanceof Map ? " map" : ""));
    if (node instanceof Map<?, ?>) {
      @SuppressWarnings("unchecked")
      Map<Object, Object> map = (Map<Object, Object>) node;
      Map<Object, Object> before = new LinkedHashMap<>(map);
      if (first) {
        Map<Object, Object> ofEachKey = new LinkedHashMap<>();
        entries.forEach(entry -> ofEachKey.putIfAbsent(entry.getKey(), entry.getValue()));
        ofEachKey.put("", "x");
        ofEachKey.forEach(
            (key, value) -> {
              map.putIfAbsent(key, value);
              spoilt.accept(spec);
              restore(map, before);
            });
      }
      for (Object key : before.keySet()) {
        List<Shape> inner = new ArrayList<>();
        boolean known = false;
        for (Shape shape : shapes) {
          for (Shape.Fields fields : shape.forms(Shape.Fields.class)) {
            Key its = fields.keys().get(String.valueOf(key));
            if (its != null) {
              inner.add(its.shape());
              known = true;
            }
          }
          shape.forms(Shape.Entries.class).forEach(any -> inner.add(any.value()));
        }
        String at = path + "." + (known ? key : "*");
        if (seen.add(at + " key")) {
          for (Object other : Arrays.asList(null, new Twice(String.valueOf(key)), "", "xmin")) {
            if (other == null) {
              map.remove(key);
            } else {
              rename(map, key, other);
            }
            spoilt.accept(spec);
            restore(map, before);
          }
          for (Object value : VALUES) {
            map.put(key, value);
            spoilt.accept(spec);
          }
          restore(map, before);
        }
        each(spec, map.get(key), inner, at, seen, spoilt);
      }
    } else if (node instanceof List<?>) {
      @SuppressWarnings("unchecked")
      List<Object> list = (List<Object>) node;
      List<Shape> items = new ArrayList<>();
      shapes.forEach(shape -> shape.forms(Shape.Items.class).forEach(any -> items.add(any.item())));
      for (int i = 0; i < list.size(); i++) {
        Object before = list.get(i);
        if (seen.add(path + "[] item")) {
          for (Object value : VALUES) {
            list.set(i, value);
            spoilt.accept(spec);
          }
          list.set(i, before);
        }
        each(spec, before, items, path + "[]", seen, spoilt);
      }
    }
  }

  private static void restore(Map<Object, Object> map, Map<Object, Object> before) {
    map.clear();
    map.putAll(before);
  }

  /** Changes something at a place, all places being as likely. */
  private void spoil(Object spec) {
    List<Runnable> places = new ArrayList<>();
    places(spec, places);
    if (!places.isEmpty()) {
      pick(places).run();
    }
  }

  private void places(@Nullable Object node, List<Runnable> places) {
    if (node instanceof Map<?, ?>) {
      @SuppressWarnings("unchecked")
      Map<Object, Object> map = (Map<Object, Object>) node;
      places.add(() -> put(map, pick(entries)));
      for (Object key : List.copyOf(map.keySet())) {
        places.add(() -> spoil(map, key));
        places(map.get(key), places);
      }
    } else if (node instanceof List<?>) {
      @SuppressWarnings("unchecked")
      List<Object> list = (List<Object>) node;
      for (int i = 0; i < list.size(); i++) {
        int at = i;
        places.add(() -> spoil(list, at));
        places(list.get(i), places);
      }
    }
  }

  private void put(Map<Object, Object> map, Map.Entry<Object, Object> entry) {
    map.remove(new Twice(String.valueOf(entry.getKey())));
    map.put(entry.getKey(), copy(entry.getValue()));
  }

  private void spoil(Map<Object, Object> map, Object key) {
    if (!map.containsKey(key)) {
      return;
    }
    switch (random.nextInt(6)) {
      case 0 -> map.remove(key);
      case 1 -> rename(map, key, pick(entries).getKey());
      case 2 -> rename(map, key, typo(String.valueOf(key)));
      case 3 -> rename(map, key, new Twice(String.valueOf(key)));
      case 4 -> map.put(key, copy(pick(entries).getValue()));
      default -> map.put(key, copy(pick(VALUES)));
    }
  }

  private void spoil(List<Object> list, int at) {
    if (at >= list.size()) {
      return;
    }
    switch (random.nextInt(5)) {
      case 0 -> list.remove(at);
      case 1 -> list.add(at, copy(list.get(at)));
      case 2 -> list.clear();
      case 3 -> list.set(at, copy(pick(entries).getValue()));
      default -> list.set(at, copy(pick(VALUES)));
    }
  }

  private static void rename(Map<Object, Object> map, Object from, Object to) {
    Map<Object, Object> renamed = new LinkedHashMap<>();
    String name = to instanceof Twice twice ? twice.key() : String.valueOf(to);
    map.forEach(
        (key, value) -> {
          if (key.equals(from)) {
            renamed.put(to, value);
          } else if (!key.equals(name) && !key.equals(new Twice(name))) {
            renamed.put(key, value);
          }
        });
    map.clear();
    map.putAll(renamed);
  }

  private String typo(String key) {
    int at = random.nextInt(key.length() + 1);
    return random.nextBoolean()
        ? key.substring(0, at) + "x" + key.substring(at)
        : key.toUpperCase(Locale.ROOT);
  }

  private <T> T pick(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static Object copy(Object node) {
    if (node instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, value) -> copy.put(key, copy(value)));
      return copy;
    }
    return node instanceof List<?> list
        ? new ArrayList<>(list.stream().map(SpecMutations::copy).toList())
        : node;
  }
}
