package dev.landfall.pipelines.spec;

import dev.landfall.transforms.jdbc.ConnectionSettings;

/**
 * The database that is read.
 *
 * @param connection a MySQL or MariaDB server
 */
public record SourceSpec(ConnectionSettings connection) {}
