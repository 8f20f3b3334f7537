package dev.landfall.transforms.ddl;

import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.sql.ConstraintSql;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One statement that defines one object of the target.
 *
 * @param table the table that the object belongs to; for a schema, the first table in it
 * @param name the object's own name: of the schema, extension, collation, type, table, constraint
 *     or index; of the column for an identity and for a column's comment
 * @param sql the statement, without a semicolon
 * @param kind what it defines
 * @param claims what the statement says of every row, for foreign keys and checks: should there be
 *     rows of which it is not true, each is made on its own, and one that does not hold for them is
 *     made for new rows only
 * @param otherwise a statement that asks less of the rows, for where they don't allow the first;
 *     null for none
 */
public record DdlStatement(
    TableName table,
    String name,
    String sql,
    Kind kind,
    List<Claim> claims,
    @Nullable String otherwise)
    implements Serializable {
  public DdlStatement {
    claims = List.copyOf(claims);
  }

  /** A statement that says nothing of rows. */
  public DdlStatement(TableName table, String name, String sql, Kind kind) {
    this(table, name, sql, kind, List.of(), null);
  }

  /** A statement of constraints. */
  public DdlStatement(TableName table, String name, String sql, Kind kind, List<Claim> claims) {
    this(table, name, sql, kind, claims, null);
  }

  /** A statement with another in its place where rows forbid it. */
  public DdlStatement(
      TableName table, String name, String sql, Kind kind, @Nullable String otherwise) {
    this(table, name, sql, kind, List.of(), otherwise);
  }

  /**
   * What builds the index of a key, or is one: unlike a key, it locks out no other index of its
   * table (PostgreSQL manual 13.3.1). Empty for what is neither.
   */
  public Optional<DdlStatement> index() {
    return switch (kind) {
      case PRIMARY_KEY, UNIQUE ->
          Optional.of(
              new DdlStatement(table, name, ConstraintSql.indexOf(table, name, sql), Kind.INDEX));
      case INDEX, EQUALITY -> Optional.of(this);
      default -> Optional.empty();
    };
  }

  /** The key that takes what {@link #index} made for its own; empty for what is no key. */
  public Optional<DdlStatement> overIndex() {
    return switch (kind) {
      case PRIMARY_KEY, UNIQUE ->
          Optional.of(
              new DdlStatement(table, name, ConstraintSql.overIndex(table, name, sql), kind));
      default -> Optional.empty();
    };
  }

  /**
   * A constraint.
   *
   * @param name its name
   * @param sql the statement that makes it for new rows only: {@code … NOT VALID}
   * @param breaking the query that counts the rows that break it
   * @param atSource the one that counts those of the source; null where it has no such constraint
   * @param referenced the source table that a foreign key refers to, null for a check
   */
  public record Claim(
      String name,
      String sql,
      String breaking,
      @Nullable String atSource,
      @Nullable TableName referenced)
      implements Serializable {}

  /** What a definition belongs to, and when it is made. */
  public enum Part {
    /** Many tables; made before any of them. */
    SHARED,
    /** A table itself. */
    TABLE,
    /** One table; an index or a constraint that is one, whose name is one of a relation. */
    KEY,
    /** One table; made with its keys. */
    ATTRIBUTE,
    /** Needs what other tables have, or is on several of them; made behind all keys. */
    BEHIND
  }

  /** Kinds of objects, in the order in which they can be made. */
  public enum Kind {
    SCHEMA(Part.SHARED),
    EXTENSION(Part.SHARED),
    COLLATION(Part.SHARED),
    /** An enum type. */
    TYPE(Part.SHARED),
    TABLE(Part.TABLE),
    /** A partition of a table; the name is its own. */
    PARTITION(Part.TABLE),
    COMMENT(Part.ATTRIBUTE),
    PRIMARY_KEY(Part.KEY),
    /** A unique constraint. */
    UNIQUE(Part.KEY),
    /** An index, unique or not. */
    INDEX(Part.KEY),
    /**
     * A unique index by the source's equality of texts; left out where rows are there that are
     * equal by the target's.
     */
    EQUALITY(Part.KEY),
    /** The next value of an identity column. */
    IDENTITY(Part.BEHIND),
    /**
     * Checks, all of one table together, since they are proved in one scan; the last one's name.
     */
    CHECK(Part.ATTRIBUTE),
    /** A function that triggers share. */
    FUNCTION(Part.BEHIND),
    /** A trigger. */
    TRIGGER(Part.BEHIND),
    FOREIGN_KEY(Part.BEHIND),
    SEQUENCE(Part.BEHIND),
    VIEW(Part.BEHIND);

    private final Part part;

    Kind(Part part) {
      this.part = part;
    }

    /** What a definition of this kind belongs to. */
    public Part part() {
      return part;
    }
  }
}
