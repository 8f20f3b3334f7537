package dev.landfall.transforms.catalog;

import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.Policy;
import dev.landfall.transforms.model.TableName;

/**
 * How many values of a column are odd in one way, and what a move would do about them.
 *
 * @param table the source table
 * @param column the source column
 * @param odd the kind of value
 * @param rows how many rows have one
 * @param policy what becomes of them. Where a column goes to several targets with several policies,
 *     there is a count for each
 */
public record OddCount(TableName table, String column, OddValue odd, long rows, Policy policy) {}
