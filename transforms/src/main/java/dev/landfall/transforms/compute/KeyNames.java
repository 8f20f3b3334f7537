package dev.landfall.transforms.compute;

import org.jspecify.annotations.Nullable;

/**
 * Keys as one text each: the columns' texts with a colon between them, a backslash before each
 * colon and backslash in them.
 */
public final class KeyNames {
  private KeyNames() {}

  /** The key of those texts; null where one of them is. */
  public static @Nullable String of(@Nullable String... texts) {
    if (texts.length == 1) {
      String only = texts[0];
      return only == null ? null : escaped(only);
    }
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < texts.length; i++) {
      String text = texts[i];
      if (text == null) {
        return null;
      }
      key.append(i == 0 ? "" : ":").append(escaped(text));
    }
    return key.toString();
  }

  /** One of the texts. */
  static String escaped(String text) {
    return text.indexOf(':') < 0 && text.indexOf('\\') < 0
        ? text
        : text.replace("\\", "\\\\").replace(":", "\\:");
  }

  /** The text of a key of one column. */
  public static String single(String key) {
    return key.indexOf('\\') < 0 ? key : key.replaceAll("\\\\(.)", "$1");
  }
}
