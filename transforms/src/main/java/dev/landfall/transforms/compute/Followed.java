package dev.landfall.transforms.compute;

import dev.landfall.transforms.types.PgType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key that refers to a row, led on to the row that the target has in its place where several were
 * one.
 */
public final class Followed extends Operator {
  private static final long serialVersionUID = 1L;

  private final Winners winners;
  private transient Winners.@Nullable Settled settled;

  /** Of references to the rows of a target. */
  public Followed(Winners winners) {
    this.winners = winners;
  }

  /** Whose rows are referred to. */
  public Winners winners() {
    return winners;
  }

  @Override
  public String written() {
    return "then the row that " + winners.target() + " has in its place";
  }

  @Override
  public Optional<PgType> type(PgType input) {
    return Optional.of(input);
  }

  @Override
  public @Nullable String apply(@Nullable String value) {
    if (value == null) {
      return null;
    }
    Winners.Settled known = settled;
    if (known == null) {
      known = winners.settled();
      settled = known;
    }
    if (known.isEmpty()) {
      return value;
    }
    String winner = known.winner(KeyNames.escaped(value));
    return winner == null ? value : KeyNames.single(winner);
  }
}
