package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.convert.Reject;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.ValueSource;
import dev.landfall.transforms.sql.SourceKey;
import dev.landfall.validation.result.Difference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names rows that could not be converted as what they are in the target: missing. */
final class RejectedRows {
  private RejectedRows() {}

  /**
   * The difference in one target table; its key has the source's texts, as the reject has: by the
   * target's columns, or, where these are made of more than the reject shows, by the source's, with
   * its table before them.
   *
   * @param writer what the row was read for
   */
  static Difference difference(Mapping mapping, TargetPosition writer, Reject reject) {
    TargetTable target = mapping.target(writer);
    return new Difference(
        mapping.table(mapping.first(writer).table()).source().name(),
        target.name(),
        key(mapping.table(writer.table()), target, reject),
        Difference.Kind.MISSING,
        List.of(),
        1,
        Map.of(),
        reject.reason());
  }

  private static Map<String, @Nullable String> key(
      TableMapping table, TargetTable target, Reject reject) {
    Map<String, @Nullable String> key = new LinkedHashMap<>();
    if (SourceKey.of(table, target).filter(own -> !own.isShown()).isPresent()) {
      reject.key().forEach((column, text) -> key.put(SourceKey.shownAs(table, column), text));
      return key;
    }
    for (ColumnMapping column : target.columns()) {
      if (target.key().isEmpty() || target.key().contains(column.name())) {
        key.put(
            column.name(),
            column.source() instanceof ValueSource.Constant constant
                ? constant.text()
                : table
                    .replaced(column)
                    .map(source -> reject.key().get(source.name()))
                    .orElse(null));
      }
    }
    return key;
  }
}
