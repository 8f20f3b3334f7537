package dev.landfall.runners;

import java.util.regex.Pattern;

/** Takes secrets out of texts that people or files get to see. */
public final class Masking {
  /** To the last @ of a word: a password may hold one. */
  private static final Pattern IN_URL = Pattern.compile("(://[^:/@\\s]*:)\\S*@");

  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)((?:password|passwd|pwd|secret|token)\\w*\\s*[=:]\\s*)(\"[^\"]*\"|'[^']*'|[^\\s&;,]+)");

  private Masking() {}

  /** The text with {@code ***} for passwords in URLs and for values named like secrets. */
  public static String mask(String text) {
    String urls = IN_URL.matcher(text).replaceAll("$1***@");
    return NAMED.matcher(urls).replaceAll("$1***");
  }
}
