package dev.landfall.pipelines.checksum;

import dev.landfall.pipelines.checksum.ComparisonLedger.Piece;
import dev.landfall.validation.match.Detail;
import dev.landfall.validation.result.TableKey;
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
   * @param known pieces that need no look, because one side has no rows at all
   */
  public record Choice(Detail detail, List<Piece> read, List<Piece> known) {
    public Choice {
      read = List.copyOf(read);
      known = List.copyOf(known);
    }
  }

  /**
   * Chooses the pieces of the next round; what is neither known nor read is left for later ones.
   * Rows are named while a table has room for differences, and then only counted. The choice is the
   * same for the same arguments, also when what is known of them is left out.
   *
   * @param todo at least one
   * @param named how many differences of each table are known already
   */
  public static Choice next(List<Piece> todo, Map<TableKey, Long> named, int maxDifferences) {
    Map<TableKey, Long> expected = new HashMap<>(named);
    boolean anyToName = todo.stream().anyMatch(p -> room(p, expected, maxDifferences));
    Detail detail = anyToName ? Detail.KEYS_AND_COLUMNS : Detail.COUNTS;
    List<Piece> read = new ArrayList<>();
    List<Piece> known = new ArrayList<>();
    long rows = 0;
    for (Piece piece : todo) {
      boolean room = room(piece, expected, maxDifferences);
      if (!room && (piece.sourceRows() == 0 || piece.targetRows() == 0)) {
        known.add(piece);
      } else if (room == anyToName
          && (read.isEmpty() || rows + piece.rows() <= detail.rowsPerRound())) {
        read.add(piece);
        rows += piece.rows();
        expected.merge(piece.key().tableKey(), piece.differs(), Long::sum);
      }
    }
    return new Choice(detail, read, known);
  }

  private static boolean room(Piece piece, Map<TableKey, Long> expected, int maxDifferences) {
    return expected.getOrDefault(piece.key().tableKey(), 0L) < maxDifferences;
  }
}
