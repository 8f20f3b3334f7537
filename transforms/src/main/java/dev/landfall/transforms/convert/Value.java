package dev.landfall.transforms.convert;

import dev.landfall.transforms.model.OddValue;
import org.jspecify.annotations.Nullable;

/** A value on its way through a column's rules. One object is used for all values of a column. */
final class Value {
  /** What has become of it. */
  enum State {
    /** Bytes of the source, to be converted. */
    OPEN,
    /** PostgreSQL's text form. */
    FINAL,
    NULL,
    REFUSED
  }

  private byte[] bytes = new byte[0];
  private int start;
  private int end;
  private State state = State.OPEN;
  private @Nullable OddValue refused;

  void set(byte[] newBytes, int newStart, int newEnd) {
    bytes = newBytes;
    start = newStart;
    end = newEnd;
    state = State.OPEN;
    refused = null;
  }

  /** Other bytes in the place of the source's. */
  void change(byte[] newBytes) {
    bytes = newBytes;
    start = 0;
    end = newBytes.length;
  }

  /** Puts a value of the target's type in its place; null is NULL. */
  void settle(byte @Nullable [] textForm) {
    if (textForm == null) {
      state = State.NULL;
    } else {
      change(textForm);
      state = State.FINAL;
    }
  }

  void refuse(OddValue odd) {
    state = State.REFUSED;
    refused = odd;
  }

  State state() {
    return state;
  }

  @Nullable OddValue refused() {
    return refused;
  }

  byte[] bytes() {
    return bytes;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }
}
