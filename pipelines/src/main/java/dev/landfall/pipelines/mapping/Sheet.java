package dev.landfall.pipelines.mapping;

import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.Policy;
import dev.landfall.transforms.model.TableName;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of each column, as whoever answers for the data signs it.
 *
 * @param migration its name
 * @param source the source as messages show it, without a password
 * @param target the target, likewise
 * @param made when the databases were looked at
 * @param fingerprint of the mapping: another one means that something else would be moved
 * @param tables the target's, in the mapping's order
 * @param left what of the source stays behind, table by table
 */
public record Sheet(
    String migration,
    String source,
    String target,
    Instant made,
    String fingerprint,
    List<Table> tables,
    List<Left> left) {
  public Sheet {
    tables = List.copyOf(tables);
    left = List.copyOf(left);
  }

  /**
   * A table of the target.
   *
   * @param existing whether it was there before, and is left as it is
   * @param key the columns that tell its rows apart; empty where nothing does
   * @param writers the source tables whose rows it gets, at least one
   */
  public record Table(TableName name, boolean existing, List<String> key, List<Writer> writers) {
    public Table {
      key = List.copyOf(key);
      writers = List.copyOf(writers);
    }

    /** Whether it, or a table whose rows it gets, is called so, with or without its schema. */
    public boolean isCalled(String name) {
      return Stream.concat(Stream.of(this.name), writers.stream().map(Writer::source))
          .anyMatch(table -> table.toString().equals(name) || table.table().equals(name));
    }
  }

  /**
   * A source table, as it fills a table of the target.
   *
   * @param rows which of its rows go there, in words
   * @param columns the target's, in their order
   */
  public record Writer(TableName source, String rows, List<Column> columns) {
    public Writer {
      columns = List.copyOf(columns);
    }
  }

  /**
   * A column of the target.
   *
   * @param type its type
   * @param nullable whether it takes NULL
   * @param from the source's columns that its values are made of; none for a constant
   * @param rule what is done to them, in words
   * @param odd what becomes of values that need not fit
   * @param policy what becomes of values that an operator has nothing for, in words; empty where
   *     there are none
   * @param back whether the source's values can be told from the target's
   * @param backNote why not, or not all; empty where they can
   */
  public record Column(
      String name,
      String type,
      boolean nullable,
      List<From> from,
      String rule,
      List<Odd> odd,
      String policy,
      Back back,
      String backNote) {
    public Column {
      from = List.copyOf(from);
      odd = List.copyOf(odd);
    }

    /** Whether it is a column of the source as it is there. */
    public boolean asItIs() {
      return rule.equals(AS_IT_IS);
    }

    /** All that is said of values that do not fit: {@code zeroDate: null; nul: refuse}. */
    public String policies() {
      return Stream.concat(words(odd), Stream.of(policy))
          .filter(words -> !words.isEmpty())
          .collect(Collectors.joining("; "));
    }

    /** What is done to odd values, without what refuses or keeps them as it would anyway. */
    public String changes() {
      return words(odd.stream().filter(Odd::matters).toList()).collect(Collectors.joining("; "));
    }

    private Stream<String> words(List<Odd> some) {
      boolean several = odd.stream().map(Odd::column).distinct().count() > 1;
      return some.stream().map(o -> (several ? o.column() + " " : "") + o.words());
    }
  }

  static final String AS_IT_IS = "as it is";

  /** A column of the source, of which values are made. */
  public record From(String column, String type, boolean nullable) {}

  /**
   * What becomes of values that the target does not take, or takes for something else.
   *
   * @param column of the source
   * @param set whether the spec says so; otherwise it is what is done anyway
   */
  public record Odd(String column, OddValue kind, Policy policy, boolean set) {
    String words() {
      return kind.key() + ": " + policy.written();
    }

    boolean matters() {
      return set || changes();
    }

    /** Whether another value, or none, takes the place of one. */
    boolean changes() {
      return switch (policy.outcome()) {
        case NULL, VALUE, STRIP, REPLACE, DECODE -> true;
        case REFUSE, KEEP, BYTES -> false;
      };
    }
  }

  /** Whether the source's values can be told from the target's. */
  public enum Back {
    /** All of them. */
    YES("yes"),
    /** All but some. */
    PARTLY("partly"),
    /** Different values become one. */
    NO("no"),
    /** Nothing in it is the source's. */
    NOTHING("nothing to go back");

    private final String words;

    Back(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }
  }

  /**
   * A column of the source of which nothing arrives, or a whole table.
   *
   * @param column null for the table
   * @param type null for the table
   * @param how whether somebody wanted that
   * @param reason why, as the spec says it; empty where it does not
   */
  public record Left(
      TableName table, @Nullable String column, @Nullable String type, How how, String reason) {
    /** Whether somebody wanted that. */
    public enum How {
      /** The spec says that the column stays behind. */
      OMITTED("omitted"),
      /** The spec lists the columns that move, and it is not one of them. */
      NOT_LISTED("not listed"),
      /** The same, but which rows move depends on it. */
      FILTERS("read to choose rows, not kept"),
      /** The spec selects other tables. */
      NOT_SELECTED("table not selected");

      private final String words;

      How(String words) {
        this.words = words;
      }

      /** For people. */
      public String words() {
        return words;
      }
    }

    /** Why it stays behind: {@code omitted: internal only}. */
    public String words() {
      return how.words()
          + (!reason.isEmpty() ? ": " + reason : how == How.OMITTED ? ", no reason given" : "");
    }
  }

  /** The same with those tables only, and with what stays behind of theirs. */
  Sheet of(List<Table> some) {
    List<TableName> sources =
        some.stream().flatMap(t -> t.writers().stream()).map(Writer::source).toList();
    return new Sheet(
        migration,
        source,
        target,
        made,
        fingerprint,
        some,
        left.stream().filter(l -> sources.contains(l.table())).toList());
  }
}
