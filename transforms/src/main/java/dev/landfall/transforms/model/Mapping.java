package dev.landfall.transforms.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All tables of a migration. A source table is known by its position here in chunks and batches, so
 * the order is part of what a resumed run has to find again: it is that of the source's names, with
 * tables behind them that came later.
 *
 * <p>A source table <em>writes</em> one or more tables of the target, and each of these has one or
 * more writers, whose rows together it has: a split, and a merge. A table of the target is known by
 * the position of its first writer, whatever comes later.
 *
 * <p>Every step of a pipeline carries the mapping, and a runner may copy a step for each bundle, so
 * its serialized form is made once, and read once in a process.
 */
public final class Mapping implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Mappings that this process has read, for as long as there is room. */
  private static final Map<String, SoftReference<Mapping>> KNOWN = new ConcurrentHashMap<>();

  private final transient List<TableMapping> tables;
  private final transient Map<TableName, List<TargetPosition>> writers = new LinkedHashMap<>();
  private transient @Nullable Form form;

  /**
   * A mapping.
   *
   * @param tables in the order of their positions
   * @throws IllegalArgumentException when the writers of a target do not agree what it is
   */
  public Mapping(List<TableMapping> tables) {
    this.tables = List.copyOf(tables);
    for (int table = 0; table < tables.size(); table++) {
      List<TargetTable> targets = tables.get(table).targets();
      for (int target = 0; target < targets.size(); target++) {
        add(new TargetPosition(table, target), targets.get(target));
      }
    }
  }

  private void add(TargetPosition position, TargetTable target) {
    List<TargetPosition> known = writers.computeIfAbsent(target.name(), n -> new ArrayList<>());
    if (!known.isEmpty() && !target.isSameTable(target(known.get(0)))) {
      throw new IllegalArgumentException(
          tables.get(known.get(0).table()).source().name()
              + " and "
              + tables.get(position.table()).source().name()
              + " do not agree what "
              + target.name()
              + " is");
    }
    known.add(position);
  }

  /** The tables by their positions. */
  public List<TableMapping> tables() {
    return tables;
  }

  /**
   * One of the tables that a source table writes.
   *
   * @param table position of the source table
   * @param target position of the target table within that one's targets
   */
  public record TargetPosition(int table, int target) implements Serializable {}

  /** All target tables, each by its first writer, in the order of those. */
  public List<TargetPosition> targets() {
    return writers.values().stream().map(all -> all.get(0)).toList();
  }

  /** The target table at those positions, as that source table writes it. */
  public TargetTable target(TargetPosition position) {
    return tables.get(position.table()).targets().get(position.target());
  }

  /** All that write the target table at those positions, in order. */
  public List<TargetPosition> writers(TargetPosition position) {
    return Collections.unmodifiableList(known(position));
  }

  /** What the target table at those positions is known by: its first writer. */
  public TargetPosition first(TargetPosition position) {
    return known(position).get(0);
  }

  private List<TargetPosition> known(TargetPosition position) {
    return Objects.requireNonNull(writers.get(target(position).name()));
  }

  /** Whether several write the target table at those positions. */
  public boolean isMerged(TargetPosition position) {
    return known(position).size() > 1;
  }

  /** The names of the source tables that write the target table at those positions, in order. */
  public List<TableName> sources(TargetPosition position) {
    return writers(position).stream()
        .map(writer -> tables.get(writer.table()).source().name())
        .distinct()
        .toList();
  }

  /**
   * The source tables that are compared together with one: with those that write the same targets,
   * all targets of those, and so on.
   */
  public Set<Integer> together(int table) {
    Set<Integer> all = new TreeSet<>();
    Deque<Integer> todo = new ArrayDeque<>(List.of(table));
    while (!todo.isEmpty()) {
      int next = todo.pop();
      if (all.add(next)) {
        tables.get(next).targets().stream()
            .flatMap(target -> Objects.requireNonNull(writers.get(target.name())).stream())
            .map(TargetPosition::table)
            .filter(writer -> !all.contains(writer))
            .forEach(todo::push);
      }
    }
    return all;
  }

  /** What a source table writes, each by the target's first writer. */
  public List<TargetPosition> writtenBy(int table) {
    return tables.get(table).targets().stream()
        .map(target -> Objects.requireNonNull(writers.get(target.name())).get(0))
        .toList();
  }

  /** The mapping of the table at that position. */
  public TableMapping table(int position) {
    return tables.get(position);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Mapping mapping && mapping.tables.equals(tables);
  }

  @Override
  public int hashCode() {
    return tables.hashCode();
  }

  @Override
  public String toString() {
    return "Mapping of " + tables.size() + " tables";
  }

  private synchronized Object writeReplace() throws IOException {
    Form made = form;
    if (made == null) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(tables.toArray(new TableMapping[0]));
      }
      made = new Form(UUID.randomUUID().toString(), bytes.toByteArray());
      form = made;
      KNOWN.put(made.id, new SoftReference<>(this));
    }
    return made;
  }

  /** What is written for a mapping: its identity, and its tables as bytes that are rarely read. */
  private static final class Form implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final byte[] bytes;

    Form(String id, byte[] bytes) {
      this.id = id;
      this.bytes = bytes;
    }

    private Object readResolve() throws IOException, ClassNotFoundException {
      SoftReference<Mapping> reference = KNOWN.get(id);
      Mapping known = reference == null ? null : reference.get();
      if (known == null) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
          known = new Mapping(List.of((TableMapping[]) in.readObject()));
        }
        known.form = this;
        KNOWN.put(id, new SoftReference<>(known));
      }
      return known;
    }
  }
}
