package dev.landfall.runners.display;

import dev.landfall.pipelines.RepairReport;
import dev.landfall.transforms.refresh.RefreshedKey.Action;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The document of {@code repair --json}. */
public final class RepairJson {
  private RepairJson() {}

  /** The document, in one line. */
  public static String of(RepairReport report) {
    return Json.document(
        json -> {
          json.writeBooleanField("executed", report.executed());
          json.writeBooleanField("equal", report.equal());
          json.writeStringField("verified", report.verified().toString());
          json.writeArrayFieldStart("tables");
          for (RepairReport.Table table : report.tables()) {
            json.writeStartObject();
            json.writeStringField("table", table.table());
            json.writeStringField("target", table.target());
            for (Action action : Action.values()) {
              json.writeNumberField(word(action), table.count(action));
            }
            json.writeNumberField("unnamed", table.unnamed());
            json.writeArrayFieldStart("statements");
            for (String statement : table.statements().values()) {
              json.writeString(statement);
            }
            json.writeEndArray();
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeArrayFieldStart("keys");
          for (RepairReport.Key key : report.keys()) {
            json.writeStartObject();
            json.writeStringField("table", key.table());
            json.writeObjectFieldStart("key");
            for (Map.Entry<String, @Nullable String> column : key.key().entrySet()) {
              Json.writeNullable(json, column.getKey(), column.getValue());
            }
            json.writeEndObject();
            json.writeStringField("action", word(key.action()));
            Json.writeNullable(json, "reason", key.reason());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeArrayFieldStart("warnings");
          for (String warning : report.warnings()) {
            json.writeString(warning);
          }
          json.writeEndArray();
        });
  }

  private static String word(Action action) {
    return action.name().toLowerCase(Locale.ROOT);
  }
}
