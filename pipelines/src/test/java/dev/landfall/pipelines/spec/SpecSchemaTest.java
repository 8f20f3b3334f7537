package dev.landfall.pipelines.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.SchemaLocation;
import dev.landfall.pipelines.spec.shape.Shape;
import dev.landfall.transforms.MigrationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The JSON Schema and the reader take and refuse the same specs. */
class SpecSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SEED = 20240229;
  private static final int ROUNDS = 5_000;

  /**
   * What the reader refuses and a schema can't.
   *
   * @param mistake the reader's words, and behind them the spec
   */
  private record Beyond(String why, Pattern mistake) {
    Beyond(String why, String mistake) {
      this(why, Pattern.compile(mistake));
    }
  }

  private static final List<Beyond> BEYOND =
      List.of(
          new Beyond("a map of JSON has each key once", "the key is given twice"),
          new Beyond(
              "two items of a list that have one thing in common",
              "(mapped|omitted|listed|given) twice|is written by two mappings"),
          new Beyond(
              "files",
              "the (secret file|jar) |the file .* (does not exist|can't be read|is no jar)|no name of a"
                  + " file"),
          new Beyond(
              "regular expressions, patterns of java.time and types",
              "no regular expression of RE2|repeats too much|no group of the expression|no pattern"
                  + " of java.time|is not a type of a PostgreSQL column|an enum is made of"),
          new Beyond(
              "how long what stands for a text is",
              "a salt has 16 characters|expected one character"),
          new Beyond("variables", "environment variable (\\w+ )?is not set"),
          new Beyond(
              "parts of a URL behind its scheme",
              "(source|target)(\\.url)?: (there is|the (database|host) is missing)"),
          new Beyond(
              "statements of SQL",
              "expected one query, found |there is no statement|each entry is a transaction|each"
                  + " entry is one|COPY has no client"),
          new Beyond("bytes: a schema counts characters", "longer than PostgreSQL's 63 bytes"),
          new Beyond(
              "two sections together",
              "the URL's database .* is not among|source.databases says which schema"),
          new Beyond("names of the source's types", "the source has no type of this name"),
          new Beyond(
              "how a number is written: a schema sees its value",
              "; found \"(0x10|0o17|1e3|1\\.0|\\+5|\\.5)\"|table's name alone.*\n.*\"to\": 1\\.0"));

  /** Found by {@link SpecCorpus} like all other specs: what nobody else writes down. */
  static final String RARE =
      """
      mappings:
        - table: users
          merge: true
          where: age > 17
          key: [id]
          duplicates: {by: [email], keep: {lowest: id}}
          columns:
            state: {apply: [trim, {map: {A: active, I: null}, else: {value: odd}}]}
            legacy: {plugin: legacy, from: [id, age], with: {round: 2}, type: bigint}
            card: {apply: [{cast: text}, {mask: {keepFirst: 1, keepLast: 4, with: "#"}}]}
            other: {apply: {map: {A: active}, else: keep}, rules: {emptyEnum: keep, range: null}}
            parent:
              {uuid: [parent_id], of: users, namespace: 6ba7b810-9dad-11d1-80b4-00c04fd430c8}
      """;

  private static final JsonMetaSchema DRAFT =
      JsonMetaSchema.builder(JsonMetaSchema.getV7())
          .keyword(new NonValidationKeyword("errorMessage"))
          .keyword(new NonValidationKeyword("patternErrorMessage"))
          .build();

  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.builder().defaultMetaSchemaIri(DRAFT.getIri()).metaSchema(DRAFT).build();

  private final JsonNode json = JSON.valueToTree(SpecSchema.json());
  private final JsonSchema schema = SCHEMAS.getSchema(json);

  /** Whether a text is a spec: the reader's mistakes, and whether the schema takes it. */
  private record Verdict(String text, List<String> mistakes, boolean fits) {
    boolean agree() {
      return mistakes.isEmpty()
          ? fits
          : !fits || mistakes.stream().allMatch(m -> beyond(m, text).isPresent());
    }
  }

  private static Optional<Beyond> beyond(String mistake, String text) {
    return BEYOND.stream()
        .filter(beyond -> beyond.mistake().matcher(mistake + "\n" + text).find())
        .findFirst();
  }

  private Verdict judge(Object spec) {
    String text = text(spec);
    JsonNode tree = JSON.valueToTree(SpecCorpus.document(text));
    return new Verdict(text, mistakes(text), schema.validate(tree, OutputFormat.BOOLEAN));
  }

  private static List<String> mistakes(String text) {
    try {
      SpecReader.read(text, Path.of("shop.yaml"), null, null, name -> Optional.empty());
      return List.of();
    } catch (MigrationException e) {
      return String.valueOf(e.getMessage()).lines().skip(1).toList();
    }
  }

  /** A document as YAML, which JSON is but for what is written without quotes. */
  private static String text(Object node) {
    if (node instanceof Map<?, ?> map) {
      List<String> entries = new ArrayList<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        boolean twice = entry.getKey() instanceof SpecMutations.Twice;
        String key =
            twice ? ((SpecMutations.Twice) entry.getKey()).key() : String.valueOf(entry.getKey());
        String written = quoted(key) + ": " + text(entry.getValue());
        entries.add(twice ? written + ", " + written : written);
      }
      return "{" + String.join(", ", entries) + "}";
    }
    if (node instanceof List<?> list) {
      List<String> items = new ArrayList<>();
      for (Object item : list) {
        items.add(text(item));
      }
      return "[" + String.join(", ", items) + "]";
    }
    return node instanceof SpecMutations.Plain plain ? plain.text() : quoted(node);
  }

  private static String quoted(Object scalar) {
    try {
      return JSON.writeValueAsString(scalar);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theSchemaIsOne() {
    JsonSchema ofSchemas = SCHEMAS.getSchema(SchemaLocation.of(DRAFT.getIri()));

    assertThat(ofSchemas.validate(json)).isEmpty();
  }

  @Test
  void everyKeyIsInSomeSpecAndInTheDocument() throws IOException {
    Set<String> keys = new TreeSet<>();
    keys(SpecSchema.SHAPE, keys);
    Set<String> written = new TreeSet<>();
    SpecCorpus.all().forEach(found -> written(found.spec(), written));
    String document =
        Files.readString(Path.of("..", "docs", "spec.md"))
            + Files.readString(Path.of("..", "docs", "mapping.md"));

    assertThat(written).containsAll(keys);
    keys.removeIf(
        key -> Pattern.compile("[`.{]" + key + "\\b|\\b" + key + ":").matcher(document).find());
    assertThat(keys).isEmpty();
  }

  private static void keys(Shape shape, Set<String> found) {
    if (shape instanceof Shape.Named named) {
      keys(named.shape(), found);
    } else if (shape instanceof Shape.Items items) {
      keys(items.item(), found);
    } else if (shape instanceof Shape.Entries entries) {
      keys(entries.value(), found);
    } else if (shape instanceof Shape.AnyOf any) {
      any.forms().forEach(form -> keys(form, found));
    } else if (shape instanceof Shape.Fields fields) {
      found.addAll(fields.keys().keySet());
      fields.keys().values().forEach(key -> keys(key.shape(), found));
    }
  }

  private static void written(Object node, Set<String> found) {
    if (node instanceof Map<?, ?> map) {
      map.keySet().forEach(key -> found.add(String.valueOf(key)));
      map.values().forEach(value -> written(value, found));
    } else if (node instanceof List<?> list) {
      list.forEach(item -> written(item, found));
    }
  }

  @Test
  void theyAgreeOnWhatIsWritten() {
    List<String> wrong = new ArrayList<>();
    List<SpecCorpus.Found> all = SpecCorpus.all();
    for (SpecCorpus.Found found : all) {
      Verdict verdict = judge(found.spec());
      if (!verdict.agree()) {
        wrong.add(found.file() + "\n" + verdict);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(all).hasSizeGreaterThan(40);
  }

  @Test
  void theyAgreeOnWhatIsSpoilt() {
    List<Map<String, Object>> seeds = new ArrayList<>();
    for (SpecCorpus.Found found : SpecCorpus.all()) {
      Verdict verdict = judge(found.spec());
      if (verdict.agree() && verdict.fits()) {
        seeds.add(found.spec());
      }
    }
    seeds.sort(Comparator.comparingInt(seed -> text(seed).length()));
    SpecMutations mutations = new SpecMutations(new Random(SEED), seeds);
    mutations.each(SpecSchema.SHAPE, this::note);
    int once = noted;
    for (int round = 0; round < ROUNDS; round++) {
      note(mutations.next());
    }

    assertThat(wrong.values()).isEmpty();
    assertThat(outcomes.keySet()).containsAll(BEYOND.stream().map(Beyond::why).toList());
    assertThat(outcomes.get("taken")).isGreaterThan(noted / 20);
    assertThat(outcomes.get("refused")).isGreaterThan(noted / 2);
    assertThat(once).isGreaterThan(5000);
  }

  private final Map<String, Verdict> wrong = new LinkedHashMap<>();
  private final Map<String, Integer> outcomes = new LinkedHashMap<>();
  private int noted;

  private void note(Object spec) {
    Verdict verdict = judge(spec);
    noted++;
    if (!verdict.agree() && wrong.size() < 20) {
      wrong.putIfAbsent(verdict.mistakes().toString().replaceAll("\\d+", ""), verdict);
    }
    boolean taken = verdict.mistakes().isEmpty();
    boolean reader = !taken && verdict.fits();
    outcomes.merge(taken ? "taken" : reader ? "refused by the reader" : "refused", 1, Integer::sum);
    if (reader) {
      verdict.mistakes().stream()
          .flatMap(m -> beyond(m, verdict.text()).stream())
          .forEach(b -> outcomes.merge(b.why(), 1, Integer::sum));
    }
  }
}
