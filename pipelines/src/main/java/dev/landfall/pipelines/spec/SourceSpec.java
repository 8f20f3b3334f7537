package dev.landfall.pipelines.spec;

import dev.landfall.transforms.jdbc.ConnectionSettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The server that is read.
 *
 * @param connection a MySQL or MariaDB server, and the database that names without one mean
 * @param databases the schemas that databases go to, in the spec's order; empty for the
 *     connection's database alone
 */
public record SourceSpec(ConnectionSettings connection, Map<String, String> databases) {
  public SourceSpec {
    databases = Collections.unmodifiableMap(new LinkedHashMap<>(databases));
  }

  /** One database. */
  public SourceSpec(ConnectionSettings connection) {
    this(connection, Map.of());
  }
}
