package dev.landfall.runners.display;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.landfall.pipelines.api.Reconciliation;
import dev.landfall.transforms.ledger.Alarm;
import dev.landfall.transforms.ledger.HistoryEntry;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Documents about runs beside one another: the history, an alarm, the part about passes. */
public final class HistoryJson {
  private HistoryJson() {}

  /** What {@code history} says. */
  public static String history(String migration, List<HistoryEntry> entries) {
    return Json.document(
        json -> {
          json.writeStringField("migration", migration);
          json.writeArrayFieldStart("runs");
          for (HistoryEntry entry : entries) {
            json.writeStartObject();
            number(json, "run", entry.run());
            json.writeStringField("command", entry.command());
            json.writeStringField("started", entry.started().toString());
            Json.writeNullable(json, "ended", entry.ended());
            Json.writeNullable(json, "outcome", lower(entry.outcome()));
            Json.writeNullable(json, "holder", entry.holder());
            Json.writeNullable(json, "level", lower(entry.level()));
            Json.writeNullable(json, "slice", entry.slice());
            number(json, "rowsCompared", entry.rowsCompared());
            number(json, "differences", entry.differences());
            number(json, "newDifferences", entry.newDifferences());
            number(json, "settledDifferences", entry.settledDifferences());
            Json.writeNullable(json, "alarm", lower(entry.alarm()));
            Json.writeNullable(json, "message", entry.message());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /** What a webhook is sent. */
  public static String alarm(Alarm alarm) {
    return Json.document(
        json -> {
          json.writeStringField("migration", alarm.migration());
          json.writeNumberField("run", alarm.run());
          json.writeStringField("started", alarm.started().toString());
          json.writeStringField("ended", alarm.ended().toString());
          Json.writeNullable(json, "slice", alarm.slice());
          json.writeNumberField("tables", alarm.tables());
          json.writeNumberField("rowsCompared", alarm.rowsCompared());
          json.writeNumberField("differences", alarm.differences());
          json.writeNumberField("newDifferences", alarm.newDifferences());
          json.writeArrayFieldStart("firstNew");
          for (Alarm.Difference difference : alarm.firstNew()) {
            json.writeStartObject();
            json.writeStringField("table", difference.table());
            TableNames.write(json, difference.source(), difference.table());
            json.writeFieldName("key");
            json.writeRawValue(difference.key());
            json.writeStringField("kind", difference.kind().toLowerCase(Locale.ROOT));
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /** Adds what a verification's document says of those before it. */
  static void reconciliation(JsonGenerator json, @Nullable Reconciliation seen) throws IOException {
    if (seen == null) {
      return;
    }
    json.writeNumberField("run", seen.run());
    json.writeNumberField("newDifferences", seen.newDifferences());
    Reconciliation.Pass pass = seen.pass();
    if (pass == null) {
      return;
    }
    json.writeObjectFieldStart("pass");
    json.writeStringField("slice", pass.slice().toString());
    json.writeStringField("began", pass.began().toString());
    json.writeNumberField("share", pass.share());
    json.writeBooleanField("finished", pass.finished());
    json.writeArrayFieldStart("compared");
    for (Reconciliation.Range range : pass.ranges()) {
      json.writeStartObject();
      json.writeStringField("table", range.table());
      json.writeStringField("sourceTable", range.table());
      texts(json, "key", range.key());
      texts(json, "from", range.start());
      texts(json, "below", range.end());
      json.writeEndObject();
    }
    json.writeEndArray();
    texts(json, "notCompared", pass.notCompared());
    json.writeEndObject();
  }

  private static void texts(JsonGenerator json, String field, @Nullable List<String> texts)
      throws IOException {
    if (texts == null) {
      json.writeNullField(field);
      return;
    }
    json.writeArrayFieldStart(field);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static void number(JsonGenerator json, String field, @Nullable Long number)
      throws IOException {
    if (number == null) {
      json.writeNullField(field);
    } else {
      json.writeNumberField(field, number);
    }
  }

  private static @Nullable String lower(@Nullable String word) {
    return word == null ? null : word.toLowerCase(Locale.ROOT);
  }
}
