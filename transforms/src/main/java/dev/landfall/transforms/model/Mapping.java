package dev.landfall.transforms.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All tables of a migration. A table is known by its position here in chunks and batches, so the
 * order is part of what a resumed run has to find again: it is that of the source's names, with
 * tables behind them that came later.
 *
 * <p>Every step of a pipeline carries the mapping, and a runner may copy a step for each bundle, so
 * its serialized form is made once, and read once in a process.
 */
public final class Mapping implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Mappings that this process has read, for as long as there is room. */
  private static final Map<String, SoftReference<Mapping>> KNOWN = new ConcurrentHashMap<>();

  private final transient List<TableMapping> tables;
  private transient @Nullable Form form;

  /**
   * A mapping.
   *
   * @param tables in the order of their positions
   */
  public Mapping(List<TableMapping> tables) {
    this.tables = List.copyOf(tables);
  }

  /** The tables by their positions. */
  public List<TableMapping> tables() {
    return tables;
  }

  /**
   * A target table by the positions of its source table and of itself within that one's targets.
   */
  public record TargetPosition(int table, int target) implements Serializable {}

  /** All target tables, in the order of their source tables. */
  public List<TargetPosition> targets() {
    List<TargetPosition> targets = new ArrayList<>();
    for (int table = 0; table < tables.size(); table++) {
      for (int target = 0; target < tables.get(table).targets().size(); target++) {
        targets.add(new TargetPosition(table, target));
      }
    }
    return targets;
  }

  /** The target table at those positions. */
  public TargetTable target(TargetPosition position) {
    return tables.get(position.table()).targets().get(position.target());
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
