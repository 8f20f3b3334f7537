package dev.landfall.runners.demo;

import dev.landfall.runners.cli.Logs;
import dev.landfall.runners.cli.Printer;
import dev.landfall.runners.cli.Session;
import dev.landfall.runners.document.CommandDocument;
import dev.landfall.transforms.MigrationException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code demo}; the servers' classes are loaded only when it runs. */
@Command(
    name = "demo",
    description =
        "Starts a MySQL and a PostgreSQL server, makes a shop with 500,000 users, moves it, kills"
            + " the run in the middle, resumes it, and compares both sides.",
    footer = {"", "Nothing needs to be installed; nothing but this machine is touched."})
public final class DemoCommand implements Callable<Integer> {
  private final Session session;

  @ArgGroup private @Nullable Instead instead;

  @Option(
      names = "--json",
      description = "One JSON document on standard output and nothing else there")
  private boolean json;

  /** What to do with the servers of an earlier demo instead of a new one. */
  private static final class Instead {
    @Option(names = "--stop", description = "Stops the demo's servers and deletes their data")
    private boolean stop;

    @Option(
        names = "--sql",
        paramLabel = "STATEMENT",
        description = "Runs a statement on the demo's target")
    private @Nullable String sql;
  }

  /** The command of that command line. */
  public DemoCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Logs.start(null, false);
    DemoServers servers = servers();
    if (instead != null && instead.sql != null) {
      return new DemoSql(session.console()).run(servers, instead.sql);
    }
    if (instead != null && instead.stop) {
      servers.destroy();
      session.console().err().println("landfall: the demo's servers are stopped and deleted.");
      new Printer(session.console(), json).document(() -> new CommandDocument.DemoStopped(true));
      return 0;
    }
    return new Demo(session, servers, json).run();
  }

  private static DemoServers servers() {
    try {
      return DemoServers.ofUser();
    } catch (NoClassDefFoundError e) {
      throw new MigrationException(
          MigrationException.Kind.FAILED,
          "The jar does not hold the demo's servers: start the demo with ./landfall in the source"
              + " tree.",
          e);
    }
  }
}
