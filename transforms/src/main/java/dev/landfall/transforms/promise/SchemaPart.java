package dev.landfall.transforms.promise;

import dev.landfall.transforms.check.Finding;
import dev.landfall.transforms.model.TableName;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a target's catalogue says, by itself.
 *
 * @param kind what it is
 * @param table the table that it belongs to, or the object itself where it belongs to none
 * @param object its name within the table: of the column, index, constraint, trigger or partition
 * @param definition what it is defined as, in PostgreSQL's words, without the names of schemas
 */
public record SchemaPart(Kind kind, TableName table, String object, String definition) {
  /** What parts there are. */
  public enum Kind {
    EXTENSION,
    COLLATION,
    ENUM_TYPE,
    TABLE,
    PARTITION,
    /** A column and its type. */
    COLUMN,
    /** Whether a column takes NULL. */
    NULLABILITY,
    /** A column's default, identity or generating expression. */
    DEFAULT,
    /** A primary key, a unique constraint or an index. */
    KEY,
    CHECK,
    FOREIGN_KEY,
    FUNCTION,
    TRIGGER,
    SEQUENCE,
    VIEW;

    /**
     * Whether such parts of a table are made after the load, all of them by one step; what columns
     * are is made before it.
     */
    public boolean isAfterLoad() {
      return switch (this) {
        case KEY, CHECK, FOREIGN_KEY, TRIGGER -> true;
        case EXTENSION,
            COLLATION,
            ENUM_TYPE,
            TABLE,
            PARTITION,
            COLUMN,
            NULLABILITY,
            DEFAULT,
            FUNCTION,
            SEQUENCE,
            VIEW ->
            false;
      };
    }

    /** Whether another of the same definition does as well, whatever it is called. */
    boolean isNamedFreely() {
      return this == KEY || this == CHECK || this == FOREIGN_KEY || this == PARTITION;
    }
  }

  /** That it is not as it must be. */
  Finding asFinding(@Nullable String promised, @Nullable String found) {
    return Finding.of(kind.name(), table, object, promised, found);
  }
}
