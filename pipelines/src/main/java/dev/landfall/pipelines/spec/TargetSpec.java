package dev.landfall.pipelines.spec;

import dev.landfall.transforms.jdbc.ConnectionSettings;

/**
 * The database that is written.
 *
 * @param connection a PostgreSQL server
 * @param schema the schema that all target tables are in
 */
public record TargetSpec(ConnectionSettings connection, String schema) {
  /** The schema that every PostgreSQL database has and searches first. */
  public static final String DEFAULT_SCHEMA = "public";
}
