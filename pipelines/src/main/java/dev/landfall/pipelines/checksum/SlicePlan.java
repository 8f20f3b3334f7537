package dev.landfall.pipelines.checksum;

import dev.landfall.pipelines.api.Slice;
import dev.landfall.transforms.ledger.PassLedger.Part;
import dev.landfall.transforms.ledger.PassLedger.Pass;
import dev.landfall.transforms.ledger.PassLedger.Progress;
import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.partition.ChunkPlanner;
import dev.landfall.transforms.partition.ChunkSize;
import dev.landfall.transforms.partition.TargetLayout;
import dev.landfall.transforms.partition.TargetPlanner;
import dev.landfall.validation.digest.CellRule;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of both sides that are due in a pass, until they have a slice's share of all rows
 * together: tables in their order, each from the key on that the pass has come to. Keys are cut
 * anew each time, so nothing that happens to a table between two slices leaves a key out. A table
 * whose sides can't be read by the same ranges is taken whole, and one that writes a target
 * together with others is taken with those.
 */
final class SlicePlan {
  private final Mapping mapping;
  private final ChunkPlanner planner;
  private final ChunkSize size;
  private final List<TargetLayout> layouts;
  private final List<TargetPosition> targets;
  private final List<Chunk> source = new ArrayList<>();
  private final List<Chunk> target = new ArrayList<>();
  private final List<ComparisonLedger.Comparison> comparisons = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();

  /**
   * @param layouts of all target tables, in the order of {@link Mapping#targets}
   */
  SlicePlan(Mapping mapping, ChunkPlanner planner, ChunkSize size, List<TargetLayout> layouts) {
    this.mapping = mapping;
    this.planner = planner;
    this.size = size;
    this.layouts = layouts;
    this.targets = mapping.targets();
  }

  List<Chunk> source() {
    return source;
  }

  List<Chunk> target() {
    return target;
  }

  List<ComparisonLedger.Comparison> comparisons() {
    return comparisons;
  }

  List<Part> parts() {
    return parts;
  }

  /** Plans a share of those tables' rows; at least one chunk where the pass has one to come. */
  void plan(List<Integer> tables, Pass pass, Slice share) throws SQLException {
    long all = 0;
    long[] estimates = new long[mapping.tables().size()];
    for (int table : tables) {
      estimates[table] = planner.estimate(mapping.table(table).source());
      all += Math.max(1, estimates[table]);
    }
    long left = share.rows(all);
    for (int table : tables) {
      Set<Integer> together = mapping.together(table);
      if (left <= 0 || pass.finished(table) || isPlanned(table)) {
        continue;
      }
      if (together.size() > 1) {
        addWhole(together);
        for (int one : together) {
          parts.add(new Part(one, List.of(), null, null, estimates[one]));
          left -= Math.max(1, estimates[one]);
        }
      } else {
        left -= plan(table, estimates[table], pass.tables().get(table), left);
      }
    }
  }

  private boolean isPlanned(int table) {
    return parts.stream().anyMatch(part -> part.table() == table);
  }

  /** Plans what is due of a table and about how many rows that has, at least one. */
  private long plan(int table, long estimate, @Nullable Progress progress, long wanted)
      throws SQLException {
    SourceTable rows = mapping.table(table).source();
    List<String> key = ChunkPlanner.keyOf(rows);
    // A cursor on columns that the table is no longer cut by says nothing.
    List<String> start = progress == null || !progress.key().equals(key) ? null : progress.upto();
    if (!key.isEmpty() && (start != null || estimate > wanted)) {
      List<Chunk> chunks = planner.planFrom(table, rows, key, start, wanted);
      if (addRanges(table, chunks, estimate)) {
        long planned = chunks.stream().mapToLong(Chunk::getEstimatedRows).sum();
        Chunk last = chunks.get(chunks.size() - 1);
        parts.add(new Part(table, key, start, last.getEnd(), planned));
        return Math.max(1, planned);
      }
    }
    addWhole(Set.of(table));
    parts.add(new Part(table, List.of(), null, null, estimate));
    return Math.max(1, estimate);
  }

  /** Adds ranges of a table; false, and nothing is added, where a target can't be read by them. */
  private boolean addRanges(int table, List<Chunk> chunks, long estimate) {
    List<Chunk> sides = new ArrayList<>();
    List<ComparisonLedger.Comparison> alike = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      if (targets.get(i).table() == table) {
        List<Chunk> side =
            new TargetPlanner(mapping.table(table), size)
                .planRanges(i, mapping.target(targets.get(i)), layouts.get(i), chunks, estimate);
        if (side.isEmpty()) {
          return false;
        }
        sides.addAll(side);
        alike.add(new ComparisonLedger.Comparison(i, targets.get(i), 0, CellRule.NONE));
      }
    }
    source.addAll(chunks);
    target.addAll(sides);
    comparisons.addAll(alike);
    return true;
  }

  private void addWhole(Set<Integer> tables) throws SQLException {
    Map<Integer, SourceTable> whole = new TreeMap<>();
    for (int table : tables) {
      whole.put(table, mapping.table(table).source());
    }
    Map<Integer, List<Chunk>> planned = planner.plan(whole);
    planned.values().forEach(source::addAll);
    for (int i = 0; i < targets.size(); i++) {
      TargetPosition at = targets.get(i);
      if (tables.contains(at.table())) {
        List<Chunk> chunks = PlanSides.PlanFn.chunks(mapping, at, planned);
        List<Chunk> side = PlanSides.PlanFn.side(mapping, size, i, at, layouts.get(i), chunks);
        target.addAll(side);
        comparisons.add(
            new ComparisonLedger.Comparison(
                i, at, PlanSides.PlanFn.buckets(mapping, at, chunks, side), CellRule.NONE));
      }
    }
  }
}
