package dev.landfall.transforms.translate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression of MySQL's as it was written, before anything is known of its types. */
sealed interface Sql {
  /**
   * A column.
   *
   * @param path the name, with whatever stood before it: table, database
   */
  record Name(List<String> path) implements Sql {
    public Name {
      path = List.copyOf(path);
    }

    String last() {
      return path.get(path.size() - 1);
    }

    @Override
    public String toString() {
      return String.join(".", path);
    }
  }

  /**
   * A text.
   *
   * @param value without quotes and escapes
   * @param characterSet from an introducer, {@code _latin1'…'}; null without one
   */
  record Text(String value, @Nullable String characterSet) implements Sql {}

  /** A number as written, without a sign. */
  record Digits(String digits) implements Sql {}

  /** A hexadecimal literal. */
  record Hex(String digits) implements Sql {}

  /** NULL. */
  record Null() implements Sql {}

  /**
   * A function or an operator.
   *
   * @param name in lower case; an operator as it is written, {@code <=} or {@code not in}
   */
  record Call(String name, List<Sql> arguments) implements Sql {
    public Call {
      arguments = List.copyOf(arguments);
    }

    static Call of(String name, Sql... arguments) {
      return new Call(name, List.of(arguments));
    }
  }

  /** A CASE; {@code whens} and {@code thens} are of one length. */
  record Case(@Nullable Sql operand, List<Sql> whens, List<Sql> thens, @Nullable Sql otherwise)
      implements Sql {
    public Case {
      whens = List.copyOf(whens);
      thens = List.copyOf(thens);
    }
  }

  /** A CAST, with the type's words separated by blanks: {@code char(10) charset utf8mb4}. */
  record Cast(Sql argument, String type) implements Sql {}

  /** A text under another collation. */
  record Collate(Sql argument, String collation) implements Sql {}

  /** {@code date + interval amount unit}; a subtraction has a negative sign. */
  record Shift(Sql date, Sql amount, String unit, boolean back) implements Sql {}
}
