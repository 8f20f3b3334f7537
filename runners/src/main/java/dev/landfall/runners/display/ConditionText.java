package dev.landfall.runners.display;

import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.runners.view.CheckVerdict;
import dev.landfall.runners.view.Numbers;
import dev.landfall.runners.view.SchemaVerdict;
import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.check.Finding.Severity;
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
    CheckResult schema = report.schema();
    if (schema != null) {
      schema(schema, lines);
    }
    report.checks().forEach(check -> check(check, lines));
    return lines;
  }

  private void schema(CheckResult schema, List<String> lines) {
    lines.add(
        style.tell(
            SchemaVerdict.of(schema.count(Severity.DIFFERENT), schema.count(Severity.KNOWN))));
    findings(schema, Severity.DIFFERENT, "", lines);
    findings(schema, Severity.KNOWN, "known: ", lines);
    findings(schema, Severity.MORE, "more than promised: ", lines);
    schema.notes().forEach(note -> lines.add("  " + style.quiet(Style.printable(note))));
  }

  private void findings(CheckResult schema, Severity severity, String word, List<String> lines) {
    schema.findings().stream()
        .filter(f -> f.severity() == severity)
        .limit(MOST)
        .forEach(f -> lines.add(Style.printable("  " + word + CheckVerdict.row(f))));
    long more = schema.count(severity) - MOST;
    if (more > 0) {
      lines.add("  " + style.quiet("and " + Numbers.count(more) + " more; --json lists all"));
    }
  }

  private void check(CheckResult check, List<String> lines) {
    lines.add(style.tell(CheckVerdict.of(check)));
    check.findings().forEach(row -> lines.add("  " + Style.printable(CheckVerdict.row(row))));
    long more = check.differences() - check.findings().size();
    if (more > 0) {
      lines.add("  " + style.quiet("and " + Numbers.count(more) + " more"));
    }
  }
}
