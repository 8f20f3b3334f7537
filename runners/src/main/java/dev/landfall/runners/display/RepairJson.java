package dev.landfall.runners.display;

import dev.landfall.pipelines.api.RepairReport;
import dev.landfall.transforms.refresh.RefreshedKey.Action;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The document of {@code repair --json}. */
public final class RepairJson {
  private RepairJson() {}

  /** More are counted; {@code landfall.repair} in the target has each that was repaired. */
  private static final int MOST_KEYS = 1_000;

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
            TableNames.write(json, table.table(), table.target());
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
          Map<String, String> sources =
              report.tables().stream()
                  .collect(Collectors.toMap(RepairReport.Table::target, RepairReport.Table::table));
          json.writeArrayFieldStart("keys");
          for (RepairReport.Key key : listed(report.keys())) {
            json.writeStartObject();
            json.writeStringField("table", key.table());
            TableNames.write(json, sources.get(key.table()), key.table());
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
          json.writeNumberField("keysLeftOut", Math.max(0, report.keys().size() - MOST_KEYS));
          json.writeArrayFieldStart("warnings");
          for (String warning : report.warnings()) {
            json.writeString(warning);
          }
          json.writeEndArray();
        });
  }

  /** No more keys than a reader can bear; first those on which both sides differ still. */
  private static List<RepairReport.Key> listed(List<RepairReport.Key> keys) {
    return keys.stream()
        .sorted(Comparator.comparing(k -> k.action() != Action.LEFT && k.action() != Action.FAILED))
        .limit(MOST_KEYS)
        .toList();
  }

  private static String word(Action action) {
    return action.name().toLowerCase(Locale.ROOT);
  }
}
