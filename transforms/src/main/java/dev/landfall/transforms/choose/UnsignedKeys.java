package dev.landfall.transforms.choose;

import dev.landfall.transforms.model.ColumnName;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceForeignKey;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.types.MySqlInteger;
import dev.landfall.transforms.types.PgInteger;
import dev.landfall.transforms.types.PgType;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which {@code bigint unsigned} columns may become {@code bigint}: a key and all foreign keys that
 * refer to it, however far, together or none of them, since PostgreSQL has no foreign key between
 * {@code bigint} and {@code numeric}. A column that the server numbers proves itself and what
 * refers to it by its counter, which is above every value; of all others the values have to be
 * looked at.
 */
public final class UnsignedKeys {
  /** Columns that foreign keys connect, and what is not yet known of them. */
  private record Group(Set<ColumnName> members, Set<ColumnName> unproved, boolean possible) {}

  private final List<Group> groups;

  private UnsignedKeys(List<Group> groups) {
    this.groups = groups;
  }

  /**
   * Finds the groups.
   *
   * @param undecided whether a column gets its type by its values
   * @param chosen types that the spec gives to columns: such a column is not looked at, and the
   *     others of its group can be {@code bigint} only if it is
   */
  public static UnsignedKeys of(
      SourceCatalog catalog, Predicate<ColumnName> undecided, Map<ColumnName, PgType> chosen) {
    Map<ColumnName, Boolean> columns = new LinkedHashMap<>();
    Map<TableName, SourceTable> tables = new HashMap<>();
    for (SourceTable table : catalog.tables()) {
      tables.put(table.name(), table);
      table.columns().stream()
          .filter(UnsignedKeys::isBigintUnsigned)
          .forEach(c -> columns.put(new ColumnName(table.name(), c.name()), c.autoIncrement()));
    }
    columns.keySet().removeIf(c -> !undecided.test(c) && !chosen.containsKey(c));
    Map<ColumnName, Set<ColumnName>> parents = new HashMap<>();
    Map<ColumnName, Set<ColumnName>> children = new HashMap<>();
    for (SourceTable table : catalog.tables()) {
      for (SourceForeignKey key : table.foreignKeys()) {
        for (int i = 0; i < key.columns().size(); i++) {
          Optional<ColumnName> child = name(table, key.columns().get(i), columns);
          Optional<ColumnName> parent =
              name(tables.get(key.referenced()), key.referencedColumns().get(i), columns);
          if (child.isPresent() && parent.isPresent()) {
            parents.computeIfAbsent(child.get(), c -> new HashSet<>()).add(parent.get());
            children.computeIfAbsent(parent.get(), c -> new HashSet<>()).add(child.get());
          }
        }
      }
    }
    Set<ColumnName> numbered =
        columns.keySet().stream()
            .filter(c -> isNumbered(columns, c) && fits(tables.get(c.table())))
            .collect(Collectors.toSet());
    Set<ColumnName> proved = reach(numbered, children, Map.of());
    Set<ColumnName> seen = new HashSet<>();
    List<Group> groups = new ArrayList<>();
    for (ColumnName column : columns.keySet()) {
      if (!seen.contains(column)) {
        Set<ColumnName> members = reach(Set.of(column), children, parents);
        seen.addAll(members);
        boolean possible =
            members.stream()
                .allMatch(
                    m ->
                        chosen.containsKey(m)
                            ? isBigint(chosen.get(m))
                            : !isNumbered(columns, m) || numbered.contains(m));
        members.removeAll(chosen.keySet());
        Set<ColumnName> unproved = new LinkedHashSet<>(members);
        unproved.removeAll(proved);
        groups.add(new Group(members, unproved, possible));
      }
    }
    return new UnsignedKeys(groups);
  }

  /** Columns whose values decide; the others are decided without a look. */
  public Set<ColumnName> unproved() {
    return groups.stream()
        .filter(Group::possible)
        .flatMap(g -> g.unproved().stream())
        .collect(Collectors.toSet());
  }

  /**
   * The columns that become {@code bigint}.
   *
   * @param fitting those of {@link #unproved} whose values all fit
   */
  public Set<ColumnName> bigints(Set<ColumnName> fitting) {
    return groups.stream()
        .filter(g -> g.possible() && fitting.containsAll(g.unproved()))
        .flatMap(g -> g.members().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  static boolean isBigintUnsigned(SourceColumn column) {
    return column.unsigned()
        && column.type() instanceof MySqlInteger whole
        && whole.bits() == Long.SIZE;
  }

  private static boolean isBigint(@Nullable PgType type) {
    return type instanceof PgInteger whole && whole.bits() == Long.SIZE;
  }

  private static boolean isNumbered(Map<ColumnName, Boolean> columns, ColumnName column) {
    return Boolean.TRUE.equals(columns.get(column));
  }

  private static boolean fits(@Nullable SourceTable table) {
    BigInteger next = table == null ? null : table.nextAutoIncrement();
    return next == null || next.bitLength() < Long.SIZE;
  }

  private static Optional<ColumnName> name(
      @Nullable SourceTable table, String column, Map<ColumnName, Boolean> columns) {
    return Optional.ofNullable(table)
        .flatMap(t -> t.column(column).map(c -> new ColumnName(t.name(), c.name())))
        .filter(columns::containsKey);
  }

  /** All that can be reached from some columns by two kinds of steps. */
  private static Set<ColumnName> reach(
      Set<ColumnName> from,
      Map<ColumnName, Set<ColumnName>> steps,
      Map<ColumnName, Set<ColumnName>> otherSteps) {
    Set<ColumnName> reached = new LinkedHashSet<>(from);
    Deque<ColumnName> waiting = new ArrayDeque<>(from);
    while (!waiting.isEmpty()) {
      ColumnName column = waiting.remove();
      for (Map<ColumnName, Set<ColumnName>> some : List.of(steps, otherSteps)) {
        some.getOrDefault(column, Set.of()).stream().filter(reached::add).forEach(waiting::add);
      }
    }
    return reached;
  }
}
