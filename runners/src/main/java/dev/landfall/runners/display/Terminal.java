package dev.landfall.runners.display;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * What standard error can show.
 *
 * @param interactive whether it is a terminal, so that lines can be redrawn
 * @param columns its width in characters
 * @param rows its height in lines
 * @param colour whether colours are wanted
 * @param unicode whether more than ASCII can be shown
 */
public record Terminal(
    boolean interactive, int columns, int rows, boolean colour, boolean unicode) {
  /** Narrower ones wrap; there is nothing sensible to draw. */
  private static final int LEAST_COLUMNS = 40;

  /** A file or a pipe has no width, and whoever reads it may look for whole names. */
  static final int UNLIMITED = 1_000;

  private static final int USUAL_COLUMNS = 80;
  private static final int USUAL_ROWS = 24;

  public Terminal {
    columns = columns <= 0 ? USUAL_COLUMNS : Math.max(LEAST_COLUMNS, columns);
    rows = rows <= 0 ? USUAL_ROWS : rows;
  }

  /**
   * As the launcher found it: Java can't tell whether standard error is a terminal, so the launcher
   * passes {@code landfall.tty} as {@code ROWS COLUMNS} when it is one.
   *
   * @param size the property's value, empty when there is no terminal
   * @param environment NO_COLOR (no-color.org), TERM, and the locale's variables
   */
  public static Terminal of(String size, Map<String, String> environment) {
    boolean interactive = !size.isEmpty() && !"dumb".equals(environment.get("TERM"));
    boolean colour = interactive && environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(interactive, 0, 0, colour, unicode(environment)).resized(size);
  }

  /** A file or a pipe in its place. */
  public static Terminal file(Map<String, String> environment) {
    return new Terminal(false, UNLIMITED, 0, false, unicode(environment));
  }

  /**
   * The same with another size, {@code ROWS COLUMNS} as stty prints it; anything else is ignored.
   */
  Terminal resized(String size) {
    String[] parts = size.strip().split(" ", -1);
    if (parts.length != 2 || !parts[0].matches("\\d{1,5}") || !parts[1].matches("\\d{1,5}")) {
      return this;
    }
    return new Terminal(
        interactive, Integer.parseInt(parts[1]), Integer.parseInt(parts[0]), colour, unicode);
  }

  /** The same with the size that the terminal has now. */
  public Terminal measured() {
    if (!interactive) {
      return this;
    }
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(Path.of("/dev/tty").toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return resized(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // No stty or no controlling terminal: the size that the launcher passed stays.
      return this;
    }
  }

  /** POSIX: LC_ALL wins over LC_CTYPE, which wins over LANG. */
  private static boolean unicode(Map<String, String> environment) {
    for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        String upper = value.toUpperCase(Locale.ROOT);
        return upper.contains("UTF-8") || upper.contains("UTF8");
      }
    }
    return false;
  }
}
