package dev.landfall.validation.result;

import java.io.Serializable;

/**
 * A target table of a mapping, by its first writer.
 *
 * @param table position of that source table in the mapping
 * @param target position of the target table in the source table's mapping
 */
public record TableKey(int table, int target) implements Serializable {}
