package dev.landfall.pipelines.spec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows a URL, right or wrong, without anything that could be a password: in a URL that can't be
 * read, a piece of one may stand anywhere, so in doubt less is shown.
 */
public final class MaskedUrl {
  private static final Pattern SCHEME = Pattern.compile("(?i)(?:jdbc:)?[a-z][a-z0-9+.-]*://");
  private static final Pattern ADDRESS =
      Pattern.compile("(\\[[0-9A-Fa-f:.%]*]|[^:/\\[\\]]*)(:[0-9]{1,5})?(/.*)?");
  static final String HIDDEN = "***";

  private MaskedUrl() {}

  /** The URL with {@code ***} in place of passwords and of everything that may be one. */
  public static String of(String url) {
    Matcher scheme = SCHEME.matcher(url);
    if (!scheme.lookingAt()) {
      return HIDDEN;
    }
    String rest = url.substring(scheme.end());
    int at = rest.lastIndexOf('@');
    int query = rest.indexOf('?');
    if (query >= 0 && query < at) {
      return scheme.group() + HIDDEN;
    }
    String address = rest.substring(at + 1, query < 0 ? rest.length() : query);
    Matcher parts = ADDRESS.matcher(address);
    if (!parts.matches()) {
      int colon = address.indexOf(':');
      address = (colon < 0 ? "" : address.substring(0, colon) + ":") + HIDDEN;
    }
    return scheme.group()
        + login(at < 0 ? "" : rest.substring(0, at + 1))
        + address
        + (query < 0 ? "" : "?" + HIDDEN);
  }

  /** A value of another kind, in whose place a URL may have come. */
  public static String value(String text) {
    return text.indexOf(':') < 0 && text.indexOf('@') < 0 ? text : HIDDEN;
  }

  private static String login(String login) {
    int colon = login.indexOf(':');
    return colon < 0 ? login : login.substring(0, colon + 1) + HIDDEN + "@";
  }
}
