package dev.landfall.pipelines.checksum;

import dev.landfall.pipelines.checksum.ComparisonLedger.Piece;
import dev.landfall.transforms.ledger.ChunkLedger;
import dev.landfall.validation.result.Difference;
import dev.landfall.validation.result.RowCounts;
import dev.landfall.validation.result.TableKey;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of what a round's job finds; all of them together are what the round comes to. */
sealed interface Found {
  /** Gives it to the method that takes its kind. */
  void to(Receiver receiver) throws SQLException;

  /** Takes what was found. */
  interface Receiver {
    void read(Read chunk) throws SQLException;

    void counted(Counted counts) throws SQLException;

    void disagreeing(Disagreeing piece) throws SQLException;

    void differing(Differing rows) throws SQLException;
  }

  /**
   * A chunk that was read to its end, by its side, its table's position there and its number.
   *
   * @param rows how many rows were read of it; 0 where its database has summed them up
   * @param filtered how many of those go to no target
   */
  record Read(ChunkLedger.Plan side, int table, long number, long rows, long filtered)
      implements Found {
    @Override
    public void to(Receiver receiver) throws SQLException {
      receiver.read(this);
    }
  }

  /** What some of a target table's rows count for in its verdict. */
  record Counted(TableKey table, RowCounts rows) implements Found {
    @Override
    public void to(Receiver receiver) throws SQLException {
      receiver.counted(this);
    }
  }

  /**
   * A piece whose rows have to be looked at.
   *
   * @param piece with the rows of those cells
   * @param cells which of its cells; null for all
   */
  record Disagreeing(Piece piece, @Nullable BitSet cells) implements Found {
    @Override
    public void to(Receiver receiver) throws SQLException {
      receiver.disagreeing(this);
    }
  }

  /** Rows that differ, in the order in which they are to be named. */
  record Differing(List<Difference> rows) implements Found {
    public Differing {
      rows = List.copyOf(rows);
    }

    @Override
    public void to(Receiver receiver) throws SQLException {
      receiver.differing(this);
    }
  }
}
