package dev.landfall.runners.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.landfall.pipelines.report.Report;
import dev.landfall.pipelines.report.Verdict;
import dev.landfall.runners.display.TableNames;
import dev.landfall.transforms.ledger.Snapshot;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A report as one JSON document in one line. Fields may be added, none is ever renamed. What was
 * never looked at is null.
 */
public final class ReportJson {
  private final ReportDocument document;
  private final Report report;
  private final JsonGenerator json;
  private final TableNames names;

  private ReportJson(ReportDocument document, JsonGenerator json) {
    this.document = document;
    this.report = document.report();
    this.json = json;
    this.names = TableNames.of(report.snapshot());
  }

  /** The document, with the end of its line. */
  public static String of(ReportDocument document) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      new ReportJson(document, json).write();
    } catch (IOException e) {
      throw new UncheckedIOException("A StringWriter does not fail", e);
    }
    return text + "\n";
  }

  private interface Body {
    void write() throws IOException;
  }

  private interface Item<T> {
    void write(T item) throws IOException;
  }

  private void object(String field, Body body) throws IOException {
    json.writeObjectFieldStart(field);
    body.write();
    json.writeEndObject();
  }

  private <T> void array(String field, @Nullable Iterable<T> items, Item<T> item)
      throws IOException {
    if (items == null) {
      json.writeNullField(field);
      return;
    }
    json.writeArrayFieldStart(field);
    for (T one : items) {
      json.writeStartObject();
      item.write(one);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void texts(String field, Iterable<String> texts) throws IOException {
    json.writeArrayFieldStart(field);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private void text(String field, @Nullable Object value) throws IOException {
    if (value == null) {
      json.writeNullField(field);
    } else {
      json.writeStringField(field, value.toString());
    }
  }

  private void number(String field, long value) throws IOException {
    json.writeNumberField(field, value);
  }

  private void map(String field, Map<String, ? extends @Nullable String> map) throws IOException {
    object(
        field,
        () -> {
          for (Map.Entry<String, ? extends @Nullable String> entry : map.entrySet()) {
            text(entry.getKey(), entry.getValue());
          }
        });
  }

  private static String word(String stored) {
    return stored.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private void write() throws IOException {
    json.writeStartObject();
    text("migration", report.snapshot().migration());
    text("taken", report.snapshot().taken());
    verdict(report.verdict());
    Snapshot snapshot = report.snapshot();
    text("phase", word(snapshot.phase().name()));
    text("holder", snapshot.holder());
    text("begun", report.created());
    server("source", report.source());
    server("target", report.target());
    tables();
    runs();
    array("differences", report.differences(), this::difference);
    number("laterParts", report.laterParts());
    rejects();
    array("dispositions", snapshot.dispositions(), this::disposition);
    schema(report.schema());
    array("checks", report.checks(), this::check);
    selfTest(report.selfTest());
    array(
        "repairs",
        report.repairs(),
        repair -> {
          text("target", repair.target());
          text("action", word(repair.action()));
          number("keys", repair.keys());
          text("newest", repair.newest());
          json.writeBooleanField("sinceVerdict", repair.sinceVerdict());
        });
    number("verifications", report.history().all());
    array("history", report.history().shown(), this::verification);
    texts("warnings", snapshot.warnings());
    texts("broken", snapshot.broken());
    number("eventCount", report.events().all());
    array(
        "events",
        report.events().shown(),
        event -> {
          text("at", event.at());
          if (event.run() == null) {
            json.writeNullField("run");
          } else {
            number("run", event.run());
          }
          text("kind", word(event.kind()));
          text("text", event.text());
        });
    array(
        "objects",
        report.objects().known(),
        object -> {
          text("kind", object.kind().words());
          text("name", object.name());
          text("outcome", object.outcome().words());
          text("note", object.note());
          text("source", object.source());
        });
    text("objectsUnknown", report.objects().unknown());
    texts("mapping", report.mapping());
    object(
        "spec",
        () -> {
          text("sha256", document.spec().fingerprint());
          text("text", document.spec().text());
        });
    object(
        "written",
        () -> {
          text("by", document.written().by());
          text("landfall", document.written().landfall());
          text("java", document.written().java());
          text("beam", document.written().beam());
        });
    json.writeEndObject();
  }

  private void verdict(Verdict verdict) throws IOException {
    json.writeObjectFieldStart("verdict");
    text("outcome", verdict.outcome().words());
    text("sentence", VerdictText.sentence(report));
    texts("leftOut", VerdictText.leftOut(report));
    texts("levels", verdict.levels().stream().map(l -> word(l.name())).toList());
    number("tables", verdict.tables());
    number("rows", verdict.rows());
    number("differences", verdict.differences());
    text("oldest", verdict.oldest().map(Instant::toString).orElse(null));
    text("newest", verdict.newest().map(Instant::toString).orElse(null));
    texts("doubts", verdict.doubts().stream().map(d -> word(d.name())).toList());
    json.writeEndObject();
  }

  private void server(String side, Report.Server server) throws IOException {
    object(
        side,
        () -> {
          text("where", server.where());
          text("version", server.version());
          text("unreachable", server.unreachable());
        });
  }

  private void tables() throws IOException {
    Map<Integer, List<Report.TableVerdict>> verdicts = report.verdictsByTable();
    json.writeArrayFieldStart("tables");
    for (int i = 0; i < report.snapshot().tables().size(); i++) {
      Snapshot.Table table = report.snapshot().tables().get(i);
      List<Report.TableVerdict> found = verdicts.getOrDefault(i, List.of());
      json.writeStartObject();
      names.ofSource(json, table.table());
      texts("targets", table.targets());
      number("chunks", table.chunks());
      number("chunksDone", table.chunksDone());
      number("rowsRead", table.rowsRead());
      number("rowsLoaded", table.rowsLoaded());
      number("rowsFiltered", table.rowsFiltered());
      number("rowsRejected", table.rowsRejected());
      number("bytes", table.bytes());
      json.writeNumberField("seconds", report.load().seconds().getOrDefault(i, 0.0));
      text("verified", word(Report.verified(found).name()));
      number("differences", found.stream().mapToLong(Report.TableVerdict::differences).sum());
      array(
          "verdicts",
          found,
          verdict -> {
            text("target", verdict.target());
            number("run", verdict.run());
            text("finished", verdict.finished());
            text("level", word(verdict.level()));
            number("sourceRows", verdict.sourceRows());
            number("targetRows", verdict.targetRows());
            number("matched", verdict.matched());
            number("changed", verdict.changed());
            number("missing", verdict.missing());
            number("extra", verdict.extra());
            number("settled", verdict.settled());
            number("looks", verdict.looks());
            text("seed", verdict.seed());
            json.writeBooleanField("loadedSince", verdict.loadedSince());
          });
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void runs() throws IOException {
    number("runCount", report.load().runs().all());
    array(
        "runs",
        report.load().runs().shown(),
        run -> {
          number("run", run.id());
          text("command", run.command());
          text("holder", run.holder());
          text("started", run.started());
          text("ended", run.ended());
          text("outcome", run.outcome() == null ? null : word(run.outcome()));
          text("firstChunk", run.firstChunk());
          text("lastCommit", run.lastCommit());
          number("rowsLoaded", run.rows());
          number("bytes", run.bytes());
          text("verified", run.verified());
        });
    array(
        "loadedOverTime",
        report.load().parts(),
        part -> {
          number("run", part.run());
          number("part", part.number());
          number("rowsLoaded", part.rows());
          number("bytes", part.bytes());
        });
  }

  private void difference(Report.RowDifference difference) throws IOException {
    names.ofTarget(json, difference.target());
    map("key", difference.key());
    text("kind", word(difference.kind()));
    texts("columns", difference.columns());
    number("copies", difference.copies());
    if (!difference.values().isEmpty()) {
      json.writeObjectFieldStart("values");
      for (Map.Entry<String, Report.Values> column : difference.values().entrySet()) {
        json.writeObjectFieldStart(column.getKey());
        text("source", column.getValue().source());
        text("target", column.getValue().target());
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    text("reject", difference.reject());
  }

  private void rejects() throws IOException {
    object(
        "rejects",
        () -> {
          number(
              "rows",
              report.snapshot().tables().stream().mapToLong(Snapshot.Table::rowsRejected).sum());
          array(
              "reasons",
              report.rejects().reasons(),
              reason -> {
                names.ofSource(json, reason.table());
                text("column", reason.column());
                text("reason", reason.reason());
                number("rows", reason.rows());
              });
          array(
              "first",
              report.rejects().rows(),
              row -> {
                names.ofSource(json, row.table());
                map("key", row.key());
                text("column", row.column());
                text("reason", row.reason());
                text("value", row.value());
              });
        });
  }

  private void disposition(Snapshot.Disposition disposition) throws IOException {
    text("table", disposition.table());
    text("target", disposition.target());
    TableNames.write(json, disposition.table(), disposition.target());
    text("column", disposition.column());
    text("rule", disposition.rule());
    number("rows", disposition.rows());
    json.writeArrayFieldStart("sampleKeys");
    for (String key : disposition.sampleKeys()) {
      json.writeRawValue(key);
    }
    json.writeEndArray();
  }

  private void schema(Report.@Nullable SchemaCheck schema) throws IOException {
    if (schema == null) {
      json.writeNullField("schema");
      return;
    }
    object(
        "schema",
        () -> {
          json.writeBooleanField("asPromised", schema.asPromised());
          number("run", schema.run());
          text("finished", schema.finished());
          for (String severity : new String[] {"DIFFERENT", "KNOWN", "MORE"}) {
            number(word(severity), schema.counts().getOrDefault(severity, 0L));
          }
          array(
              "findings",
              schema.findings(),
              finding -> {
                text("severity", word(finding.severity()));
                text("kind", word(finding.kind()));
                names.of(json, finding.table(), finding.ofSource());
                text("object", finding.object());
                text("promised", finding.promised());
                text("found", finding.found());
                text("reason", finding.reason());
              });
          texts("notes", schema.notes());
        });
  }

  private void check(Report.Check check) throws IOException {
    text("name", check.name());
    text("outcome", word(check.outcome()));
    text("message", check.message());
    number("differences", check.differences());
    text("finished", check.finished());
    array(
        "rows",
        check.rows(),
        row -> {
          text("kind", word(row.kind()));
          map("key", row.key());
          text("column", row.column());
          text("source", row.source());
          text("target", row.target());
        });
  }

  private void selfTest(Report.@Nullable SelfTest proof) throws IOException {
    if (proof == null) {
      json.writeNullField("selfTest");
      return;
    }
    object(
        "selfTest",
        () -> {
          json.writeBooleanField("passed", proof.passed());
          number("run", proof.run());
          array(
              "tables",
              proof.tables(),
              table -> {
                text("target", table.target());
                number("cases", table.cases());
                number("passed", table.passed());
                number("run", table.run());
              });
          array(
              "cases",
              proof.cases(),
              one -> {
                text("target", one.target());
                texts("columns", one.columns());
                text("type", one.type());
                text("fault", one.fault());
                text("wanted", one.wanted());
                text("found", one.found());
                json.writeBooleanField("passed", one.passed());
              });
        });
  }

  private void verification(Report.Verification verification) throws IOException {
    number("run", verification.run());
    text("command", verification.command());
    text("started", verification.started());
    text("finished", verification.finished());
    text("level", word(verification.level()));
    number("tables", verification.tables());
    number("sourceRows", verification.sourceRows());
    number("targetRows", verification.targetRows());
    number("differences", verification.differences());
    number("settled", verification.settled());
  }
}
