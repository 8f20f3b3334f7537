package dev.landfall.transforms.convert;

import java.io.Serializable;

/**
 * How often a rule changed values of a column within a batch.
 *
 * @param target position of the target table in the table's mapping
 * @param column the target column
 * @param rule the rule, in the words of the documentation: {@code zero date → NULL}
 * @param rows how many values it changed
 */
public record Disposition(int target, String column, String rule, long rows)
    implements Serializable {}
