package dev.landfall.pipelines.spec;

import dev.landfall.transforms.types.PgType;
import java.time.DateTimeException;

/**
 * Brings a value that a user wrote into the text form that PostgreSQL prints for its type, so that
 * a loaded constant and the constant of a check are the same bytes. Refuses what PostgreSQL would
 * refuse or round.
 */
final class Literals {
  private Literals() {}

  /**
   * The text form of a value.
   *
   * @throws IllegalArgumentException when the value is none of the type, with a reason for the user
   */
  static String textForm(String value, PgType type) {
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("PostgreSQL's values can't hold a NUL character");
    }
    try {
      return type.textForm(value);
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw none(value, type);
    }
  }

  private static IllegalArgumentException none(String value, PgType type) {
    return new IllegalArgumentException(
        "\"" + value + "\" is no value of " + type + ", or would be rounded");
  }
}
