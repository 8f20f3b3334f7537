package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.partition.Chunk;
import dev.landfall.transforms.partition.KeyRange;
import dev.landfall.transforms.schema.Mapping;
import dev.landfall.transforms.schema.Mapping.TargetPosition;
import dev.landfall.validation.digest.DigestKey;
import dev.landfall.validation.digest.Slicing;
import dev.landfall.validation.digest.TableKey;
import java.io.Serializable;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * Which part of a chunk has to be read again in a round: the ranges of the slices that disagree.
 * They may hold rows of other slices too, which whoever reads them leaves out.
 */
public final class WantedRanges implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ComparisonLedger comparison;
  private final RoundLedger rounds;
  private final int round;

  /** Ranges of that round. */
  public WantedRanges(MigrationKey migration, Mapping mapping, int round) {
    this.comparison = new ComparisonLedger(migration);
    this.rounds = new RoundLedger(migration, mapping);
    this.round = round;
  }

  /** Ranges of a chunk of the source, with the slices of all its targets; none for all of it. */
  public List<KeyRange> source(Chunk chunk) throws SQLException {
    return ranges(
        comparison.slicings(chunk.getTable(), chunk),
        rounds.wanted(round, chunk.getTable(), chunk.getNumber()));
  }

  /** Ranges of a chunk of that target table; none for all of it. */
  List<KeyRange> target(TargetPosition target, Chunk chunk) throws SQLException {
    Map<DigestKey, BitSet> wanted = rounds.wanted(round, target.table(), chunk.getNumber());
    wanted.keySet().removeIf(piece -> piece.target() != target.target());
    return ranges(comparison.slicings(target.table(), chunk), wanted);
  }

  private static List<KeyRange> ranges(
      Map<TableKey, Slicing> slicings, Map<DigestKey, BitSet> wanted) {
    Slicing common = null;
    BitSet slices = new BitSet();
    for (Map.Entry<DigestKey, BitSet> piece : wanted.entrySet()) {
      Slicing slicing = slicings.getOrDefault(piece.getKey().tableKey(), Slicing.NONE);
      if (piece.getValue().isEmpty() || (common != null && !common.cutsAs(slicing))) {
        return List.of();
      }
      common = slicing;
      slices.or(piece.getValue());
    }
    return common == null ? List.of() : common.ranges(slices).orElse(List.of());
  }
}
