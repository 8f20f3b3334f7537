package dev.landfall.transforms.translate;

import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.types.PgType;
import java.util.Optional;

/** What the names in an expression stand for. */
@FunctionalInterface
public interface Scope {
  /** The column of that name, compared without regard to case; empty when there is none. */
  Optional<Column> column(String name);

  /**
   * A column on both sides.
   *
   * @param sql the target's column, quoted as in statements
   * @param type its type in the target
   * @param source the column in the source
   */
  record Column(String sql, PgType type, SourceColumn source) {}
}
