package dev.landfall.transforms.refresh;

import dev.landfall.transforms.convert.TableConverter;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.sql.KeyedSql;
import dev.landfall.transforms.value.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says by which keys rows of one target table are found on both sides, where keys come from: a
 * difference names the target's, a reject or a change the source's. Not thread-safe.
 */
public final class RowKeys {
  private final Mapping mapping;
  private final List<TargetPosition> writers;

  /** Keys of that table, whose rows can be found in the source by them. */
  RowKeys(Mapping mapping, TargetPosition target) {
    this.mapping = mapping;
    this.writers = mapping.writers(target);
  }

  /** That of the row with those texts in the target's key, in its order and from either side. */
  public RowKey ofTarget(List<@Nullable String> texts) {
    List<@Nullable List<String>> sources = new ArrayList<>();
    for (TargetPosition writer : writers) {
      sources.add(
          KeyedSql.sourceKey(mapping.table(writer.table()), mapping.target(writer), texts)
              .orElse(null));
    }
    return new RowKey(sources, texts);
  }

  /**
   * That of a row of the source, by the load's own conversions.
   *
   * @param writer what the row is read for
   * @param rows of which only the columns of the key are looked at, as they are read
   * @return empty where the key can't be converted
   */
  public Optional<RowKey> ofSource(TargetPosition writer, Rows rows, int row) {
    List<@Nullable String> key =
        new TableConverter(mapping.table(writer.table())).key(writer.target(), rows, row);
    return Optional.ofNullable(key).map(this::ofTarget);
  }

  /**
   * That of a row that was rejected.
   *
   * @param key the source's texts, as the reject has them, by the target's columns
   * @return empty where none of the tables that write the target can have such a row
   */
  public Optional<RowKey> ofRejected(Map<String, @Nullable String> key) {
    return writers.stream()
        .flatMap(writer -> ofSource(writer, rejected(writer, key), 0).stream())
        .findFirst();
  }

  private Rows rejected(TargetPosition writer, Map<String, @Nullable String> key) {
    TableMapping table = mapping.table(writer.table());
    TargetTable target = mapping.target(writer);
    byte[] @Nullable [] values = KeyedSql.read(table, target, key);
    Rows.Builder row = Rows.builder(values.length);
    for (byte[] value : values) {
      row.addBytes(value);
    }
    return row.build();
  }
}
