package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.ConnectionSettings;
import java.io.Serializable;

/**
 * Which migration a step works for, and in which run.
 *
 * @param target the database that has the ledger
 * @param name the migration's name
 * @param run the run's number in the ledger
 */
public record MigrationKey(ConnectionSettings target, String name, long run)
    implements Serializable {}
