package dev.landfall.pipelines.spec.shape;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A shape as JSON Schema. Draft 7, since that is what editors' YAML support is made for
 * (redhat-developer/yaml-language-server#856). Beside it are the keywords {@code errorMessage} and
 * {@code patternErrorMessage}, which editors show and all others pass over.
 */
public final class JsonSchema {
  private final Map<String, Object> definitions = new LinkedHashMap<>();

  private JsonSchema() {}

  /** The schema of documents of a shape, as maps, lists, texts, numbers and booleans. */
  public static Map<String, Object> of(String title, Shape root) {
    JsonSchema schema = new JsonSchema();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("$schema", "http://json-schema.org/draft-07/schema#");
    json.put("title", title);
    json.putAll(schema.of(root));
    json.put("definitions", schema.definitions);
    return json;
  }

  private Map<String, Object> of(Shape shape) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (shape instanceof Shape.Named named) {
      if (!definitions.containsKey(named.name())) {
        definitions.put(named.name(), Map.of());
        definitions.put(named.name(), of(named.shape()));
      }
      json.put("$ref", "#/definitions/" + named.name());
    } else if (shape instanceof Shape.Scalar scalar) {
      json.putAll(scalar.keywords());
    } else if (shape instanceof Shape.Items items) {
      items(items, json);
    } else if (shape instanceof Shape.Entries entries) {
      entries(entries, json);
    } else if (shape instanceof Shape.Fields fields) {
      fields(fields, json);
    } else if (shape instanceof Shape.AnyOf any) {
      json.put("anyOf", any.forms().stream().map(this::of).toList());
    }
    return json;
  }

  private void items(Shape.Items items, Map<String, Object> json) {
    json.put("type", "array");
    json.put("items", of(items.item()));
    if (items.filled()) {
      json.put("minItems", 1);
    }
    if (items.unique()) {
      json.put("uniqueItems", true);
    }
  }

  private void entries(Shape.Entries entries, Map<String, Object> json) {
    json.put("type", "object");
    Map<String, Object> names = new LinkedHashMap<>(entries.key().keywords());
    names.remove("type");
    if (!names.isEmpty()) {
      json.put("propertyNames", names);
    }
    json.put("additionalProperties", of(entries.value()));
    if (entries.least() > 0) {
      json.put("minProperties", entries.least());
    }
    if (entries.most() < Integer.MAX_VALUE) {
      json.put("maxProperties", entries.most());
    }
  }

  private void fields(Shape.Fields fields, Map<String, Object> json) {
    json.put("type", "object");
    Map<String, Object> properties = new LinkedHashMap<>();
    fields.keys().values().forEach(key -> properties.put(key.name(), property(key)));
    json.put("properties", properties);
    json.put("additionalProperties", false);
    List<String> required =
        fields.keys().values().stream().filter(Key::needed).map(Key::name).toList();
    if (!required.isEmpty()) {
      json.put("required", required);
    }
    if (fields.lone()) {
      json.put("minProperties", 1);
      json.put("maxProperties", 1);
    }
    if (!fields.ways().isEmpty()) {
      json.put("anyOf", fields.ways().stream().map(way -> Map.of("required", way)).toList());
    }
    if (!fields.clauses().isEmpty()) {
      json.put(
          "allOf",
          fields.clauses().stream()
              .flatMap(
                  clause ->
                      clause.others().stream()
                          .limit(clause.there() ? 1 : Long.MAX_VALUE)
                          .map(other -> clause(clause, other)))
              .toList());
    }
  }

  private Map<String, Object> property(Key key) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("description", key.description());
    json.putAll(of(key.shape()));
    if (key.otherwise() != null) {
      json.put("default", key.otherwise());
    }
    return json;
  }

  private static Map<String, Object> clause(Clause clause, When other) {
    Map<String, Object> then = new LinkedHashMap<>();
    if (clause.there()) {
      then.putAll(
          clause.others().size() == 1
              ? there(other)
              : Map.of("anyOf", clause.others().stream().map(JsonSchema::there).toList()));
    } else {
      // Said at the key that can't be there, which "not" does not.
      then.put("properties", Map.of(other.key(), false));
    }
    String where =
        switch (clause.place()) {
          case MAP -> "";
          case KEY -> clause.when().key() + ": ";
          case OTHER -> other.key() + ": ";
        };
    then.put("errorMessage", where + clause.what(other));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("if", there(clause.when()));
    json.put("then", then);
    return json;
  }

  private static Map<String, Object> there(When key) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("required", List.of(key.key()));
    if (key.list()) {
      json.put("properties", Map.of(key.key(), Map.of("type", "array")));
    }
    return json;
  }
}
