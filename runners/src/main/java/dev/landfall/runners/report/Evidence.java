package dev.landfall.runners.report;

import static dev.landfall.runners.display.Numbers.count;
import static dev.landfall.runners.report.VerdictText.time;

import dev.landfall.pipelines.report.Report;
import dev.landfall.pipelines.report.Report.Values;
import dev.landfall.runners.report.Page.Block;
import dev.landfall.runners.report.Page.Cell;
import dev.landfall.runners.report.Page.Head;
import dev.landfall.runners.report.Page.Row;
import dev.landfall.runners.report.Page.Section;
import dev.landfall.runners.report.Page.Table;
import dev.landfall.transforms.model.SchemaObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sections that show what was found. Each says so where nothing was looked at. */
final class Evidence {
  /** Longer values are cut: a row may hold megabytes. */
  private static final int LONGEST = 300;

  private final Report report;

  Evidence(Report report) {
    this.report = report;
  }

  private static String cut(String text) {
    return text.length() <= LONGEST
        ? text
        : text.substring(0, LONGEST) + "… (" + count(text.length()) + " characters)";
  }

  private static String orNull(@Nullable String value) {
    return value == null ? "NULL" : cut(value);
  }

  private static String word(String stored) {
    return stored.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String key(Map<String, @Nullable String> key) {
    return key.entrySet().stream()
        .map(e -> e.getKey() + " = " + orNull(e.getValue()))
        .collect(Collectors.joining(", "));
  }

  Section differences() {
    long all = report.verdict().differences();
    List<String> texts = new ArrayList<>();
    if (report.verdicts().isEmpty()) {
      texts.add("Not looked for: the two sides were never compared.");
    } else if (all == 0) {
      texts.add("None.");
    } else {
      texts.add(
          count(all, "row")
              + (all == 1 ? " differs" : " differ")
              + (report.differences().size() < all
                  ? "; the first " + count(report.differences().size()) + " of those that are named"
                  : "")
              + ". Missing: only the source has it. Extra: only the target has it. Changed: both"
              + " have it, with other values.");
    }
    if (report.laterParts() > 0) {
      texts.add(
          "Parts of tables that were compared later have "
              + count(report.laterParts(), "difference")
              + " more, which are not listed here.");
    }
    long settled = report.verdicts().stream().mapToLong(Report.TableVerdict::settled).sum();
    if (settled > 0) {
      texts.add(
          count(settled, "difference")
              + " of the first look "
              + (settled == 1 ? "was" : "were")
              + " none any more when looked at again: writes that were on their way.");
    }
    return Section.of(
        "Differences",
        texts,
        Block.of(
            Table.of(
                "Rows that differ, by table",
                List.of(
                    Head.text("Target table"),
                    Head.number("Changed"),
                    Head.number("Missing"),
                    Head.number("Extra"),
                    Head.number("Settled"),
                    Head.text("Compared")),
                report.verdicts().stream()
                    .filter(v -> v.differences() > 0 || v.settled() > 0)
                    .limit(500)
                    .map(
                        v ->
                            Row.of(
                                Cell.head(v.target()),
                                Cell.number(count(v.changed())),
                                Cell.number(count(v.missing())),
                                Cell.number(count(v.extra())),
                                Cell.number(count(v.settled())),
                                Cell.time(time(v.finished()) + ", " + word(v.level()))))
                    .toList())),
        Block.of(
            Table.of(
                "Rows that differ, by key",
                List.of(
                    Head.text("Target table"),
                    Head.text("Key"),
                    Head.text("Kind"),
                    Head.text("Columns and values")),
                report.differences().stream().map(Evidence::difference).toList())));
  }

  private static Row difference(Report.RowDifference difference) {
    List<String> lines = new ArrayList<>();
    if (difference.values().isEmpty()) {
      if (!difference.columns().isEmpty()) {
        lines.add(String.join(", ", difference.columns()));
      }
    } else {
      for (Map.Entry<String, Values> column : difference.values().entrySet()) {
        lines.add(
            switch (difference.kind()) {
              case "MISSING" -> column.getKey() + ": " + orNull(column.getValue().source());
              case "EXTRA" -> column.getKey() + ": " + orNull(column.getValue().target());
              default ->
                  column.getKey()
                      + ": "
                      + orNull(column.getValue().source())
                      + " → "
                      + orNull(column.getValue().target());
            });
      }
    }
    if (difference.reject() != null) {
      // The whole reason is where the rejected rows are.
      lines.add("rejected: " + difference.reject().split("[,;]", 2)[0]);
    }
    return Row.of(
        Cell.head(difference.target()),
        Cell.code(
            key(difference.key())
                + (difference.copies() > 1 ? ", " + count(difference.copies()) + " times" : "")),
        Cell.text(word(difference.kind())),
        Cell.styled("c w", String.join("\n", lines)));
  }

  Section rejects() {
    long all = VerdictText.rejected(report);
    List<String> texts = new ArrayList<>();
    if (all == 0) {
      texts.add("None: every row that was read was loaded or left out by the mapping.");
    } else {
      texts.add(
          count(all, "row")
              + " could not be loaded. landfall.reject in the target has each with key, column,"
              + " reason and value.");
    }
    return Section.of(
        "Rejected rows",
        texts,
        Block.of(
            Table.of(
                "Why, the most frequent first",
                List.of(
                    Head.text("Table"),
                    Head.text("Column"),
                    Head.number("Rows"),
                    Head.text("Reason")),
                report.rejects().reasons().stream()
                    .map(
                        r ->
                            Row.of(
                                Cell.head(r.table()),
                                Cell.text(r.column() == null ? "" : r.column()),
                                Cell.number(count(r.rows())),
                                Cell.wide(cut(r.reason()))))
                    .toList())),
        Block.of(
            new Table(
                "The first rejected rows",
                count(report.rejects().rows().size(), "rejected row") + " with key and value",
                List.of(
                    Head.text("Table"), Head.text("Key"), Head.text("Column"), Head.text("Value")),
                report.rejects().rows().stream()
                    .map(
                        r ->
                            Row.of(
                                Cell.head(r.table()),
                                Cell.code(key(r.key())),
                                Cell.text(r.column() == null ? "" : r.column()),
                                Cell.code(orNull(r.value()))))
                    .toList())));
  }

  Section dispositions() {
    var all = report.snapshot().dispositions();
    return Section.of(
        "Values that rules changed",
        List.of(
            all.isEmpty()
                ? "None: no value was changed on the way by a rule for odd values."
                : "These are no differences: a verification applies the same rules to the source."),
        Block.of(
            Table.of(
                "What rules did to odd values",
                List.of(
                    Head.text("Target table"),
                    Head.text("Source column"),
                    Head.text("Rule"),
                    Head.number("Rows"),
                    Head.text("Some keys")),
                all.stream()
                    .limit(1000)
                    .map(
                        d ->
                            Row.of(
                                Cell.head(d.target()),
                                Cell.text(d.column()),
                                Cell.text(d.rule()),
                                Cell.number(count(d.rows())),
                                Cell.code(String.join("\n", d.sampleKeys()))))
                    .toList())));
  }

  Section schema() {
    Report.SchemaCheck schema = report.schema();
    if (schema == null) {
      return Section.of("Schema", List.of("Not compared with what was promised."));
    }
    List<String> texts = new ArrayList<>();
    long different = schema.counts().getOrDefault("DIFFERENT", 0L);
    texts.add(
        (schema.asPromised()
                ? "Tables, columns, keys, indexes, checks and triggers of the target are as promised"
                    + VerdictText.butFor(schema.counts().getOrDefault("KNOWN", 0L))
                : "The target's schema is not as promised: " + count(different, "difference"))
            + " ("
            + time(schema.finished())
            + ").");
    texts.addAll(schema.notes());
    return Section.of(
        "Schema",
        texts,
        Block.of(
            Table.of(
                "What was promised and what was found",
                List.of(
                    Head.text("Table"),
                    Head.text("What"),
                    Head.text("Means"),
                    Head.text("Promised"),
                    Head.text("Found"),
                    Head.text("Reason")),
                schema.findings().stream()
                    .map(
                        f ->
                            Row.of(
                                Cell.head(f.table()),
                                Cell.text(word(f.kind()) + " " + f.object()),
                                Cell.styled(
                                    f.severity().equals("DIFFERENT") ? "bad" : "",
                                    word(f.severity())),
                                Cell.code(f.promised() == null ? "nothing" : f.promised()),
                                Cell.code(f.found() == null ? "nothing" : f.found()),
                                Cell.wide(f.reason() == null ? "" : f.reason())))
                    .toList())));
  }

  Section checks() {
    List<Report.Check> checks = report.checks();
    if (checks == null) {
      return Section.of(
          "Checks of the spec",
          List.of("None were asked: the spec has none, or nothing was verified."));
    }
    long held = checks.stream().filter(c -> c.outcome().equals("HELD")).count();
    List<Row> broken = new ArrayList<>();
    for (Report.Check check : checks) {
      for (Report.CheckRow row : check.rows()) {
        broken.add(
            Row.of(
                Cell.head(check.name()),
                Cell.text(word(row.kind())),
                Cell.code(key(row.key())),
                Cell.text(row.column() == null ? "" : row.column()),
                Cell.code(row.column() == null ? "" : orNull(row.source())),
                Cell.code(row.column() == null ? "" : orNull(row.target()))));
      }
    }
    return Section.of(
        "Checks of the spec",
        List.of(
            count(held)
                + " of "
                + count(checks.size(), "check")
                + " held, last asked on "
                + time(checks.get(0).finished())
                + "."),
        Block.of(
            Table.of(
                "Outcome of each check",
                List.of(Head.text("Check"), Head.text("Outcome"), Head.text("Found")),
                checks.stream()
                    .map(
                        c ->
                            Row.of(
                                Cell.head(c.name()),
                                Cell.styled(
                                    c.outcome().equals("HELD") ? "good" : "bad", word(c.outcome())),
                                Cell.text(c.message() == null ? "" : c.message())))
                    .toList())),
        Block.of(
            Table.of(
                "Rows that break a check",
                List.of(
                    Head.text("Check"),
                    Head.text("Kind"),
                    Head.text("Key"),
                    Head.text("Column"),
                    Head.text("Source"),
                    Head.text("Target")),
                broken)));
  }

  Section selfTest() {
    Report.SelfTest proof = report.selfTest();
    if (proof == null) {
      return Section.of(
          "Sensitivity proof",
          List.of("Not done: nothing here shows that a fault would have been found."));
    }
    long cases = proof.tables().stream().mapToLong(Report.SelfTest.TestedTable::cases).sum();
    long passed = proof.tables().stream().mapToLong(Report.SelfTest.TestedTable::passed).sum();
    return Section.of(
        "Sensitivity proof",
        List.of(
            count(passed)
                + " of "
                + count(cases, "case")
                + " passed, of each table in its newest proof: faults were seeded in copies of rows, and changes that PostgreSQL calls equal;"
                + " each fault must be found, and nothing else."),
        Block.of(
            Table.of(
                "Cases by table",
                List.of(Head.text("Target table"), Head.number("Cases"), Head.number("Passed")),
                proof.tables().stream()
                    .map(
                        t ->
                            Row.of(
                                Cell.head(t.target()),
                                Cell.number(count(t.cases())),
                                Cell.styled(
                                    t.passed() == t.cases() ? "n good" : "n bad",
                                    count(t.passed()))))
                    .toList())),
        Block.of(
            new Table(
                "Faults that were seeded, and what was found",
                count(proof.cases().size(), "case") + ", those that failed first",
                List.of(
                    Head.text("Target table"),
                    Head.text("Columns"),
                    Head.text("Type"),
                    Head.text("Fault"),
                    Head.text("Wanted"),
                    Head.text("Found"),
                    Head.text("Passed")),
                proof.cases().stream()
                    .map(
                        c ->
                            Row.of(
                                Cell.head(c.target()),
                                Cell.text(String.join(", ", c.columns())),
                                Cell.text(c.type() == null ? "" : c.type()),
                                Cell.text(c.fault()),
                                Cell.text(c.wanted()),
                                Cell.text(c.found()),
                                Cell.styled(
                                    c.passed() ? "good" : "bad", c.passed() ? "yes" : "no")))
                    .toList())));
  }

  Section repairs() {
    List<Report.Repair> repairs = report.repairs();
    if (repairs == null) {
      return Section.of("Repairs", List.of("None."));
    }
    return Section.of(
        "Repairs",
        List.of("Keys that were read again from the source, by what was done with them."),
        Block.of(
            Table.of(
                "What repairs did",
                List.of(
                    Head.text("Target table"),
                    Head.text("Done"),
                    Head.number("Keys"),
                    Head.text("Last"),
                    Head.text("Compared since")),
                repairs.stream()
                    .map(
                        r ->
                            Row.of(
                                Cell.head(r.target()),
                                Cell.text(word(r.action())),
                                Cell.number(count(r.keys())),
                                Cell.time(time(r.newest())),
                                Cell.styled(
                                    r.sinceVerdict() ? "unsure" : "",
                                    r.sinceVerdict() ? "no" : "yes")))
                    .toList())));
  }

  Section history() {
    List<Report.Verification> shown = report.history().shown();
    return Section.of(
        "Verifications",
        List.of(
            shown.isEmpty()
                ? "None came to a verdict."
                : count(report.history().all())
                    + (shown.size() < report.history().all()
                        ? " in all; the newest " + count(shown.size()) + "."
                        : " in all, the newest first.")),
        Block.of(
            Table.of(
                "Each verification that came to a verdict",
                List.of(
                    Head.text("Done"),
                    Head.number("Run"),
                    Head.text("Level"),
                    Head.number("Tables"),
                    Head.number("Source rows"),
                    Head.number("Target rows"),
                    Head.number("Differ"),
                    Head.number("Settled")),
                shown.stream()
                    .map(
                        v ->
                            Row.of(
                                new Cell(time(v.finished()), true, "t", null, null),
                                Cell.number(String.valueOf(v.run())),
                                Cell.text(word(v.level())),
                                Cell.number(count(v.tables())),
                                Cell.number(count(v.sourceRows())),
                                Cell.number(count(v.targetRows())),
                                Cell.styled(
                                    v.differences() == 0 ? "n" : "n bad", count(v.differences())),
                                Cell.number(count(v.settled()))))
                    .toList())));
  }

  Section objects() {
    List<SchemaObject> objects = report.objects().known();
    if (objects == null) {
      return Section.of(
          "Objects of the source",
          List.of(
              "Not known: the source's catalogue could not be read when this was written. "
                  + report.objects().unknown()));
    }
    List<Block> blocks = new ArrayList<>();
    Map<SchemaObject.Outcome, List<SchemaObject>> by =
        objects.stream().collect(Collectors.groupingBy(SchemaObject::outcome));
    List<SchemaObject> left = by.getOrDefault(SchemaObject.Outcome.LEFT, List.of());
    List<SchemaObject> converted = by.getOrDefault(SchemaObject.Outcome.CONVERTED, List.of());
    List<SchemaObject> same = by.getOrDefault(SchemaObject.Outcome.SAME, List.of());
    blocks.add(Block.of(objects("Left to you", null, left)));
    blocks.add(
        Block.of(
            objects(
                "Converted",
                count(converted.size()) + " converted to what does the same",
                converted)));
    List<SchemaObject> noted = same.stream().filter(o -> !o.note().isEmpty()).toList();
    blocks.add(
        Block.of(
            objects(
                "The same, with a note", count(noted.size()) + " the same, with a note", noted)));
    return Section.of(
        "Objects of the source",
        List.of(
            "By the source's catalogue as it is now: "
                + count(same.size())
                + " the same, "
                + count(converted.size())
                + " converted, "
                + count(left.size())
                + " left to you."),
        blocks.toArray(Block[]::new));
  }

  private static Table objects(
      String caption, @Nullable String summary, List<SchemaObject> objects) {
    return new Table(
        caption,
        summary,
        List.of(Head.text("Object"), Head.text("Kind"), Head.text("What to know")),
        objects.stream()
            .limit(2000)
            .map(
                o ->
                    Row.of(
                        Cell.head(o.name()),
                        Cell.text(o.kind().words()),
                        Cell.wide(o.note()).with(o.source())))
            .toList());
  }
}
