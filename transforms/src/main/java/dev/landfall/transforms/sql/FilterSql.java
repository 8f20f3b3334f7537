package dev.landfall.transforms.sql;

import dev.landfall.transforms.compute.Calculated;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.RowFilter;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * The source's words for a {@link RowFilter}, for counts and choices that the server makes. Rows
 * that are read are judged as they were read.
 */
final class FilterSql {
  private FilterSql() {}

  /**
   * The condition that a target's filter lets a row pass; empty where it lets all, or where the
   * source does not certainly judge as it does.
   */
  static Optional<BoundQuery> taken(TableMapping mapping, TargetTable target) {
    if (target.filter() instanceof RowFilter.OneOf one) {
      return Optional.of(oneOf(SourceChunkSql.column(mapping, one.position()), one));
    }
    return target.filter() instanceof RowFilter.Where where
            && where.formula() instanceof Calculated calculated
        ? ExpressionSql.condition(
            calculated.expression(), name -> column(mapping, where.inputs(), name))
        : Optional.empty();
  }

  /** A column that is moved as it is, so that its values are what the expression sees. */
  private static Optional<ExpressionSql.Column> column(
      TableMapping mapping, List<ColumnMapping> inputs, String name) {
    return inputs.stream()
        .filter(input -> input.rules().policies().isEmpty() && input.nullDefault() == null)
        .flatMap(input -> mapping.sourceOf(input).stream())
        .filter(source -> source.asked() == null && source.name().equals(name))
        .map(source -> new ExpressionSql.Column(Identifiers.mysql(source.name()), source))
        .findFirst();
  }

  /** The condition that any target may take a row; empty where that is not told by one. */
  static Optional<BoundQuery> wanted(TableMapping mapping) {
    StringJoiner any = new StringJoiner(" OR ", "(", ")");
    List<Object> parameters = new ArrayList<>();
    for (TargetTable target : mapping.targets()) {
      Optional<BoundQuery> taken = taken(mapping, target);
      if (taken.isEmpty()) {
        return Optional.empty();
      }
      any.add("(" + taken.get().sql() + ")");
      parameters.addAll(taken.get().parameters());
    }
    return Optional.of(new BoundQuery(any.toString(), parameters));
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
