package dev.landfall.runners.display;

import java.io.PrintStream;
import java.util.List;

/**
 * Lines in a terminal that are redrawn in place. The cursor rests below them, so whatever else
 * writes there, or kills the process, leaves a readable screen. Not safe for several threads.
 */
final class Screen {
  private static final String ESCAPE = Visible.ESCAPE + "[";

  private final PrintStream stream;
  private int drawn;

  Screen(PrintStream stream) {
    this.stream = stream;
  }

  /** Puts these lines where the ones before were. */
  void draw(List<String> lines) {
    StringBuilder text = new StringBuilder();
    up(text);
    for (String line : lines) {
      text.append(line).append(ESCAPE).append("K\n");
    }
    write(text.append(ESCAPE).append('J'));
    drawn = lines.size();
  }

  /** Wipes the lines; the next text begins where they did. */
  void erase() {
    if (drawn > 0) {
      StringBuilder text = new StringBuilder();
      up(text);
      write(text.append(ESCAPE).append('J'));
      drawn = 0;
    }
  }

  private void up(StringBuilder text) {
    text.append(ESCAPE).append('G');
    if (drawn > 0) {
      text.append(ESCAPE).append(drawn).append('A');
    }
  }

  /** In one piece: nobody sees half a block. */
  private void write(StringBuilder text) {
    stream.print(text);
    stream.flush();
  }
}
