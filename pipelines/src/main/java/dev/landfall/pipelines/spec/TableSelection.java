package dev.landfall.pipelines.spec;

import java.util.List;

/**
 * Which tables of the source move: those that an include pattern fits and no exclude pattern.
 *
 * @param include empty for all
 * @param exclude empty for none
 */
public record TableSelection(List<NamePattern> include, List<NamePattern> exclude) {
  /** Every table. */
  public static final TableSelection ALL = new TableSelection(List.of(), List.of());

  public TableSelection {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }
}
