package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.KeyRange;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.validation.digest.Cutting;
import dev.landfall.validation.digest.DigestKey;
import dev.landfall.validation.result.TableKey;
import java.io.Serializable;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * Which part of a chunk has to be read again in a round: the ranges of the cells that disagree.
 * They may hold rows of other cells too, which whoever reads them leaves out.
 */
public final class WantedRanges implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ComparisonLedger comparison;
  private final RoundLedger rounds;
  private final int round;

  /** Ranges of that round. */
  public WantedRanges(MigrationKey migration, Mapping mapping, int round) {
    this.comparison = new ComparisonLedger(migration, mapping);
    this.rounds = new RoundLedger(migration, mapping);
    this.round = round;
  }

  /** Ranges of a chunk of the source, with the cells of all its targets; none for all of it. */
  public List<KeyRange> source(Chunk chunk) throws SQLException {
    return ranges(
        comparison.cuttings(chunk.getTable(), chunk),
        rounds.wanted(round, chunk.getTable(), chunk.getNumber()));
  }

  /** Ranges of a chunk of that target table; none for all of it. */
  List<KeyRange> target(TargetPosition target, Chunk chunk) throws SQLException {
    Map<DigestKey, BitSet> wanted = rounds.wanted(round, target.table(), chunk.getNumber());
    wanted
        .keySet()
        .removeIf(piece -> piece.table() != target.table() || piece.target() != target.target());
    return ranges(comparison.cuttings(target.table(), chunk), wanted);
  }

  private static List<KeyRange> ranges(
      Map<TableKey, Cutting> cuttings, Map<DigestKey, BitSet> wanted) {
    Cutting common = null;
    BitSet cells = new BitSet();
    for (Map.Entry<DigestKey, BitSet> piece : wanted.entrySet()) {
      Cutting cutting = cuttings.getOrDefault(piece.getKey().tableKey(), Cutting.NONE);
      if (piece.getValue().isEmpty() || (common != null && !common.cutsAs(cutting))) {
        return List.of();
      }
      common = cutting;
      cells.or(piece.getValue());
    }
    return common == null ? List.of() : common.ranges(cells).orElse(List.of());
  }
}
