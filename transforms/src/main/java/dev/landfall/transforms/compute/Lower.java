package dev.landfall.transforms.compute;

import java.util.Locale;

/** In lower case, by Unicode's rules and those of no language. */
public final class Lower extends TextOperator {
  private static final long serialVersionUID = 1L;

  public Lower() {
    super("lower");
  }

  @Override
  String changed(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
