package dev.landfall.transforms.convert;

import dev.landfall.transforms.model.OddValue;
import java.io.ByteArrayOutputStream;

/** Finds NUL characters; only where a rule wants something else than PostgreSQL's refusal. */
final class NulLook extends Look {
  NulLook(RuledColumn column) {
    super(column, OddValue.NUL);
  }

  @Override
  boolean isOdd(byte[] bytes, int start, int end) {
    return find(bytes, start, end) >= 0;
  }

  /** Where the first NUL is, or -1. */
  static int find(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i++) {
      if (bytes[i] == 0) {
        return i;
      }
    }
    return -1;
  }

  @Override
  void treat(Value value) {
    if (!isOdd(value.bytes(), value.start(), value.end())) {
      return;
    }
    switch (policy(OddValue.NUL).outcome()) {
      case STRIP, REPLACE -> settle(value, OddValue.NUL, mended(value));
      case REFUSE, NULL, VALUE, BYTES, KEEP, DECODE -> settle(value, OddValue.NUL);
    }
  }

  private byte[] mended(Value value) {
    byte[] replacement = replacement(OddValue.NUL);
    ByteArrayOutputStream out = new ByteArrayOutputStream(value.end() - value.start());
    for (int i = value.start(); i < value.end(); i++) {
      if (value.bytes()[i] == 0) {
        out.writeBytes(replacement);
      } else {
        out.write(value.bytes()[i]);
      }
    }
    return out.toByteArray();
  }
}
