package dev.landfall.runners.display;

import dev.landfall.pipelines.api.CheckResult;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.runners.view.Keys;
import dev.landfall.runners.view.Numbers;
import dev.landfall.runners.view.SchemaVerdict;
import dev.landfall.transforms.promise.SchemaFinding.Severity;
import dev.landfall.transforms.promise.SchemaReport;
import java.util.ArrayList;
import java.util.List;

/** What a verification found beside rows, as text; nothing where nothing was looked at. */
final class ConditionText {
  /** As many findings of a kind, or rows of a check, are shown; the document has all. */
  private static final int MOST = 20;

  private final Style style;

  ConditionText(Style style) {
    this.style = style;
  }

  List<String> lines(VerificationReport report) {
    List<String> lines = new ArrayList<>();
    SchemaReport schema = report.schema();
    if (schema != null) {
      schema(schema, lines);
    }
    report.checks().forEach(check -> check(check, lines));
    return lines;
  }

  private void schema(SchemaReport schema, List<String> lines) {
    lines.add(
        style.tell(
            SchemaVerdict.of(schema.count(Severity.DIFFERENT), schema.count(Severity.KNOWN))));
    findings(schema, Severity.DIFFERENT, "", lines);
    findings(schema, Severity.KNOWN, "known: ", lines);
    findings(schema, Severity.MORE, "more than promised: ", lines);
    schema.notes().forEach(note -> lines.add("  " + style.quiet(Style.printable(note))));
  }

  private void findings(SchemaReport schema, Severity severity, String word, List<String> lines) {
    schema.findings().stream()
        .filter(f -> f.severity() == severity)
        .limit(MOST)
        .forEach(
            f ->
                lines.add(
                    Style.printable(
                        "  "
                            + word
                            + f.table()
                            + "  "
                            + f.kind().words()
                            + (f.object().equals(f.table().table()) ? "" : " " + f.object())
                            + ": "
                            + (severity == Severity.MORE
                                ? f.found()
                                : "promised "
                                    + SchemaVerdict.orNone(f.promised())
                                    + ", found "
                                    + SchemaVerdict.orNone(f.found()))
                            + (f.reason() == null ? "" : "; " + f.reason()))));
    long more = schema.count(severity) - MOST;
    if (more > 0) {
      lines.add("  " + style.quiet("and " + Numbers.count(more) + " more; --json lists all"));
    }
  }

  private void check(CheckResult check, List<String> lines) {
    String name = "Check \"" + Style.printable(check.name()) + "\"";
    lines.add(
        switch (check.outcome()) {
          case HELD -> style.good(name + " holds.");
          case BROKEN -> style.bad(name + " is broken:") + " " + check.message();
          case FAILED ->
              style.bad(name + " failed:") + " " + Style.printable(String.valueOf(check.message()));
        });
    check.rows().forEach(row -> lines.add(Style.printable("  " + text(row))));
    if (check.differences() > check.rows().size()) {
      lines.add(
          "  "
              + style.quiet(
                  "and " + Numbers.count(check.differences() - check.rows().size()) + " more"));
    }
  }

  private static String text(CheckResult.Row row) {
    String key = Keys.of(row.key());
    return row.kind().word()
        + (key.isEmpty() ? "" : "  " + key)
        + (row.column() == null
            ? ""
            : "  "
                + row.column()
                + ": "
                + Keys.orNull(row.source(), text -> text)
                + " in the source, "
                + Keys.orNull(row.target(), text -> text)
                + " in the target");
  }
}
