package dev.landfall.runners.display;

import dev.landfall.pipelines.mapping.Sheet;
import dev.landfall.pipelines.mapping.Sheet.Back;
import dev.landfall.pipelines.mapping.Sheet.Column;
import dev.landfall.pipelines.mapping.Sheet.From;
import dev.landfall.pipelines.mapping.Sheet.Left;
import dev.landfall.pipelines.mapping.Sheet.Table;
import dev.landfall.pipelines.mapping.Sheet.Writer;
import dev.landfall.runners.view.SheetWords;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A mapping's sheet as text: for each table its columns, one line for each that stays as it is, and
 * more where there is more to say.
 */
public final class SheetText {
  private static final int LONGEST_NAME = 24;
  private static final String INDENT = "  ";

  private final Terminal terminal;
  private final Style style;

  /** A text for that terminal. */
  public SheetText(Terminal terminal) {
    this.terminal = terminal;
    this.style = new Style(terminal);
  }

  /** The text's lines. */
  public List<String> lines(Sheet sheet) {
    List<String> lines = new ArrayList<>();
    for (Table table : sheet.tables()) {
      lines.add(
          style.strong(Style.printable(table.name().toString()))
              + INDENT
              + Style.printable(SheetWords.of(table)));
      for (Writer writer : table.writers()) {
        writer(writer, lines);
      }
      lines.add("");
    }
    left(sheet.left(), lines);
    wrap(INDENT, SheetWords.sum(sheet), lines);
    lines.add(INDENT + style.quiet("fingerprint " + sheet.fingerprint()));
    return lines;
  }

  private void writer(Writer writer, List<String> lines) {
    wrap(INDENT, "from " + writer.source() + ", " + writer.rows(), lines);
    int name = width(writer.columns().stream().map(Column::name).toList());
    int type = width(writer.columns().stream().map(SheetWords::type).toList());
    for (Column column : writer.columns()) {
      String from =
          column.from().stream().map(SheetText::from).collect(Collectors.joining(" and "));
      String first =
          INDENT + INDENT + pad(column.name(), name) + INDENT + pad(SheetWords.type(column), type);
      String arrow = terminal.unicode() ? " ← " : " <- ";
      if (from.isEmpty()) {
        lines.add(first.stripTrailing());
      } else if (length(first) + length(arrow) + length(from) <= terminal.columns()) {
        lines.add(first + arrow + Style.printable(from));
      } else {
        lines.add(first.stripTrailing());
        wrap(INDENT.repeat(4), arrow.strip() + " " + from, lines);
      }
      more(column, lines);
    }
  }

  private void more(Column column, List<String> lines) {
    if (!column.asItIs()) {
      wrap(INDENT.repeat(4), column.rule(), lines);
    }
    String odd = column.changes();
    if (!odd.isEmpty()) {
      wrap(INDENT.repeat(4), odd, lines);
    }
    if (column.back() == Back.NO || column.back() == Back.PARTLY) {
      wrap(
          INDENT.repeat(4),
          "goes back: " + column.back().words() + ", " + column.backNote(),
          lines);
    }
  }

  private void left(List<Left> left, List<String> lines) {
    if (left.isEmpty()) {
      return;
    }
    lines.add(style.strong("Stays behind"));
    int name = width(left.stream().map(SheetWords::name).toList(), 2 * LONGEST_NAME);
    for (Left one : left) {
      String first = INDENT + pad(SheetWords.name(one), name) + INDENT;
      List<String> words =
          ObjectsText.wrapped(
              Style.printable(one.words()), Math.max(20, terminal.columns() - length(first)));
      for (int i = 0; i < words.size(); i++) {
        lines.add((i == 0 ? first : " ".repeat(length(first))) + words.get(i));
      }
    }
    lines.add("");
  }

  private static String from(From from) {
    return from.column() + " " + from.type() + (from.nullable() ? "" : " NOT NULL");
  }

  private void wrap(String indent, String text, List<String> lines) {
    for (String line :
        ObjectsText.wrapped(Style.printable(text), terminal.columns() - indent.length())) {
      lines.add(indent + line);
    }
  }

  private static int width(List<String> texts) {
    return width(texts, LONGEST_NAME);
  }

  private static int width(List<String> texts, int most) {
    return Math.min(most, texts.stream().mapToInt(SheetText::length).max().orElse(0));
  }

  private static String pad(String text, int width) {
    String shown = Style.printable(text);
    return shown + " ".repeat(Math.max(0, width - length(shown)));
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
