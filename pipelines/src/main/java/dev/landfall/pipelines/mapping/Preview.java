package dev.landfall.pipelines.mapping;

import dev.landfall.transforms.model.TableName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the source, and what a move would make of them. Holds values of the data.
 *
 * @param migration its name
 * @param tables the source tables that were looked at
 */
public record Preview(String migration, List<Source> tables) {
  public Preview {
    tables = List.copyOf(tables);
  }

  /** Some rows of a source table. */
  public record Source(TableName source, List<Row> rows) {
    public Source {
      rows = List.copyOf(rows);
    }
  }

  /** What becomes of a row. */
  public enum Fate {
    /** It goes to at least one of the tables. */
    MOVES,
    /** No table takes it. */
    FILTERED,
    /** It can't be loaded anywhere. */
    REJECTED
  }

  /**
   * A row.
   *
   * @param key the source's key; the whole row where there is none
   * @param reason why it is rejected, or which rows would be taken; null where it moves
   * @param targets what it gives
   */
  public record Row(
      Map<String, @Nullable String> key, Fate fate, @Nullable String reason, List<Made> targets) {
    public Row {
      key = Collections.unmodifiableMap(new LinkedHashMap<>(key));
      targets = List.copyOf(targets);
    }
  }

  /** A row of the target. */
  public record Made(TableName target, List<Cell> columns) {
    public Made {
      columns = List.copyOf(columns);
    }
  }

  /**
   * A value.
   *
   * @param column the target's
   * @param before the source's values that it is made of, by column, as the source prints them;
   *     bytes that are no text in hexadecimal digits
   * @param after in PostgreSQL's text form; null for NULL
   * @param changed whether it is another text than the one value that it is made of
   * @param rule what is done, as on the sheet
   * @param odd what a rule for odd values did: {@code zero date → NULL}; empty where none did
   */
  public record Cell(
      String column,
      Map<String, @Nullable String> before,
      @Nullable String after,
      boolean changed,
      String rule,
      List<String> odd) {
    public Cell {
      before = Collections.unmodifiableMap(new LinkedHashMap<>(before));
      odd = List.copyOf(odd);
    }

    /** Whether it is a column of the source as it is there. */
    public boolean asItIs() {
      return rule.equals(Sheet.AS_IT_IS);
    }
  }
}
