package dev.landfall.transforms.types;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the texts of a character set can be read so that no byte is lost. A server that converts a
 * text for its client puts a question mark for whatever it can't convert, and says nothing.
 */
public enum SourceCharset {
  /** The server's bytes are UTF-8 already, or each of the 256 bytes has a character. */
  SAFE,
  /** Its bytes are UTF-8, but the server checks and changes them when it converts. */
  UTF8MB3,
  /** The server has to convert, and each value has to show that it survives. */
  CONVERTED,
  /** The same; two or four bytes a character, so that parts of one are no text. */
  WIDE;

  /** MySQL's latin1 is cp1252 with its five holes filled (MySQL manual 10.10.2). */
  private static final Set<String> ALL_SAFE = Set.of("utf8mb4", "latin1", "binary");

  private static final Set<String> ALL_WIDE = Set.of("ucs2", "utf16", "utf16le", "utf32");

  /** For a column's character set; null for a type that has none. */
  public static SourceCharset of(@Nullable String name) {
    if (name == null || ALL_SAFE.contains(name)) {
      return SAFE;
    }
    if (name.equals("utf8") || name.equals("utf8mb3")) {
      return UTF8MB3;
    }
    return ALL_WIDE.contains(name) ? WIDE : CONVERTED;
  }

  /** Whether a value that does not survive its conversion arrives marked. */
  public boolean marks() {
    return this == CONVERTED || this == WIDE;
  }
}
