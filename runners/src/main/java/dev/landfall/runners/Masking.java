package dev.landfall.runners;

import java.util.regex.Pattern;

/** Takes secrets out of texts that people or files get to see. */
public final class Masking {
  /** What names a secret and is none. */
  private static final String REFERENCE = "\\$\\{[A-Za-z_]\\w*}";

  /** To the last @ of a word: a password may hold one. */
  private static final Pattern IN_URL =
      Pattern.compile("(://[^:/@\\s]*:)(?!" + REFERENCE + "@[^@\\s]*(?:\\s|$))\\S*@");

  /**
   * A colon with a space behind it is as likely a sentence's ("using password: YES"): there only
   * what is quoted, or ends its line as a value of YAML does, is a secret.
   */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)((?:password|passwd|pwd|secret|token)\\w*(?:\\s*[=:]\\s*(?=[\"'])|\\s*=\\s*|:|:\\s+(?=\\S+$)))"
              + "(?![\"']?(?:"
              + REFERENCE
              + "|file:\\S+?)[\"']?(?:[\\s&;,]|$))(\"[^\"]*\"|'[^']*'|[^\\s&;,]+)",
          Pattern.MULTILINE);

  private Masking() {}

  /** The text with {@code ***} for passwords in URLs and for values named like secrets. */
  public static String mask(String text) {
    String urls = IN_URL.matcher(text).replaceAll("$1***@");
    return NAMED.matcher(urls).replaceAll("$1***");
  }
}
