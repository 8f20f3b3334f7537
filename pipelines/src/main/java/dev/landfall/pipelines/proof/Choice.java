package dev.landfall.pipelines.proof;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change and the row that it is made to.
 *
 * @param row the row's place among those that were copied
 * @param column the column that gets another value, -1 for none
 * @param value the value's text, null for NULL
 * @param identity what the row can be found by then
 */
record Choice(
    Seed seed, int row, int column, @Nullable String value, List<@Nullable String> identity) {}
