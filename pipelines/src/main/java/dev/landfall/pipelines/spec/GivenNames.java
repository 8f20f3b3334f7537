package dev.landfall.pipelines.spec;

import dev.landfall.pipelines.spec.shape.Shape;
import dev.landfall.transforms.ddl.NameStyle;
import dev.landfall.transforms.ddl.TargetNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Names of the target that a user gives: they are taken as they are, or refused. */
final class GivenNames {
  private static final Set<String> RESERVED =
      Set.of("landfall", "pg_catalog", "information_schema");

  private static final String SCHEMA_NAME =
      RESERVED.stream().sorted().collect(Collectors.joining("|", "(?!pg_|(?:", ")$)"));

  /** A name that PostgreSQL takes as it is; characters of several bytes are not told apart. */
  static final Shape.Scalar NAME = Shape.Scalar.NAME.with("maxLength", TargetNames.MAX_BYTES);

  /** A target table's name, without a schema. */
  static final Shape.Scalar TABLE =
      NAME.with("type", List.of("string", "integer", "boolean")).with("pattern", "^[^.]*$");

  /** A column's name. */
  static final Shape.Scalar COLUMN =
      Shape.Scalar.TEXT
          .with("maxLength", TargetNames.MAX_BYTES)
          .with("not", Map.of("enum", NameStyle.systemColumns()));

  /** A schema's name. */
  static final Shape.Scalar SCHEMA = NAME.with("pattern", "^" + SCHEMA_NAME);

  /** A schema's name, for which or for a part of which variables may stand. */
  static final Shape.Scalar FILLED_SCHEMA =
      Shape.Scalar.NAME.with(
          "pattern",
          "^(?="
              + Template.TEXT
              + "$)(?:[^$]*\\$|"
              + SCHEMA_NAME
              + "[^$]{1,"
              + TargetNames.MAX_BYTES
              + "}$)");

  private GivenNames() {}

  /** What is wrong with a name: PostgreSQL would cut it, so that two may become one. */
  static Optional<String> tooLong(String name) {
    return TargetNames.fits(name)
        ? Optional.empty()
        : Optional.of("the name is longer than PostgreSQL's " + TargetNames.MAX_BYTES + " bytes.");
  }

  /** What is wrong with a column's name. */
  static Optional<String> ofColumn(String name) {
    return NameStyle.isSystemColumn(name)
        ? Optional.of("PostgreSQL keeps the column name " + name + " for itself; choose another.")
        : tooLong(name);
  }

  /** What is wrong with a schema's name. */
  static Optional<String> ofSchema(String name) {
    if (name.isEmpty()) {
      return Optional.of("expected a schema's name, found an empty text.");
    }
    if (RESERVED.contains(name) || name.startsWith("pg_")) {
      return Optional.of("schema " + name + " is not for tables of a migration; name another.");
    }
    return tooLong(name);
  }
}
