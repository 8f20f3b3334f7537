package dev.landfall.runners.report;

import dev.landfall.pipelines.mapping.Sheet;
import dev.landfall.pipelines.mapping.Sheet.Column;
import dev.landfall.pipelines.mapping.Sheet.From;
import dev.landfall.pipelines.mapping.Sheet.Table;
import dev.landfall.pipelines.mapping.Sheet.Writer;
import dev.landfall.runners.view.SheetWords;
import java.util.List;
import java.util.stream.Collectors;

/** A sheet in Markdown, with tables as GitHub and GitLab show them. */
public final class SheetMarkdown {
  private SheetMarkdown() {}

  /** The text. */
  public static String of(Sheet sheet) {
    StringBuilder text = new StringBuilder();
    text.append("# Mapping of ").append(escaped(sheet.migration())).append("\n\n");
    line(List.of("", ""), text);
    rule(2, text);
    SheetRows.facts(sheet).forEach(fact -> line(fact, text));
    for (Table table : sheet.tables()) {
      text.append("\n## ").append(escaped(table.name().toString())).append("\n\n");
      text.append(escaped(SheetWords.of(table))).append(".\n");
      table.writers().forEach(writer -> writer(writer, text));
    }
    if (!sheet.left().isEmpty()) {
      text.append("\n## Stays behind\n\n");
      line(List.of("Table", "Column", "Type", "Why"), text);
      rule(4, text);
      sheet
          .left()
          .forEach(
              left ->
                  line(
                      List.of(
                          left.table().toString(),
                          left.column() == null ? "" : left.column(),
                          left.type() == null ? "" : left.type(),
                          left.words()),
                      text));
    }
    return text.toString();
  }

  private static void writer(Writer writer, StringBuilder text) {
    text.append("\nFrom ").append(escaped(writer.source() + ", " + writer.rows())).append(":\n\n");
    line(List.of("Source column", "Type", "Rule", "Column", "Type", "Policy", "Can go back"), text);
    rule(7, text);
    for (Column column : writer.columns()) {
      line(
          List.of(
              column.from().stream().map(From::column).collect(Collectors.joining("\n")),
              column.from().stream()
                  .map(f -> f.type() + (f.nullable() ? "" : " NOT NULL"))
                  .collect(Collectors.joining("\n")),
              column.rule(),
              column.name(),
              SheetWords.type(column),
              column.policies(),
              SheetWords.back(column)),
          text);
    }
  }

  private static void line(List<String> cells, StringBuilder text) {
    text.append(
        cells.stream()
            .map(SheetMarkdown::escaped)
            .collect(Collectors.joining(" | ", "| ", " |\n")));
  }

  private static void rule(int columns, StringBuilder text) {
    text.append("|").append(" --- |".repeat(columns)).append('\n');
  }

  /** What means something to Markdown, or to HTML in it, is a character like others. */
  private static String escaped(String text) {
    return text.replaceAll("([\\\\`*_{}\\[\\]<>#|~&])", "\\\\$1").replaceAll("\\R", "<br>");
  }
}
