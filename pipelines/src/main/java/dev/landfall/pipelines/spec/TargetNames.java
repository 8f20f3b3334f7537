package dev.landfall.pipelines.spec;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Names that PostgreSQL takes as they are. It cuts longer ones after 63 bytes (manual 4.1.1), so
 * that two may become one; MySQL allows 64 characters of up to 3 bytes (manual 9.2.1).
 */
final class TargetNames {
  static final int MAX_BYTES = 63;

  private TargetNames() {}

  /** What is wrong with a name that a user gave. */
  static Optional<String> tooLong(String name) {
    return bytes(name) > MAX_BYTES
        ? Optional.of("the name is longer than PostgreSQL's " + MAX_BYTES + " bytes.")
        : Optional.empty();
  }

  /** The name itself or, when it is too long, its beginning and a hash of the whole. */
  static String fit(String name) {
    if (bytes(name) <= MAX_BYTES) {
      return name;
    }
    CRC32 hash = new CRC32();
    hash.update(name.getBytes(StandardCharsets.UTF_8));
    String suffix = String.format("_%08x", hash.getValue());
    int end = name.length();
    while (bytes(name.substring(0, end)) > MAX_BYTES - suffix.length()) {
      end = name.offsetByCodePoints(end, -1);
    }
    return name.substring(0, end) + suffix;
  }

  private static int bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }
}
