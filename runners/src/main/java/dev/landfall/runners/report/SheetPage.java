package dev.landfall.runners.report;

import dev.landfall.pipelines.mapping.Sheet;
import dev.landfall.pipelines.mapping.Sheet.Column;
import dev.landfall.pipelines.mapping.Sheet.From;
import dev.landfall.pipelines.mapping.Sheet.Table;
import dev.landfall.pipelines.mapping.Sheet.Writer;
import dev.landfall.runners.report.Page.Block;
import dev.landfall.runners.report.Page.Cell;
import dev.landfall.runners.report.Page.Fact;
import dev.landfall.runners.report.Page.Head;
import dev.landfall.runners.report.Page.Row;
import dev.landfall.runners.report.Page.Section;
import dev.landfall.runners.view.Numbers;
import dev.landfall.runners.view.SheetWords;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A sheet as a page that can be printed and signed. */
public final class SheetPage {
  private SheetPage() {}

  /** The page's HTML. */
  public static String of(Sheet sheet) {
    List<Section> sections = new ArrayList<>();
    for (Table table : sheet.tables()) {
      sections.add(
          new Section(
              "table-" + sections.size(),
              table.name().toString(),
              List.of(SheetWords.of(table) + "."),
              table.writers().stream().map(SheetPage::writer).toList()));
    }
    sections.add(left(sheet));
    sections.add(signatures());
    return ReportHtml.render(
        new Page(
            "Mapping sheet",
            sheet.migration(),
            "",
            Numbers.count(sheet.tables().size(), "table") + " to sign off",
            SheetWords.sum(sheet),
            List.of(),
            List.of(
                new Fact("From", sheet.source()),
                new Fact("To", sheet.target()),
                new Fact("Made", Numbers.moment(sheet.made()))),
            sections,
            "SHA-256 of the mapping. The same mapping has the same fingerprint whenever this sheet"
                + " is made, so it tells whether what is moved is what was signed:",
            sheet.fingerprint()));
  }

  private static Block writer(Writer writer) {
    return Block.table(
        "From " + writer.source() + ", " + writer.rows(),
        Head.all("Source", "Type", "Rule", "Target", "Type", "Policy", "Can go back"),
        writer.columns().stream(),
        column ->
            Row.of(
                Cell.text(lines(column, false)),
                Cell.text(lines(column, true)),
                Cell.text(column.rule()),
                Cell.head(column.name()),
                Cell.text(SheetWords.type(column)),
                Cell.text(column.policies()),
                Cell.text(SheetWords.back(column))));
  }

  private static String lines(Column column, boolean types) {
    return column.from().stream()
        .map(f -> types ? type(f) : f.column())
        .collect(Collectors.joining("\n"));
  }

  private static String type(From from) {
    return from.type() + (from.nullable() ? "" : " NOT NULL");
  }

  private static Section left(Sheet sheet) {
    return Section.of(
        "Stays behind",
        sheet.left().isEmpty() ? List.of("Nothing.") : List.of(),
        Block.table(
            "What of the source does not move",
            Head.all("Table", "Column", "Type", "Why"),
            sheet.left().stream(),
            left ->
                Row.of(
                    Cell.head(left.table().toString()),
                    Cell.text(left.column()),
                    Cell.text(left.type()),
                    Cell.wide(left.words()))));
  }

  private static Section signatures() {
    return Section.of(
        "Signed off",
        List.of(),
        Block.table(
            "Who answers for it",
            Head.all("Name", "For", "Date", "Signature"),
            Stream.of(1, 2, 3),
            line -> Row.of(Cell.head("\n"), Cell.text(""), Cell.text(""), Cell.wide(""))));
  }
}
