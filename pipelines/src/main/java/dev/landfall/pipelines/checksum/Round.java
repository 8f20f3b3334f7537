package dev.landfall.pipelines.checksum;

import dev.landfall.pipelines.checksum.ComparisonLedger.Piece;
import dev.landfall.validation.difference.Detail;
import dev.landfall.validation.digest.TableKey;
import dev.landfall.validation.report.RowCounts;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One of the jobs that match the rows of pieces that disagree.
 *
 * @param number from 1
 * @param detail what is kept of each row
 */
public record Round(int number, Detail detail) implements Serializable {
  /**
   * What to do next.
   *
   * @param detail what to keep of the rows of {@code read}
   * @param read pieces whose rows have to be matched, as many as fit one job
   * @param known counts of pieces that need no look, because one side has no rows at all
   * @param left pieces for later rounds
   */
  public record Choice(
      Detail detail, List<Piece> read, Map<TableKey, RowCounts> known, List<Piece> left) {
    public Choice {
      read = List.copyOf(read);
      known = Map.copyOf(known);
      left = List.copyOf(left);
    }
  }

  /**
   * Chooses the pieces of the next round. Rows are named while a table has room for differences,
   * and then only counted.
   *
   * @param todo at least one
   * @param named how many differences of each table are known already
   */
  public static Choice next(List<Piece> todo, Map<TableKey, Long> named, int maxDifferences) {
    Map<TableKey, Long> expected = new HashMap<>(named);
    boolean anyToName = todo.stream().anyMatch(p -> room(p, expected, maxDifferences));
    Detail detail = anyToName ? Detail.KEYS_AND_COLUMNS : Detail.COUNTS;
    List<Piece> read = new ArrayList<>();
    List<Piece> left = new ArrayList<>();
    Map<TableKey, RowCounts> known = new HashMap<>();
    long rows = 0;
    for (Piece piece : todo) {
      boolean room = room(piece, expected, maxDifferences);
      if (!room && (piece.sourceRows() == 0 || piece.targetRows() == 0)) {
        known.merge(
            piece.key().tableKey(),
            RowCounts.of(0, 0, piece.sourceRows(), piece.targetRows()),
            RowCounts::plus);
      } else if (room == anyToName
          && (read.isEmpty() || rows + piece.rows() <= detail.rowsPerRound())) {
        read.add(piece);
        rows += piece.rows();
        expected.merge(piece.key().tableKey(), piece.differs(), Long::sum);
      } else {
        left.add(piece);
      }
    }
    return new Choice(detail, read, known, left);
  }

  private static boolean room(Piece piece, Map<TableKey, Long> expected, int maxDifferences) {
    return expected.getOrDefault(piece.key().tableKey(), 0L) < maxDifferences;
  }
}
