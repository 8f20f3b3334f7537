package dev.landfall.transforms.model;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One table of the target, as one source table writes it. Several may write the same; they agree
 * about all but where its values and rows come from ({@link Mapping#writers}).
 *
 * @param name schema and table in the target
 * @param columns the columns that are compared, in the order in which rows carry them; all but the
 *     generated ones are loaded
 * @param key the target columns that identify a row; empty for a table without a key
 * @param existing whether the table was the user's own before the migration, so that its
 *     definition, keys and indexes are left as they are
 * @param filter which rows of the source table go there
 * @param duplicates what becomes of rows that are one to it, null where no two are
 * @param each what of a row of the source becomes rows of it, null where one becomes one
 */
public record TargetTable(
    TableName name,
    List<ColumnMapping> columns,
    List<String> key,
    boolean existing,
    RowFilter filter,
    @Nullable Duplicates duplicates,
    @Nullable Each each)
    implements Serializable {
  /** A table no two rows of which are one. */
  public TargetTable(
      TableName name,
      List<ColumnMapping> columns,
      List<String> key,
      boolean existing,
      RowFilter filter) {
    this(name, columns, key, existing, filter, null, null);
  }

  /** A table that all rows go to. */
  public TargetTable(
      TableName name, List<ColumnMapping> columns, List<String> key, boolean existing) {
    this(name, columns, key, existing, new RowFilter.None());
  }

  public TargetTable {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    List<String> names = columns.stream().map(ColumnMapping::name).toList();
    if (!names.containsAll(key)) {
      throw new IllegalArgumentException("key " + key + " of " + name + " is not among " + names);
    }
  }

  /** The columns that are loaded: all that the target does not generate itself. */
  public List<ColumnMapping> loaded() {
    return columns.stream().filter(c -> c.generated() == null).toList();
  }

  /** Whether the other is the same table, wherever its values come from. */
  public boolean isSameTable(TargetTable other) {
    if (!name.equals(other.name)
        || !key.equals(other.key)
        || existing != other.existing
        || columns.size() != other.columns.size()) {
      return false;
    }
    for (int i = 0; i < columns.size(); i++) {
      if (!columns.get(i).isSameColumn(other.columns.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The same table with other columns. */
  public TargetTable withColumns(List<ColumnMapping> others) {
    return new TargetTable(name, others, key, existing, filter, duplicates, each);
  }

  /** The same table, with fewer of the source's rows. */
  public TargetTable withFilter(RowFilter other) {
    return new TargetTable(name, columns, key, existing, other, duplicates, each);
  }

  /** The same table, of rows of which some may be one. */
  public TargetTable withDuplicates(@Nullable Duplicates others) {
    return new TargetTable(name, columns, key, existing, filter, others, each);
  }

  /** The same table, with other rows for each of the source's. */
  public TargetTable withEach(@Nullable Each other) {
    return new TargetTable(name, columns, key, existing, filter, duplicates, other);
  }

  /** The same table, as the user has it or not. */
  public TargetTable existing(boolean there) {
    return new TargetTable(name, columns, key, there, filter, duplicates, each);
  }

  /** Whether each row of the source table is a row there. */
  public boolean takesAllRows() {
    return filter instanceof RowFilter.None && duplicates == null && each == null;
  }

  /**
   * Which rows of the source table it has, for people.
   *
   * @param read the columns that are read
   */
  public String rows(List<SourceColumn> read) {
    return filter.words(read)
        + (duplicates == null ? "" : ", " + duplicates.words())
        + (each == null ? "" : ", " + each.words(read));
  }

  /**
   * The texts of a row's key by its columns; those of the whole row in a table without a key.
   *
   * @param texts of these columns in their order
   */
  public Map<String, @Nullable String> named(List<@Nullable String> texts) {
    Map<String, @Nullable String> named = new LinkedHashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      named.put(key.isEmpty() ? columns.get(i).name() : key.get(i), texts.get(i));
    }
    return named;
  }

  /** Positions of the key's columns in {@link #columns()}. */
  public int[] keyPositions() {
    List<String> names = columns.stream().map(ColumnMapping::name).toList();
    return key.stream().mapToInt(names::indexOf).toArray();
  }
}
