package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.types.Conversion;
import java.util.Optional;

/**
 * A pair of columns whose values both databases can write as one text themselves. Two values have
 * the same text only when a row comparison finds them equal: NULL, which is {@code n}, is no
 * value's text, and where a text ends is known from its beginning or its characters, so that
 * columns behind one another can't be taken for others. That equal values may have different texts
 * (a number of another scale) costs a second look, no more.
 */
final class PushdownColumn {
  private final SourceColumn source;
  private final ColumnMapping target;

  PushdownColumn(SourceColumn source, ColumnMapping target) {
    this.source = source;
    this.target = target;
  }

  /** Why the databases can't be trusted to write the same text for equal values. */
  static Optional<String> obstacle(SourceColumn source, ColumnMapping target) {
    if (target.nullDefault() != null || !target.rules().policies().isEmpty()) {
      return Optional.of("has rules");
    }
    boolean plain =
        target.conversion().equals(Conversion.NONE)
            || target.conversion().equals(Conversion.TEXT)
            || target.conversion().equals(Conversion.DATE)
            || target.conversion().equals(Conversion.BYTEA);
    return plain && source.type().pushes(target.type())
        ? Optional.empty()
        : Optional.of(source.columnType() + " as " + target.type());
  }

  /** The expression of the source. */
  String onSource() {
    return unlessNull(source.type().pushed(Identifiers.mysql(source.name())));
  }

  /**
   * Only NULL itself is taken for NULL: a text longer than {@code max_allowed_packet} is NULL to
   * the server too (MySQL manual 12.8), and then so is the whole row's, which is equal to none.
   */
  private String unlessNull(String text) {
    return "CASE WHEN "
        + Identifiers.mysql(source.name())
        + " IS NULL THEN 'n,' ELSE "
        + text
        + " END";
  }

  /** The expression of the target. */
  String onTarget() {
    return target.type().pushed(Identifiers.postgres(target.name()));
  }
}
