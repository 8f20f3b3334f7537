package dev.landfall.pipelines.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** All specs and parts of specs that the documents and the tests have. */
final class SpecCorpus {
  private static final Pattern DOCUMENTED = Pattern.compile("(?ms)^```(?:yaml)?\n(.*?)^```$");
  private static final Pattern TESTED = Pattern.compile("(?s)\"\"\"\n(.*?)\"\"\"");

  private SpecCorpus() {}

  /** A spec as a document; databases are given to one that has none. */
  record Found(Path file, Map<String, Object> spec) {}

  static List<Found> all() {
    List<Found> found = new ArrayList<>();
    for (Path file : files(Path.of("..", "docs"), ".md")) {
      texts(DOCUMENTED, file).forEach(text -> add(file, text, found));
    }
    for (String module : List.of("pipelines", "runners")) {
      for (Path file : files(Path.of("..", module, "src", "test", "java"), ".java")) {
        texts(TESTED, file).forEach(text -> add(file, text.stripIndent(), found));
      }
    }
    return found;
  }

  private static void add(Path file, String text, List<Found> found) {
    Set<String> known = SpecSchema.SHAPE.keys().keySet();
    try {
      if (document(text) instanceof Map<?, ?> map
          && !map.isEmpty()
          && known.containsAll(map.keySet())) {
        Map<String, Object> spec = new LinkedHashMap<>();
        map.forEach((key, value) -> spec.put(String.valueOf(key), value));
        spec.putIfAbsent("source", "mysql://db/shop");
        spec.putIfAbsent("target", "postgres://pg/shop");
        found.add(new Found(file, spec));
      }
    } catch (YamlEngineException | IllegalArgumentException e) {
      // Not YAML, or a piece of it.
    }
  }

  /** What editors make of a text: YAML 1.2 with its core schema; of a key given twice the last. */
  static Object document(String text) {
    return named(
        new Load(
                LoadSettings.builder()
                    .setSchema(new CoreSchema())
                    .setAllowDuplicateKeys(true)
                    .build())
            .loadFromString(text));
  }

  /** The same where a key that is null is the text, since JSON has no others. */
  private static Object named(Object node) {
    if (node instanceof Map<?, ?> map) {
      Map<Object, Object> named = new LinkedHashMap<>();
      map.forEach((key, value) -> named.put(key == null ? "null" : key, named(value)));
      return named;
    }
    if (!(node instanceof List<?> list)) {
      return node;
    }
    List<Object> items = new ArrayList<>();
    list.forEach(item -> items.add(named(item)));
    return items;
  }

  private static List<String> texts(Pattern pattern, Path file) {
    try {
      Matcher matcher = pattern.matcher(Files.readString(file));
      return matcher.results().map(result -> result.group(1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path directory, String suffix) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
