package dev.landfall.runners.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A page as the template shows it: texts, and nothing left to decide. Texts are escaped there.
 *
 * @param kind what kind of page it is, what it is about first
 * @param tone {@code good}, {@code bad} or {@code unsure}; empty for none of them
 * @param footnote what the fingerprint is of
 */
record Page(
    String kind,
    String title,
    String tone,
    String headline,
    String sentence,
    List<String> leftOut,
    List<Fact> facts,
    List<Section> sections,
    String footnote,
    String fingerprint) {

  /** What it is called: {@code Migration shop}. */
  String name() {
    return kind.split(" ", 2)[0] + " " + title;
  }

  boolean someLeftOut() {
    return !leftOut.isEmpty();
  }

  /** A name and what it stands for. */
  record Fact(String name, String value) {}

  /** A part of the page with a heading. */
  record Section(String id, String heading, List<String> texts, List<Block> blocks) {
    static Section of(String heading, List<String> texts, Block... blocks) {
      return new Section(
          heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-"),
          heading,
          texts,
          Arrays.stream(blocks).filter(b -> !b.isEmpty()).toList());
    }
  }

  /** One of a table, a chart or a text as it is written. */
  record Block(
      @Nullable Table table,
      @Nullable Chart chart,
      @Nullable Share share,
      @Nullable Folded folded) {
    static Block of(Table table) {
      return new Block(table, null, null, null);
    }

    /** A table with a row for each of the items. */
    static <T> Block table(
        String caption, List<Head> heads, Stream<T> items, Function<T, Row> row) {
      return of(Table.of(caption, heads, items.map(row).toList()));
    }

    /** The same, opened by its summary. */
    static <T> Block folded(
        String caption, String summary, List<Head> heads, Stream<T> items, Function<T, Row> row) {
      return of(new Table(caption, summary, heads, items.map(row).toList()));
    }

    static Block of(Chart chart) {
      return new Block(null, chart, null, null);
    }

    static Block of(Share share) {
      return new Block(null, null, share, null);
    }

    static Block of(Folded folded) {
      return new Block(null, null, null, folded);
    }

    boolean isEmpty() {
      return table != null && table.rows().isEmpty();
    }
  }

  /**
   * A table.
   *
   * @param caption what it is about, for those who do not see what is around it too
   * @param summary what opens it; null for one that is always open
   */
  record Table(String caption, @Nullable String summary, List<Head> heads, List<Row> rows) {
    static Table of(String caption, List<Head> heads, List<Row> rows) {
      return new Table(caption, null, heads, rows);
    }
  }

  /** The head of a column. */
  record Head(String text, String style) {
    /** Of all columns; a name behind a {@code #} is that of a column of numbers. */
    static List<Head> all(String... names) {
      return Arrays.stream(names)
          .map(name -> name.startsWith("#") ? new Head(name.substring(1), "n") : new Head(name, ""))
          .toList();
    }
  }

  /** A row; one of its cells is its head. */
  record Row(List<Cell> cells) {
    static Row of(Cell... cells) {
      return new Row(List.of(cells));
    }
  }

  /**
   * A cell.
   *
   * @param head whether it is the head of its row
   * @param style how it is set: {@code n} for numbers, {@code c} for code, a tone
   * @param bar a bar in front of the text, null for none
   * @param more what can be opened beneath the text, null for nothing
   */
  record Cell(String text, boolean head, String style, @Nullable Bars bar, @Nullable String more) {
    static Cell head(String text) {
      return new Cell(text, true, "", null, null);
    }

    static Cell text(@Nullable String text) {
      return styled("", text);
    }

    /** A cell of that style; blank for null. */
    static Cell styled(String style, @Nullable String text) {
      return new Cell(text == null ? "" : text, false, style, null, null);
    }

    static Cell number(String text) {
      return styled("n", text);
    }

    static Cell time(String text) {
      return styled("t", text);
    }

    static Cell wide(@Nullable String text) {
      return styled("w", text);
    }

    static Cell code(String text) {
      return styled("c", text);
    }

    static Cell bar(String text, Segment... segments) {
      return new Cell(text, false, "b", new Bars(List.of(segments)), null);
    }

    Cell with(@Nullable String opened) {
      return new Cell(text, head, style, bar, opened);
    }
  }

  /** A bar's parts. */
  record Bars(List<Segment> segments) {}

  /** A part of a bar, in hundredths of its length. */
  record Segment(String from, String length, String style) {}

  /**
   * Columns side by side, with its text alternative.
   *
   * @param title what it shows
   * @param alternative the same in words
   * @param top what the highest column stands for
   * @param bars the columns
   * @param labels what is written beneath, from left to right
   */
  record Chart(
      String id,
      String title,
      String alternative,
      String top,
      List<Bar> bars,
      List<String> labels) {}

  /** A column of a chart, within 600 times 120. */
  record Bar(String x, String y, String width, String height, String hint) {}

  /**
   * Shares of a whole as one bar with its legend.
   *
   * @param title what it shows
   * @param alternative the same in words
   */
  record Share(
      String id, String title, String alternative, List<Segment> segments, List<Key> legend) {}

  /** What a colour stands for. */
  record Key(String style, String text) {}

  /** A text as it is written, that can be opened. */
  record Folded(String summary, String style, String text) {}
}
