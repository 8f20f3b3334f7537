package dev.landfall.transforms.model;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a source table is partitioned, as {@code information_schema.partitions} has it (MySQL manual
 * 26.3.21).
 *
 * @param method {@code RANGE}, {@code RANGE COLUMNS}, {@code LIST}, {@code LINEAR HASH} and so on
 * @param expression what decides, as the catalogue prints it; null or empty for {@code KEY ()}
 * @param subpartitions the method and expression of subpartitions in words, null without
 * @param parts in the source's order, at least one
 */
public record SourcePartitions(
    String method, @Nullable String expression, @Nullable String subpartitions, List<Part> parts)
    implements Serializable {
  public SourcePartitions {
    parts = List.copyOf(parts);
  }

  /**
   * One partition.
   *
   * @param name its name
   * @param description its bound or its values as the catalogue prints them, null for hash and key
   */
  public record Part(String name, @Nullable String description) implements Serializable {}

  /** The whole as the source would declare it, for a person. */
  public String declared() {
    StringBuilder text = new StringBuilder("PARTITION BY " + method + " (");
    text.append(expression == null ? "" : expression).append(")");
    if (subpartitions != null) {
      text.append(" SUBPARTITION BY ").append(subpartitions);
    }
    if (parts.stream().allMatch(p -> p.description() == null)) {
      return text.append(" PARTITIONS ").append(parts.size()).toString();
    }
    String values = method.startsWith("LIST") ? " VALUES IN (" : " VALUES LESS THAN (";
    for (int i = 0; i < parts.size(); i++) {
      text.append(i == 0 ? " (\n" : ",\n").append("  PARTITION ").append(parts.get(i).name());
      if (parts.get(i).description() != null) {
        text.append(values).append(parts.get(i).description()).append(")");
      }
    }
    return text.append(")").toString();
  }
}
