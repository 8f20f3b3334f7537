package dev.landfall.pipelines.define;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done of one table, in stages: all pieces of a stage can be done at once, and a
 * stage waits for the one before. Not for several threads.
 */
final class TableWork {
  /** A piece of work, for whoever has a connection. */
  @FunctionalInterface
  interface Piece {
    void run(Connection connection) throws SQLException;
  }

  private final long size;
  private final Deque<Deque<Piece>> stages = new ArrayDeque<>();
  private int running;

  /**
   * Of a table.
   *
   * @param size how large the table is beside others
   */
  TableWork(long size) {
    this.size = size;
  }

  long size() {
    return size;
  }

  /** Adds a stage of one piece. */
  void then(Piece piece) {
    then(List.of(piece));
  }

  /** Adds a stage. */
  void then(Collection<Piece> pieces) {
    if (!pieces.isEmpty()) {
      stages.add(new ArrayDeque<>(pieces));
    }
  }

  /** How many could be at work on it together. */
  int most() {
    return stages.stream().mapToInt(Deque::size).max().orElse(0);
  }

  /** Whether there is nothing to begin any more. */
  boolean begun() {
    return stages.isEmpty();
  }

  /** Takes a piece that can be begun by now; empty where others are in the way. */
  Optional<Piece> take() {
    Deque<Piece> stage = stages.peek();
    if (stage == null || (stage.isEmpty() && running > 0)) {
      return Optional.empty();
    }
    if (stage.isEmpty()) {
      stages.remove();
      return take();
    }
    Piece piece = stage.remove();
    if (stage.isEmpty() && stages.size() == 1) {
      stages.remove();
    }
    running++;
    return Optional.of(piece);
  }

  /** A piece that was taken is done. */
  void done() {
    running--;
  }
}
