package dev.landfall.runners.command;

import dev.landfall.runners.cli.ExitCodes;
import dev.landfall.runners.direct.WarmUp;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The launcher's own command; apart from {@link WarmUp} so that naming it loads nothing. */
@Command(name = "warm-up", hidden = true, description = "Loads the classes that a run needs.")
public final class WarmUpCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    WarmUp.run();
    return ExitCodes.DONE;
  }
}
