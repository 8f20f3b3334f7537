package dev.landfall.transforms.translate;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What became of a piece of the source's SQL: PostgreSQL's words for it, or the reason why there
 * are none that certainly mean the same.
 *
 * @param sql the translation, null when there is none
 * @param reason for a person, null when there is a translation
 */
public record Translation(@Nullable String sql, @Nullable String reason) implements Serializable {
  public Translation {
    if ((sql == null) == (reason == null)) {
      throw new IllegalArgumentException("a translation has either SQL or a reason");
    }
  }

  /** A translation. */
  static Translation to(String sql) {
    return new Translation(sql, null);
  }

  /** None, with the reason. */
  static Translation none(String reason) {
    return new Translation(null, reason);
  }
}
