package dev.landfall.runners.report;

import dev.landfall.runners.cli.Masking;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A spec as it may be shown: without secrets, with lines that end alike.
 *
 * @param text what is shown
 */
public record SpecText(String text) {
  private static final String HIDDEN = "***";

  /** A secret that is shorter may be a part of an innocent word, and masking it would tell it. */
  private static final int TELLING = 8;

  private static final Pattern NAMED =
      Pattern.compile("(?i)((?:password|passwd|pwd|secret|token)\\w*[\"']?\\s*[:=])(.*)$");

  private static final Pattern REFERENCE =
      Pattern.compile("\\s*[\"']?(?:\\$\\{[A-Za-z_]\\w*}|file:[^\"',}\\s]+)[\"']?\\s*(?:#.*)?");

  private static final Pattern SIDE = Pattern.compile("[\"']?(?:source|target)[\"']?\\s*:.*");

  /**
   * The text of a spec without its secrets. What stands behind a word for a secret in the spec's
   * connections, or in a comment, is hidden to the end of the line; so are passwords in URLs, and
   * known secrets wherever they stand.
   *
   * @param secrets the secrets that the spec was found to have
   */
  public static SpecText masked(String text, List<String> secrets) {
    String known = text;
    for (String secret : secrets) {
      if (secret.length() >= TELLING) {
        known =
            Pattern.compile("(?<!\\w)" + Pattern.quote(secret) + "(?!\\w)")
                .matcher(known)
                .replaceAll(HIDDEN);
      }
    }
    List<String> shown = new ArrayList<>();
    boolean side = false;
    int secretIndent = -1;
    for (String line : known.replace("\uFEFF", "").lines().toList()) {
      int indent = line.length() - line.stripLeading().length();
      if (secretIndent >= 0 && (indent > secretIndent || line.isBlank())) {
        shown.add(line.isBlank() ? "" : " ".repeat(indent) + HIDDEN);
        continue;
      }
      secretIndent = -1;
      if (indent == 0 && !line.isBlank() && !line.startsWith("#")) {
        // A document in one pair of braces has no lines of its own for the connections.
        side =
            SIDE.matcher(line).matches()
                || line.startsWith("{")
                || (side && line.matches("[}\\]].*"));
      }
      Matcher named = NAMED.matcher(line);
      boolean found = named.find();
      int comment = line.indexOf('#');
      boolean hide =
          found
              && (side || (comment >= 0 && comment < named.start()))
              && !REFERENCE.matcher(named.group(2)).matches();
      if (hide) {
        // The value may go on in lines that are indented more.
        secretIndent = indent;
        line = line.substring(0, named.end(1)) + (named.group(1).endsWith(":") ? " " : "") + HIDDEN;
      }
      shown.add(Masking.mask(line).stripTrailing());
    }
    return new SpecText(
        shown.stream().collect(Collectors.joining("\n", "", "\n")).replaceAll("\n+$", "\n"));
  }

  /** SHA-256 of the text that is shown: a new password does not make another spec. */
  public String fingerprint() {
    return Fingerprint.of(text);
  }
}
