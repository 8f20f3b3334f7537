package dev.landfall.runners.flink;

import dev.landfall.pipelines.api.Room;

/** How many slots jobs take: those that somebody named, or as many as suit and have room. */
final class Slots {
  private final int wanted;
  private final boolean given;
  private volatile int count;

  private Slots(int wanted, boolean given) {
    this.wanted = wanted;
    this.count = wanted;
    this.given = given;
  }

  /**
   * Slots.
   *
   * @param asked how many, 0 for what suits
   * @param usual what suits
   */
  static Slots of(int asked, int usual) {
    return asked > 0 ? new Slots(asked, /* given= */ true) : new Slots(usual, /* given= */ false);
  }

  int count() {
    return count;
  }

  /**
   * Takes fewer where there is not room for so many, unless somebody named the number.
   *
   * @throws dev.landfall.transforms.MigrationException of kind USAGE for a number that was named
   */
  void fit(Room room) {
    count = room.fit(wanted, given);
  }
}
