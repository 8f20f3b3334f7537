package dev.landfall.runners.report;

import dev.landfall.pipelines.mapping.Sheet;
import java.util.ArrayList;
import java.util.List;

/**
 * A sheet for a spreadsheet: RFC 4180, with as many fields in each line. What it is about stands
 * above the table, and nothing in it is a formula.
 */
public final class SheetCsv {
  /** With it spreadsheets know that a file is UTF-8. */
  private static final String MARK = "\uFEFF";

  private SheetCsv() {}

  /**
   * The text.
   *
   * @param file whether it becomes a file
   */
  public static String of(Sheet sheet, boolean file) {
    StringBuilder text = new StringBuilder(file ? MARK : "");
    SheetRows.facts(sheet).forEach(fact -> line(fact, text));
    line(List.of(), text);
    line(SheetRows.HEADS, text);
    SheetRows.rows(sheet).forEach(row -> line(row, text));
    return text.toString();
  }

  private static void line(List<String> cells, StringBuilder text) {
    List<String> all = new ArrayList<>(cells);
    while (all.size() < SheetRows.HEADS.size()) {
      all.add("");
    }
    text.append(String.join(",", all.stream().map(SheetCsv::field).toList())).append("\r\n");
  }

  private static String field(String cell) {
    String text = isFormula(cell) ? "'" + cell : cell;
    return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
        ? "\"" + text.replace("\"", "\"\"") + "\""
        : text;
  }

  /** What a spreadsheet would compute, also behind blanks and in full width. */
  private static boolean isFormula(String cell) {
    String text = cell.strip();
    return !cell.isEmpty()
        && (cell.charAt(0) < ' ' || (!text.isEmpty() && "=+-@＝＋－＠".indexOf(text.charAt(0)) >= 0));
  }
}
