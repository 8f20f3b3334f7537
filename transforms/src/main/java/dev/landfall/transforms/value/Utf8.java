package dev.landfall.transforms.value;

/** UTF-8 as PostgreSQL takes it: no surrogates, nothing longer than needed (RFC 3629). */
public final class Utf8 {
  private Utf8() {}

  /** Where the first bytes are that are no character, or -1 where all are. */
  public static int firstBad(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end) {
      int length = bytes[at] >= 0 ? 1 : length(bytes, at, end);
      if (length < 0) {
        return at;
      }
      at += length;
    }
    return -1;
  }

  /**
   * How many bytes the character takes that begins there; for bytes that are none their number,
   * complemented: those of a character that breaks off, and at least one.
   */
  public static int length(byte[] bytes, int at, int end) {
    int lead = bytes[at] & 0xff;
    if (lead < 0x80) {
      return 1;
    }
    int length = lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : 4;
    if (lead < 0xc2 || lead > 0xf4) {
      return ~1;
    }
    for (int i = 1; i < length; i++) {
      if (at + i >= end || !continues(lead, i, bytes[at + i] & 0xff)) {
        return ~i;
      }
    }
    return length;
  }

  private static boolean continues(int lead, int place, int next) {
    int least = 0x80;
    int most = 0xbf;
    if (place == 1) {
      switch (lead) {
        case 0xe0 -> least = 0xa0;
        case 0xed -> most = 0x9f;
        case 0xf0 -> least = 0x90;
        case 0xf4 -> most = 0x8f;
        default -> {}
      }
    }
    return next >= least && next <= most;
  }
}
