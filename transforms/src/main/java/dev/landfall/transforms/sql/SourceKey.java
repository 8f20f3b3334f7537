package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.ValueSource;
import dev.landfall.transforms.types.KeyInverse;
import dev.landfall.transforms.types.KeyText;
import dev.landfall.transforms.value.Rows;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a source table by which its rows are found for keys of one of its targets.
 *
 * <p>Where each value of the target's key leads back to all that it can have been, these are the
 * columns that it is made of: the key is <em>told</em>, and the texts of its values are as {@link
 * KeyText} says. Elsewhere they are the columns of the source's own key, or, where it has none,
 * those that the target's is made of: such a key is only known to who has read the row, and its
 * texts are the bytes of the values as they are read, a character for each.
 */
public final class SourceKey {
  private final TableMapping mapping;
  private final TargetTable table;
  private final List<Part> parts;
  private final boolean told;

  /**
   * @param position of the column in {@link TableMapping#read()}
   * @param inverse null where only the bytes that are read tell values apart
   */
  private record Part(int position, @Nullable KeyInverse inverse) {}

  private SourceKey(TableMapping mapping, TargetTable table, List<Part> parts, boolean told) {
    this.mapping = mapping;
    this.table = table;
    this.parts = List.copyOf(parts);
    this.told = told;
  }

  /**
   * The key, empty where there is none: the target has no key, or the source has none and the
   * target's is the same for all rows.
   */
  public static Optional<SourceKey> of(TableMapping mapping, TargetTable table) {
    List<ColumnMapping> columns = KeyedSql.keyColumns(table);
    List<Part> told = new ArrayList<>();
    boolean all = true;
    for (ColumnMapping column : columns) {
      if (column.source() instanceof ValueSource.Column read && isRead(mapping, column)) {
        KeyInverse inverse = inverse(column, mapping.read().get(read.position()));
        told.add(new Part(read.position(), inverse));
        all &= inverse != null;
      } else {
        // A part of a value: the row that has it is found by what else the key is made of.
        all &= !(column.source() instanceof ValueSource.Computed);
      }
    }
    if (all && !told.isEmpty()) {
      return Optional.of(new SourceKey(mapping, table, told, true));
    }
    return own(mapping, table);
  }

  /**
   * The key that is the source's own, whether or not another is told.
   *
   * @return empty as {@link #of} says
   */
  public static Optional<SourceKey> own(TableMapping mapping, TargetTable table) {
    List<ColumnMapping> columns = KeyedSql.keyColumns(table);
    int[] own = mapping.keyPositions();
    if (own.length == 0) {
      own =
          columns.stream()
              .flatMap(column -> column.source().positions().stream())
              .mapToInt(position -> position)
              .distinct()
              .toArray();
    }
    List<Part> parts = Arrays.stream(own).mapToObj(position -> own(mapping, position)).toList();
    return columns.isEmpty() || parts.isEmpty()
        ? Optional.empty()
        : Optional.of(new SourceKey(mapping, table, parts, false));
  }

  private static Part own(TableMapping mapping, int position) {
    return new Part(
        position,
        mapping.readsStoredBytes(position)
            ? null
            : mapping.read().get(position).type().itself().orElse(null));
  }

  /** Whether it has the values of a column of the source. */
  private static boolean isRead(TableMapping mapping, ColumnMapping column) {
    return mapping.sourceOf(column).filter(source -> source.asked() == null).isPresent();
  }

  /** The way back for a column that is read from that one, if there is one. */
  private static @Nullable KeyInverse inverse(ColumnMapping column, SourceColumn source) {
    return column.nullDefault() == null && column.rules().policies().isEmpty()
        ? source.type().inverse(column.type(), column.conversion()).orElse(null)
        : null;
  }

  /** The source table. */
  TableMapping mapping() {
    return mapping;
  }

  /** Whether a key of the target tells it. */
  public boolean isTold() {
    return told;
  }

  /** Whether a reject, which shows the source's own key, shows all that the target's is made of. */
  public boolean isShown() {
    List<Integer> own = Arrays.stream(mapping.keyPositions()).boxed().toList();
    return told && (own.isEmpty() || own.containsAll(positions()));
  }

