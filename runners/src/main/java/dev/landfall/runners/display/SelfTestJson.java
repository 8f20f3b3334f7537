package dev.landfall.runners.display;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.landfall.pipelines.api.SelfTestReport;
import java.io.IOException;
import java.util.List;

/** The document of {@code verify --self-test --json}. */
public final class SelfTestJson {
  private SelfTestJson() {}

  /** The document. */
  public static String of(SelfTestReport report) {
    return Json.document(
        json -> {
          json.writeBooleanField("proved", report.proved());
          json.writeArrayFieldStart("tables");
          for (SelfTestReport.Table table : report.tables()) {
            json.writeStartObject();
            json.writeStringField("table", table.table());
            TableNames.write(json, null, table.table());
            json.writeNumberField("rows", table.rows());
            json.writeNumberField("refused", table.refused());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeArrayFieldStart("cases");
          for (SelfTestReport.Case one : report.cases()) {
            json.writeStartObject();
            json.writeStringField("table", one.table());
            TableNames.write(json, null, one.table());
            columns(json, one.columns());
            Json.writeNullable(json, "type", one.type());
            json.writeStringField("fault", one.fault());
            json.writeStringField("expected", one.expected());
            json.writeStringField("found", one.found());
            json.writeBooleanField("passed", one.passed());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeArrayFieldStart("unexpected");
          for (SelfTestReport.Unexpected one : report.unexpected()) {
            json.writeStartObject();
            json.writeStringField("table", one.table());
            TableNames.write(json, null, one.table());
            json.writeStringField("difference", one.difference());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeArrayFieldStart("notSeeded");
          for (SelfTestReport.NotSeeded one : report.notSeeded()) {
            json.writeStartObject();
            json.writeStringField("table", one.table());
            TableNames.write(json, null, one.table());
            columns(json, one.columns());
            json.writeStringField("fault", one.fault());
            json.writeStringField("reason", one.reason());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static void columns(JsonGenerator json, List<String> columns) throws IOException {
    json.writeStringField("column", String.join(", ", columns));
    json.writeArrayFieldStart("columns");
    for (String column : columns) {
      json.writeString(column);
    }
    json.writeEndArray();
  }
}
