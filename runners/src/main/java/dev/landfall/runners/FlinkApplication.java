package dev.landfall.runners;

import dev.landfall.runners.cli.ExitCodes;
import dev.landfall.runners.display.Console;

/**
 * A command as a Flink application: the cluster exists for it, its JobManager carries it out, and
 * ends with it. Takes a command line with {@code --runner flink --flink-master auto}.
 */
public final class FlinkApplication {
  private FlinkApplication() {}

  /**
   * Runs one command. Its exit code is not the process's, which is Flink's own: a command that did
   * not end well is an application that failed.
   *
   * @throws IllegalStateException when the exit code is not 0
   */
  public static void main(String[] arguments) {
    int code = Landfall.run(arguments, Landfall::open, Console.ofProcess());
    if (code != ExitCodes.DONE) {
      throw new IllegalStateException(
          "landfall " + arguments[0] + " ended with exit code " + code + "; see its output");
    }
  }
}
