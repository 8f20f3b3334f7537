package dev.landfall.runners.display;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.landfall.pipelines.api.CheckResult;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.transforms.promise.SchemaFinding;
import dev.landfall.transforms.promise.SchemaReport;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a verification found beside rows, as fields of its document. */
final class ConditionJson {
  private ConditionJson() {}

  /** Writes {@code schema}, null where it was not looked at, and {@code checks}. */
  static void write(JsonGenerator json, VerificationReport report) throws IOException {
    SchemaReport schema = report.schema();
    if (schema == null) {
      json.writeNullField("schema");
    } else {
      schema(json, schema, TableNames.of(report));
    }
    json.writeArrayFieldStart("checks");
    for (CheckResult check : report.checks()) {
      check(json, check);
    }
    json.writeEndArray();
  }

  private static void schema(JsonGenerator json, SchemaReport schema, TableNames names)
      throws IOException {
    json.writeObjectFieldStart("schema");
    json.writeBooleanField("asPromised", schema.asPromised());
    json.writeArrayFieldStart("findings");
    for (SchemaFinding finding : schema.findings()) {
      json.writeStartObject();
      json.writeStringField("severity", finding.severity().word());
      json.writeStringField("kind", finding.kind().words());
      names.of(json, finding.table().toString(), finding.kind().ofSource());
      json.writeStringField("object", finding.object());
      Json.writeNullable(json, "promised", finding.promised());
      Json.writeNullable(json, "found", finding.found());
      Json.writeNullable(json, "reason", finding.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("notes");
    for (String note : schema.notes()) {
      json.writeString(note);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void check(JsonGenerator json, CheckResult check) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", check.name());
    json.writeStringField("outcome", check.outcome().word());
    Json.writeNullable(json, "message", check.message());
    json.writeNumberField("differences", check.differences());
    json.writeArrayFieldStart("rows");
    for (CheckResult.Row row : check.rows()) {
      json.writeStartObject();
      json.writeStringField("kind", row.kind().word());
      json.writeObjectFieldStart("key");
      for (Map.Entry<String, @Nullable String> column : row.key().entrySet()) {
        Json.writeNullable(json, column.getKey(), column.getValue());
      }
      json.writeEndObject();
      Json.writeNullable(json, "column", row.column());
      Json.writeNullable(json, "source", row.source());
      Json.writeNullable(json, "target", row.target());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
