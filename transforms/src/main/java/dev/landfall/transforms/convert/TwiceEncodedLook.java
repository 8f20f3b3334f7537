package dev.landfall.transforms.convert;

import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.value.TwiceEncoded;

/** Finds texts that were encoded twice, where a rule wants them decoded. */
final class TwiceEncodedLook extends Look {
  TwiceEncodedLook(RuledColumn column) {
    super(column, OddValue.TWICE_ENCODED);
  }

  @Override
  boolean isOdd(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i++) {
      if (bytes[i] < 0) {
        return TwiceEncoded.decode(bytes, start, end) != null;
      }
    }
    return false;
  }

  @Override
  void treat(Value value) {
    byte[] decoded = TwiceEncoded.decode(value.bytes(), value.start(), value.end());
    if (decoded != null) {
      settle(value, OddValue.TWICE_ENCODED, decoded);
    }
  }
}
