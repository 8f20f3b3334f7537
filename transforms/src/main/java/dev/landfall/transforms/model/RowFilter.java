package dev.landfall.transforms.model;

import dev.landfall.transforms.compute.Formula;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which rows of a source table go to one of its targets. The values of a row decide, as they were
 * read and before any conversion, and nothing else: it says the same of a row whenever it is asked.
 */
public sealed interface RowFilter extends Serializable {
  /** Positions in {@link TableMapping#read()} of the columns that decide. */
  List<Integer> positions();

  /**
   * Which rows go there, for people.
   *
   * @param read the columns that are read
   */
  String words(List<SourceColumn> read);

  /** No filter: all rows go there. */
  record None() implements RowFilter {
    @Override
    public List<Integer> positions() {
      return List.of();
    }

    @Override
    public String words(List<SourceColumn> read) {
      return "all rows";
    }
  }

  /**
   * Rows that have one of some texts in a column. NULL is none of them, and no collation makes two
   * texts the same.
   *
   * @param position of the column in {@link TableMapping#read()}
   * @param texts as the source prints them, at least one
   */
  record OneOf(int position, List<String> texts) implements RowFilter {
    public OneOf {
      texts = List.copyOf(texts);
      if (position < 0 || texts.isEmpty()) {
        throw new IllegalArgumentException("column " + position + " one of " + texts);
      }
    }

    @Override
    public List<Integer> positions() {
      return List.of(position);
    }

    @Override
    public String words(List<SourceColumn> read) {
      return "rows with "
          + read.get(position).name()
          + " "
          + texts.stream().map(text -> "'" + text + "'").collect(Collectors.joining(" or "));
    }
  }

  /**
   * Rows of which a formula makes {@code true}; not those of which it makes NULL.
   *
   * @param inputs as plain moves of those columns would have them
   * @param formula makes a boolean of them
   */
  record Where(List<ColumnMapping> inputs, Formula formula) implements RowFilter {
    public Where {
      inputs = List.copyOf(inputs);
    }

    @Override
    public List<Integer> positions() {
      return inputs.stream().flatMap(input -> input.source().positions().stream()).toList();
    }

    @Override
    public String words(List<SourceColumn> read) {
      return "rows where "
          + formula.words(positions().stream().map(p -> read.get(p).name()).toList());
    }
  }
}
