package dev.landfall.pipelines.spec;

import dev.landfall.transforms.ddl.NameStyle;
import dev.landfall.transforms.jdbc.ConnectionSettings;

/**
 * The database that is written.
 *
 * @param connection a PostgreSQL server
 * @param schema the schema that all target tables are in, unless the source's databases have
 *     schemas of their own
 * @param names how the source's names are carried over
 */
public record TargetSpec(ConnectionSettings connection, String schema, NameStyle names) {
  /** The schema that every PostgreSQL database has and searches first. */
  public static final String DEFAULT_SCHEMA = "public";

  /** Names as they are. */
  public TargetSpec(ConnectionSettings connection, String schema) {
    this(connection, schema, NameStyle.KEEP);
  }
}
