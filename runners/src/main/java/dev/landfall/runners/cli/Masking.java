package dev.landfall.runners.cli;

import dev.landfall.pipelines.spec.MaskedUrl;
import java.util.regex.Pattern;

/** Takes secrets out of texts that people or files get to see. */
public final class Masking {
  /** What names a secret and is none. */
  private static final String REFERENCE = "\\$\\{[A-Za-z_]\\w*}";

  /** To the last @ of a word: a password may hold one, and so may a user's name. */
  private static final Pattern IN_URL =
      Pattern.compile("(://[^:/\\s]*:)(?!" + REFERENCE + "@[^@\\s]*(?:\\s|$))\\S*@");

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

  /** Nothing but a password's place taken by what stands for it elsewhere. */
  private static final Pattern REFERRING =
      Pattern.compile("[^:/@\\s]+://[^:/@\\s?#]*:" + REFERENCE + "@[^@\\s?]*");

  /** What no URL, and no word that a password was put into, looks like. */
  private static final Pattern PLAIN = Pattern.compile("(?!-\\D)[\\p{L}\\p{N}_.,%+*/ -]*");

  private Masking() {}

  /** The text with {@code ***} for passwords in URLs and for values named like secrets. */
  public static String mask(String text) {
    String urls = IN_URL.matcher(text).replaceAll("$1***@");
    return NAMED.matcher(urls).replaceAll("$1***");
  }

  /**
   * A word of a command line, of which it is known where it begins and ends: of a URL nothing is
   * left that may be a part of a password, whatever signs it has.
   */
  static String argument(String word) {
    int equals = word.startsWith("-") ? word.indexOf('=') + 1 : 0;
    String value = word.substring(equals);
    // Without its scheme, it is a URL for people all the same.
    boolean url = value.contains("://") || value.indexOf('@') > value.indexOf(':') + 1;
    return url && value.indexOf(':') >= 0 && !REFERRING.matcher(value).matches()
        ? word.substring(0, equals) + MaskedUrl.of(value)
        : mask(word);
  }

  /** The value of an option, to be repeated in a message; {@code ***} if it may hold a password. */
  public static String value(String value) {
    return PLAIN.matcher(value).matches() ? value : "***";
  }
}
