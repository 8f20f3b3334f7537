package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.RowFilter;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The source's words for a {@link RowFilter}, for counts and choices that the server makes. Rows
 * that are read are judged as they were read.
 */
final class FilterSql {
  private FilterSql() {}

  /** The condition that a target takes a row; empty where it takes all. */
  static Optional<BoundQuery> taken(TableMapping mapping, TargetTable target) {
    return target.filter() instanceof RowFilter.OneOf one
        ? Optional.of(oneOf(SourceChunkSql.column(mapping, one.position()), one))
        : Optional.empty();
  }

  /** As bytes: a collation takes other texts for the same. */
  private static BoundQuery oneOf(String column, RowFilter.OneOf filter) {
    String text = "CAST(CONVERT(" + column + " USING utf8mb4) AS BINARY)";
    return new BoundQuery(
        filter.texts().stream()
            .map(t -> "?")
            .collect(Collectors.joining(", ", text + " IN (", ")")),
        filter.texts().stream().map(t -> (Object) t.getBytes(StandardCharsets.UTF_8)).toList());
  }
}
