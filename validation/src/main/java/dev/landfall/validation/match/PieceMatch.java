package dev.landfall.validation.match;

import dev.landfall.transforms.model.TableMapping;
import dev.landfall.validation.result.Difference;
import java.util.List;

/** Matches the rows of one piece that are in memory, as {@link MatchRows} does on a runner. */
public final class PieceMatch {
  private PieceMatch() {}

  /**
   * What differs, at most so many.
   *
   * @param target position of the target table among those of its source table
   */
  public static List<Difference> differences(
      TableMapping mapping,
      int target,
      Iterable<RowHashes> source,
      Iterable<RowHashes> found,
      int limit) {
    PieceDifferences.Builder differences = new PieceDifferences.Builder(0, limit);
    boolean keyed = !mapping.targets().get(target).key().isEmpty();
    new RowMatcher(keyed, new SideRows(source), new SideRows(found), differences).match();
    return differences.build().unpack(mapping, target, limit);
  }
}