  /** What a column of the source is called beside the target's. */
  public static String shownAs(TableMapping mapping, String column) {
    return mapping.source().name().table() + "." + column;
  }

  /** Whether those columns are the ones that a reject shows of it. */
  public boolean isShownBy(Set<String> columns) {
    return told
        ? columns.containsAll(table.key())
        : parts.stream()
            .map(part -> shownAs(mapping, mapping.read().get(part.position).name()))
            .allMatch(columns::contains);
  }

  /** Where its columns are in {@link TableMapping#read()}. */
  List<Integer> positions() {
    return parts.stream().map(Part::position).toList();
  }

  /**
   * What a key of the target tells, of a key that is told.
   *
   * @param key texts of the target's key columns, in their order, from either side
   * @return empty when no row of the source can become one with the key
   */
  public Optional<List<@Nullable String>> of(List<@Nullable String> key) {
    List<ColumnMapping> columns = KeyedSql.keyColumns(table);
    List<@Nullable String> texts = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (isRead(mapping, columns.get(i))) {
        String text = key.get(i);
        KeyInverse inverse = parts.get(texts.size()).inverse;
        Optional<String> there =
            text == null || inverse == null ? Optional.empty() : inverse.source(text);
        if (there.isEmpty()) {
          return Optional.empty();
        }
        texts.add(there.get());
      }
    }
    return Optional.of(texts);
  }

  /** That of a row as it was read, of a key that is not told. */
  public List<@Nullable String> of(Rows rows, int row) {
    List<@Nullable String> texts = new ArrayList<>();
    for (Part part : parts) {
      byte[] value = rows.value(row, part.position);
      texts.add(value == null ? null : new String(value, StandardCharsets.ISO_8859_1));
    }
    return texts;
  }

  /**
   * One row with the values of a key as they were read, columns as in {@link TableMapping#read()},
   * all others NULL.
   *
   * @param shown what a reject shows of it: by the target's columns where the key is told, else as
   *     {@link #shownAs} calls them
   */
  public Rows read(Map<String, @Nullable String> shown) {
    byte[] @Nullable [] values = new byte[mapping.read().size()][];
    int part = 0;
    for (ColumnMapping column : KeyedSql.keyColumns(table)) {
      if (told && isRead(mapping, column)) {
        read(parts.get(part++), shown.get(column.name()), values);
      }
    }
    for (Part own : told ? List.<Part>of() : parts) {
      read(own, shown.get(shownAs(mapping, mapping.read().get(own.position).name())), values);
    }
    Rows.Builder row = Rows.builder(values.length, 1, 64);
    for (byte[] value : values) {
      row.addBytes(value);
    }
    return row.build();
  }

  private static void read(Part part, @Nullable String shown, byte[] @Nullable [] values) {
    if (shown != null) {
      values[part.position] =
          part.inverse == null ? shown.getBytes(StandardCharsets.UTF_8) : part.inverse.read(shown);
    }
  }

  /** The condition that a row has the key; adds its parameters. */
  String condition(List<@Nullable String> key, List<Object> parameters) {
    StringJoiner all = new StringJoiner(" AND ", "(", ")");
    for (int i = 0; i < parts.size(); i++) {
      all.add(condition(parts.get(i), key.get(i), parameters));
    }
    return all.toString();
  }

  private String condition(Part part, @Nullable String text, List<Object> parameters) {
    SourceColumn column = mapping.read().get(part.position);
    String name = Identifiers.mysql(column.name());
    KeyInverse inverse = part.inverse;
    if (text == null) {
      return name + " IS NULL";
    }
    if (told && inverse != null) {
      parameters.add(inverse.parameter(text));
      return inverse.condition(name);
    }
    byte[] read = text.getBytes(StandardCharsets.ISO_8859_1);
    Optional<Object> value = inverse == null ? Optional.empty() : inverse.itself(read);
    parameters.add(value.orElse(read));
    return value.isPresent() && inverse != null
        ? inverse.condition(name)
        : (mapping.readsStoredBytes(part.position)
                ? SourceSql.bytes(column)
                : column.type().readBytes(name))
            + " = ?";
  }
}
