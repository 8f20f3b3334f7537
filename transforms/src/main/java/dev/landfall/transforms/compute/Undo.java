package dev.landfall.transforms.compute;

/** Whether the values that something was made of can be told from what was made. */
public enum Undo {
  /** Each value that is made comes of one only, and which can be told. */
  EXACT("yes"),
  /** Different values become the same one. */
  NONE("no");

  private final String word;

  Undo(String word) {
    this.word = word;
  }

  /** For a person: whether it can go back. */
  public String word() {
    return word;
  }

  /** Of one behind the other. */
  public Undo and(Undo next) {
    return this == EXACT ? next : this;
  }
}
