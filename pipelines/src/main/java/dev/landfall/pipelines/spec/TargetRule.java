package dev.landfall.pipelines.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One target table of a rule.
 *
 * @param name the target table; the source table's own name unless the spec says another
 * @param others whether columns that are not mentioned are carried over under their own names
 * @param columns the columns that the spec mentions, in its order
 * @param omit the source columns that are left out, each with why; empty where nobody said
 * @param key the columns that tell its rows apart; none for those of the source's key
 * @param where which rows go there, an expression; null for all
 * @param duplicates what becomes of rows that are one to it; null where no two are
 * @param each what of a row becomes rows of it; null where the row does
 */
public record TargetRule(
    Located<String> name,
    boolean others,
    List<ColumnRule> columns,
    Map<Located<String>, String> omit,
    List<Located<String>> key,
    @Nullable Located<String> where,
    @Nullable DuplicatesRule duplicates,
    @Nullable EachRule each) {
  public TargetRule {
    key = List.copyOf(key);
    columns = List.copyOf(columns);
    omit = Collections.unmodifiableMap(new LinkedHashMap<>(omit));
  }
}
