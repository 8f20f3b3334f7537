package dev.landfall.runners.display;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.landfall.pipelines.api.ClusterJob;
import dev.landfall.pipelines.api.Difference;
import dev.landfall.pipelines.api.SchemaText;
import dev.landfall.pipelines.api.TableResult;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.catalog.OddCount;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.model.SchemaObject;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The documents of {@code --json}: one line each, never coloured or wrapped. Fields may be added,
 * none is ever renamed.
 */
public final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /** What {@code status} and a finished {@code migrate} or {@code backfill} say. */
  public static String status(Snapshot snapshot) {
    return document(
        json -> {
          json.writeStringField("migration", snapshot.migration());
          json.writeStringField("phase", lower(snapshot.phase()));
          writeNullable(json, "holder", snapshot.holder());
          writeNullable(json, "note", snapshot.note());
          Snapshot.Job job = snapshot.job();
          if (job == null) {
            json.writeNullField("job");
          } else {
            json.writeObjectFieldStart("job");
            json.writeStringField("cluster", job.cluster());
            json.writeStringField("id", job.id());
            json.writeStringField("name", job.name());
            json.writeEndObject();
          }
          StepJson.write(json, snapshot.step());
          writeNullable(json, "started", snapshot.started());
          json.writeStringField("taken", snapshot.taken().toString());
          json.writeArrayFieldStart("tables");
          for (Snapshot.Table table : snapshot.tables()) {
            json.writeStartObject();
            json.writeStringField("table", table.table());
            TableNames.write(json, table.table(), String.join(", ", table.targets()));
            strings(json, "targets", table.targets());
            json.writeNumberField("chunks", table.chunks());
            json.writeNumberField("chunksDone", table.chunksDone());
            json.writeNumberField("rowsRead", table.rowsRead());
            json.writeNumberField("rowsLoaded", table.rowsLoaded());
            json.writeNumberField("rowsFiltered", table.rowsFiltered());
            json.writeNumberField("rowsRejected", table.rowsRejected());
            json.writeNumberField("bytes", table.bytes());
            json.writeNumberField("seconds", Totals.seconds(table));
            json.writeStringField("verified", lower(table.verified()));
            json.writeNumberField("differences", table.differences());
            Snapshot.Compared compared = table.compared();
            writeNullable(json, "comparedAt", compared == null ? null : compared.at());
            writeNullable(json, "comparedLevel", compared == null ? null : compared.word());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeBooleanField("comparedByNewestRun", snapshot.newest().compared());
          strings(json, "warnings", snapshot.warnings());
          strings(json, "broken", snapshot.broken());
          json.writeArrayFieldStart("dispositions");
          for (Snapshot.Disposition disposition : snapshot.dispositions()) {
            json.writeStartObject();
            json.writeStringField("table", disposition.table());
            json.writeStringField("target", disposition.target());
            TableNames.write(json, disposition.table(), disposition.target());
            json.writeStringField("column", disposition.column());
            json.writeStringField("rule", disposition.rule());
            json.writeNumberField("rows", disposition.rows());
            json.writeArrayFieldStart("sampleKeys");
            for (String key : disposition.sampleKeys()) {
              json.writeRawValue(key);
            }
            json.writeEndArray();
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /**
   * What {@code verify} says.
   *
   * @param started when it began, null where whoever asked for it knows
   */
  public static String verification(VerificationReport report, @Nullable Instant started) {
    return document(
        json -> {
          if (started != null) {
            json.writeStringField("started", started.toString());
          }
          json.writeBooleanField("equal", report.equal());
          HistoryJson.reconciliation(json, report.reconciliation());
          Map<String, String> sources = TableNames.sources(report);
          json.writeArrayFieldStart("tables");
          for (TableResult table : report.tables()) {
            json.writeStartObject();
            json.writeStringField("table", table.table());
            json.writeStringField("target", table.target());
            TableNames.write(json, table.table(), table.target());
            json.writeNumberField("sourceRows", table.sourceRows());
            json.writeNumberField("targetRows", table.targetRows());
            json.writeNumberField("matched", table.matched());
            json.writeNumberField("changed", table.changed());
            json.writeNumberField("missing", table.missing());
            json.writeNumberField("extra", table.extra());
            json.writeNumberField("settled", table.settled());
            json.writeEndObject();
          }
          json.writeEndArray();
          if (!report.rowsRead().isEmpty()) {
            json.writeArrayFieldStart("rowsRead");
            for (Map.Entry<String, String> table : report.rowsRead().entrySet()) {
              json.writeStartObject();
              json.writeStringField("table", table.getKey());
              json.writeStringField("sourceTable", table.getKey());
              json.writeStringField("reason", table.getValue());
              json.writeEndObject();
            }
            json.writeEndArray();
          }
          json.writeArrayFieldStart("differences");
          for (Difference difference : report.differences()) {
            json.writeStartObject();
            json.writeStringField("table", difference.table());
            TableNames.write(json, sources.get(difference.table()), difference.table());
            json.writeObjectFieldStart("key");
            for (Map.Entry<String, @Nullable String> column : difference.key().entrySet()) {
              writeNullable(json, column.getKey(), column.getValue());
            }
            json.writeEndObject();
            json.writeStringField("kind", difference.kind().word());
            strings(json, "columns", difference.columns());
            if (!difference.values().isEmpty()) {
              values(json, difference.values());
            }
            if (difference.reject() != null) {
              json.writeStringField("reject", difference.reject());
            }
            json.writeEndObject();
          }
          json.writeEndArray();
          VerifyRequest request = report.request();
          json.writeStringField("level", lower(request.level()));
          json.writeNumberField("looks", request.looks());
          if (request.level() == VerifyRequest.Level.SAMPLE) {
            json.writeNumberField("sampleRows", request.sampleRows());
            json.writeNumberField("seed", request.seed());
          }
          ConditionJson.write(json, report);
        });
  }

  private static void values(JsonGenerator json, Map<String, Difference.Values> columns)
      throws IOException {
    json.writeObjectFieldStart("values");
    for (Map.Entry<String, Difference.Values> column : columns.entrySet()) {
      json.writeObjectFieldStart(column.getKey());
      writeNullable(json, "source", column.getValue().source());
      writeNullable(json, "target", column.getValue().target());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  /**
   * What {@code schema} says.
   *
   * @param applied the part that was run on the target, or null
   */
  public static String schema(SchemaText schema, @Nullable String applied) {
    return document(
        json -> {
          json.writeStringField("pre", schema.pre());
          json.writeStringField("post", schema.post());
          strings(json, "notes", schema.notes());
          strings(json, "changes", schema.changes());
          json.writeArrayFieldStart("objects");
          for (SchemaObject object : schema.objects()) {
            json.writeStartObject();
            json.writeStringField("kind", object.kind().words());
            json.writeStringField("name", object.name());
            json.writeStringField("outcome", object.outcome().words());
            json.writeStringField("note", object.note());
            if (object.source() != null) {
              json.writeStringField("source", object.source());
            }
            json.writeEndObject();
          }
          json.writeEndArray();
          List<OddCount> scan = schema.scan();
          if (scan != null) {
            json.writeArrayFieldStart("scan");
            for (OddCount count : scan) {
              json.writeStartObject();
              json.writeStringField("table", count.table().toString());
              json.writeStringField("sourceTable", count.table().toString());
              json.writeStringField("column", count.column());
              json.writeStringField("kind", count.odd().key());
              json.writeNumberField("rows", count.rows());
              json.writeStringField("policy", count.policy().written());
              json.writeEndObject();
            }
            json.writeEndArray();
          }
          writeNullable(json, "applied", applied);
        });
  }

  /** What a command says that was handed over to a cluster. */
  public static String submitted(ClusterJob job) {
    return document(
        json -> {
          json.writeObjectFieldStart("job");
          json.writeStringField("cluster", job.cluster());
          json.writeStringField("id", job.id());
          json.writeStringField("name", job.name());
          json.writeEndObject();
        });
  }

  /**
   * What {@code cancel} says.
   *
   * @param holder who ran what was stopped, null when nothing was running
   */
  public static String cancelled(@Nullable String holder) {
    return document(
        json -> {
          json.writeBooleanField("stopped", holder != null);
          writeNullable(json, "holder", holder);
        });
  }

  /** What {@code demo --stop} says. */
  public static String demoStopped() {
    return document(json -> json.writeBooleanField("stopped", true));
  }

  /** What a command says that ended with an error. */
  public static String error(MigrationException.@Nullable Kind kind, String message, int exitCode) {
    return document(
        json -> {
          json.writeObjectFieldStart("error");
          json.writeStringField("kind", kind == null ? "unexpected" : lower(kind));
          json.writeStringField("message", message);
          json.writeNumberField("exitCode", exitCode);
          json.writeEndObject();
        });
  }

  /** What a document consists of. */
  interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  /** A document of one line. */
  static String document(Body body) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      body.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("A StringWriter does not fail", e);
    }
    return text.toString();
  }

  private static void strings(JsonGenerator json, String field, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  static void writeNullable(JsonGenerator json, String field, @Nullable Object value)
      throws IOException {
    if (value == null) {
      json.writeNullField(field);
    } else {
      json.writeStringField(field, value.toString());
    }
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
