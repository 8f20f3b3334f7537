package dev.landfall.pipelines.spec;

import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.PgType;
import java.util.Optional;

/** What the resolver has to know of types. */
public interface TypeChooser {
  /**
   * The type that a column gets when the spec names none, and how its values become that type.
   *
   * @throws dev.landfall.transforms.MigrationException when there is none
   */
  Chosen choose(SourceTable table, SourceColumn column);

  /**
   * The type that a user wrote.
   *
   * @throws dev.landfall.transforms.MigrationException when it is none
   */
  PgType parse(String type);

  /** How values of a column become a type; empty when they can't without loss. */
  Optional<Conversion> conversion(SourceColumn column, PgType type);

  /**
   * Why {@link #conversion} is empty, in words such as {@code varchar(20) holds fewer characters
   * than the source's varchar(40)}; empty when there is nothing to add.
   */
  default Optional<String> misfit(SourceColumn column, PgType type) {
    return Optional.empty();
  }

  /**
   * Whether a column that is NOT NULL may stay so although a rule for more than this column makes
   * some values NULL: it has none of those.
   */
  default boolean isFilled(SourceTable table, SourceColumn column) {
    return false;
  }

  /** A type together with the way to it. */
  record Chosen(PgType type, Conversion conversion) {}
}
