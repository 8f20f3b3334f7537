package dev.landfall.runners.display;

import dev.landfall.transforms.ledger.RejectList;
import dev.landfall.transforms.ledger.Snapshot;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The document of {@code rejects --json}. */
public final class RejectsJson {
  private RejectsJson() {}

  /** The document, in one line. */
  public static String of(Snapshot snapshot, RejectList rejects) {
    TableNames names = TableNames.of(snapshot);
    return Json.document(
        json -> {
          json.writeStringField("migration", snapshot.migration());
          json.writeNumberField("standing", rejects.standing());
          json.writeNumberField("mended", rejects.mended());
          json.writeArrayFieldStart("rejects");
          for (RejectList.Row row : rejects.rows()) {
            json.writeStartObject();
            names.ofSource(json, row.table());
            json.writeObjectFieldStart("key");
            for (Map.Entry<String, @Nullable String> column : row.key().entrySet()) {
              Json.writeNullable(json, column.getKey(), column.getValue());
            }
            json.writeEndObject();
            Json.writeNullable(json, "column", row.column());
            json.writeStringField("reason", row.reason());
            Json.writeNullable(json, "value", row.value());
            json.writeStringField("at", row.at().toString());
            Json.writeNullable(json, "mended", row.mended());
            Long run = row.mendedBy();
            if (run == null) {
              json.writeNullField("mendedBy");
            } else {
              json.writeNumberField("mendedBy", run);
            }
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }
}
