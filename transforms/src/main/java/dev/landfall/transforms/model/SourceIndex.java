package dev.landfall.transforms.model;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An index of a source table.
 *
 * @param name the index's name; the primary key is called {@code PRIMARY}
 * @param unique whether it forbids duplicates
 * @param kind {@code BTREE}, {@code FULLTEXT}, {@code SPATIAL}, {@code HASH}, as the source says it
 * @param parts the indexed columns or expressions in order, at least one
 * @param comment empty when there is none
 * @param ignored whether queries do not use it: MySQL's {@code INVISIBLE}, MariaDB's {@code
 *     IGNORED}
 */
public record SourceIndex(
    String name, boolean unique, String kind, List<Part> parts, String comment, boolean ignored)
    implements Serializable {
  /** The name that MySQL gives every primary key. */
  public static final String PRIMARY = "PRIMARY";

  public SourceIndex {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("index " + name + " has no columns");
    }
  }

  /** An index without a comment that queries use. */
  public SourceIndex(String name, boolean unique, String kind, List<Part> parts) {
    this(name, unique, kind, parts, /* comment= */ "", /* ignored= */ false);
  }

  /** Whether this is the primary key. */
  public boolean primary() {
    return name.equals(PRIMARY);
  }

  /** The names of the columns, for an index that has only whole columns. */
  public List<String> columns() {
    return parts.stream().map(Part::column).filter(java.util.Objects::nonNull).toList();
  }

  /** Whether every part is a whole column: no prefix, no expression. */
  public boolean wholeColumns() {
    return parts.stream().allMatch(p -> p.column() != null && p.prefix() == null);
  }

  /** The index as the source would declare it, for a person. */
  public String declared() {
    String what =
        primary()
            ? "PRIMARY KEY"
            : (unique ? "UNIQUE " : kind.equals("BTREE") || kind.equals("HASH") ? "" : kind + " ")
                + "KEY "
                + Identifiers.mysql(name);
    return what + parts.stream().map(Part::declared).collect(Collectors.joining(", ", " (", ")"));
  }

  /**
   * One part of an index.
   *
   * @param column the column, null for an expression
   * @param expression the expression of a functional part, null for a column
   * @param prefix how many characters (bytes for binary types) are indexed, null for all
   * @param descending whether the part is in descending order
   */
  public record Part(
      @Nullable String column,
      @Nullable String expression,
      @Nullable Integer prefix,
      boolean descending)
      implements Serializable {
    private String declared() {
      return (column == null ? "(" + expression + ")" : Identifiers.mysql(column))
          + (prefix == null ? "" : "(" + prefix + ")")
          + (descending ? " DESC" : "");
    }
  }
}
