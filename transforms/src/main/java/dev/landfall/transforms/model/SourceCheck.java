package dev.landfall.transforms.model;

import java.io.Serializable;

/**
 * A CHECK constraint of a source table (MySQL since 8.0.16, manual 13.1.20.6; MariaDB).
 *
 * @param name the constraint's name; a column's own check is called like the column in MariaDB
 * @param clause the condition as the catalogue prints it
 * @param enforced whether the source looks at it; false for MySQL's {@code NOT ENFORCED}
 */
public record SourceCheck(String name, String clause, boolean enforced) implements Serializable {}
