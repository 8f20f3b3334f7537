package dev.landfall.transforms.refresh;

import dev.landfall.transforms.convert.TableConverter;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.read.FewRows;
import dev.landfall.transforms.sql.KeyedSql;
import dev.landfall.transforms.sql.SourceKey;
import dev.landfall.transforms.value.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says by which keys rows of one target table are found on both sides, where keys come from: a
 * difference names the target's, a reject or a change the source's. Not thread-safe.
 */
public final class RowKeys {
  private final Mapping mapping;
  private final List<Writer> writers;
  private final RowIdentity identity;

  /** One of the source tables that the rows come from. */
  private record Writer(TargetPosition position, TableMapping mapping, SourceKey key) {}

  /** Keys of that table, whose rows can be found in the source by them. */
  RowKeys(Mapping mapping, TargetPosition target) {
    this.mapping = mapping;
    this.writers =
        mapping.writers(target).stream()
            .map(
                w ->
                    new Writer(
                        w,
                        mapping.table(w.table()),
                        SourceKey.of(mapping.table(w.table()), mapping.target(w)).orElseThrow()))
            .toList();
    this.identity = new RowIdentity(mapping.target(target));
  }

  /**
   * About how many rows of the source are read to find any number of the target's keys; 0 where
   * these tell the source's.
   */
  public long scanned() {
    return scanning()
        .mapToLong(writer -> Math.max(1, writer.mapping.source().estimatedRows()))
        .sum();
  }

  private Stream<Writer> scanning() {
    return writers.stream().filter(writer -> !writer.key.isTold());
  }

  /**
   * Those of the rows with such keys in the target. Each table of the source whose key they do not
   * tell is read once, as it is at that moment.
   *
   * @param keys texts of the target's key in its order and from either side
   * @param progress is told of each some rows that were read; what it throws ends the reading
   * @return in the same order
   */
  public List<RowKey> ofTarget(
      Connection source, List<? extends List<@Nullable String>> keys, LongConsumer progress)
      throws SQLException {
    List<@Nullable Map<Long, List<List<@Nullable String>>>> found = new ArrayList<>();
    Set<Long> wanted = new HashSet<>();
    if (scanned() > 0) {
      keys.forEach(key -> wanted.add(identity.key(key)));
    }
    for (Writer writer : writers) {
      found.add(
          writer.key.isTold() || wanted.isEmpty()
              ? null
              : new KeyScan(mapping, writer.position, writer.key).find(source, wanted, progress));
    }
    List<RowKey> rows = new ArrayList<>();
    for (List<@Nullable String> key : keys) {
      rows.add(
          row(
              key,
              w -> {
                Map<Long, List<List<@Nullable String>>> scan = found.get(w);
                return scan == null
                    ? told(writers.get(w), key)
                    : scan.getOrDefault(identity.key(key), List.of());
              }));
    }
    return rows;
  }

  /** What one of the writers has. */
  private interface Sources {
    @Nullable List<List<@Nullable String>> of(int writer);
  }

  private RowKey row(List<@Nullable String> target, Sources sources) {
    List<@Nullable List<List<@Nullable String>>> all = new ArrayList<>();
    for (int w = 0; w < writers.size(); w++) {
      all.add(sources.of(w));
    }
    return new RowKey(all, target);
  }

  private static @Nullable List<List<@Nullable String>> told(
      Writer writer, List<@Nullable String> key) {
    return writer.key.isTold()
        ? writer.key.of(key).map(Collections::singletonList).orElse(null)
        : null;
  }

  /**
   * That of a row of the source, by the load's own conversions. Other tables that write the target
   * are asked for it only where the target's key tells theirs.
   *
   * @param writer what the row is read for
   * @param rows of which only the columns of both keys are looked at, as they are read
   * @return empty where the key can't be converted
   */
  public Optional<RowKey> ofSource(TargetPosition writer, Rows rows, int row) {
    int columns = mapping.target(writer).key().size();
    Rows.Builder made = Rows.builder(columns, 1, 64);
    if (!new TableConverter(mapping.table(writer.table())).key(writer.target(), rows, row, made)) {
      return Optional.empty();
    }
    Rows one = made.build();
    List<@Nullable String> key = new ArrayList<>();
    for (int column = 0; column < columns; column++) {
      key.add(one.text(0, column));
    }
    return Optional.of(
        row(
            key,
            w -> {
              Writer other = writers.get(w);
              return other.position.equals(writer) && !other.key.isTold()
                  ? List.of(other.key.of(rows, row))
                  : told(other, key);
            }));
  }

  /**
   * Those of rows that were rejected. Where what is shown does not tell their keys in the target,
   * they are read.
   *
   * @param writer what they were read for
   * @param shown the source's texts, as differences have them: by the target's columns where a
   *     reject shows all that its key is made of ({@link SourceKey#isShown}), else by the source's
   * @return in their order; null where there is no such row, or where its key can't be converted
   */
  public List<@Nullable RowKey> ofRejected(
      Connection source, TargetPosition writer, List<Map<String, @Nullable String>> shown)
      throws SQLException {
    TableMapping table = mapping.table(writer.table());
    SourceKey told = SourceKey.of(table, mapping.target(writer)).orElseThrow();
    SourceKey key =
        told.isShown() ? told : SourceKey.own(table, mapping.target(writer)).orElseThrow();
    List<Rows> named = new ArrayList<>();
    for (Map<String, @Nullable String> texts : shown) {
      named.add(key.isShownBy(texts.keySet()) ? key.read(texts) : NONE);
    }
    return key.isTold() ? converted(writer, named) : read(source, writer, key, named);
  }

  /** No row. */
  private static final Rows NONE = Rows.builder(1).build();

  private List<@Nullable RowKey> converted(TargetPosition writer, List<Rows> named) {
    List<@Nullable RowKey> keys = new ArrayList<>();
    for (Rows row : named) {
      keys.add(row.size() == 0 ? null : ofSource(writer, row, 0).orElse(null));
    }
    return keys;
  }

  private List<@Nullable RowKey> read(
      Connection source, TargetPosition writer, SourceKey key, List<Rows> named)
      throws SQLException {
    List<List<@Nullable String>> wanted =
        named.stream().filter(row -> row.size() > 0).map(row -> key.of(row, 0)).toList();
    Map<List<@Nullable String>, RowKey> found = new HashMap<>();
    int atOnce = KeyLookup.keysAtOnce(mapping.table(writer.table()).source());
    for (int from = 0; from < wanted.size(); from += atOnce) {
      List<List<@Nullable String>> some =
          wanted.subList(from, Math.min(wanted.size(), from + atOnce));
      Rows read = FewRows.read(source, KeyedSql.source(key, some).orElseThrow());
      for (int row = 0; row < read.size(); row++) {
        List<@Nullable String> texts = key.of(read, row);
        ofSource(writer, read, row).ifPresent(one -> found.put(texts, one));
      }
    }
    List<@Nullable RowKey> keys = new ArrayList<>();
    named.forEach(row -> keys.add(row.size() == 0 ? null : found.get(key.of(row, 0))));
    return keys;
  }
}
