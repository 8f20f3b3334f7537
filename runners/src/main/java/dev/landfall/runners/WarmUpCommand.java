package dev.landfall.runners;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The launcher's own command; apart from {@link WarmUp} so that naming it loads nothing. */
@Command(name = "warm-up", hidden = true, description = "Loads the classes that a run needs.")
final class WarmUpCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    WarmUp.run();
    return ExitCodes.DONE;
  }
}
