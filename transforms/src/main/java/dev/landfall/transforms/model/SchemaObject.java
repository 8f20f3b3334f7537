package dev.landfall.transforms.model;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * An object of the source's schema, and what becomes of it in the target.
 *
 * @param kind what it is
 * @param name in the source: {@code orders}, {@code orders.total}, {@code orders.by_name}; with the
 *     database in front where the migration has several
 * @param outcome what becomes of it
 * @param note what to know about it, empty when there is nothing to say
 * @param source the source's own text of what is left to the user, null for all else
 */
public record SchemaObject(
    Kind kind, String name, Outcome outcome, String note, @Nullable String source)
    implements Serializable {
  /** Kinds of objects, in the order in which they are listed. */
  public enum Kind {
    TABLE("table"),
    COLUMN("column"),
    PRIMARY_KEY("primary key"),
    INDEX("index"),
    FOREIGN_KEY("foreign key"),
    CHECK("check"),
    PARTITIONING("partitioning"),
    TRIGGER("trigger"),
    VIEW("view"),
    PROCEDURE("procedure"),
    FUNCTION("function"),
    EVENT("event"),
    SEQUENCE("sequence"),
    /** MariaDB, of its Oracle mode. */
    PACKAGE("package"),
    PACKAGE_BODY("package body");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** The kind as documents and displays have it. */
    public String words() {
      return words;
    }
  }

  /** What becomes of an object, from the least to the most that a person has to do. */
  public enum Outcome {
    /** The target has the same. */
    SAME("same"),
    /** The target has something else that does the same, as far as the note says. */
    CONVERTED("converted"),
    /** The target has nothing for it, or a part of it is missing there. */
    LEFT("left to you");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }

    /** The outcome as documents and displays have it. */
    public String words() {
      return words;
    }
  }

  @Override
  public String toString() {
    return kind.words() + " " + name + ": " + outcome.words() + (note.isEmpty() ? "" : ": " + note);
  }
}
