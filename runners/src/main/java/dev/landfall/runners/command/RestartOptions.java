package dev.landfall.runners.command;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.run.DryRun;
import dev.landfall.pipelines.run.ResetMigration;
import dev.landfall.pipelines.run.Task;
import dev.landfall.runners.cli.Session;
import dev.landfall.runners.view.Numbers;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.ledger.Snapshot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/**
 * Beginning anew, which takes away what was moved: nobody does it by a line of a shell's history.
 */
final class RestartOptions {
  /** So many target tables are named. */
  private static final int NAMED = 5;

  @Option(
      names = "--restart",
      description = {
        "Removes what was moved, the tables that it made too, and starts afresh; the history",
        "stays. Asks first, and needs --yes where there is no terminal to ask at"
      })
  private boolean restart;

  @Option(names = "--yes", description = "With --restart: does it without asking")
  private boolean yes;

  /** Whether it is asked for. */
  boolean given() {
    return restart;
  }

  /**
   * Takes the migration back to before its first step, if that was asked for and is wanted, and
   * nothing stands in the way of the task that follows.
   *
   * @param task what follows
   * @throws MigrationException of kind USAGE when nobody confirms it; nothing was touched then
   */
  void apply(Session session, Migration migration, Task<?> task) {
    if (!restart) {
      if (yes) {
        throw usage("--yes means something with --restart only.");
      }
      return;
    }
    Snapshot before = migration.progress();
    if (!yes && isBegun(before)) {
      confirm(session, lost(before));
    }
    migration.perform(new DryRun(task, /* anew= */ true));
    migration.perform(new ResetMigration());
  }

  /** Tables may be made, by {@code schema}, before anything is moved. */
  private static boolean isBegun(Snapshot before) {
    return before.phase() != Snapshot.Phase.NEW || !before.tables().isEmpty();
  }

  private static String lost(Snapshot before) {
    List<String> targets = before.tables().stream().flatMap(t -> t.targets().stream()).toList();
    return "--restart removes what migration \""
        + before.migration()
        + "\" has moved so far: "
        + Numbers.count(before.tables().stream().mapToLong(Snapshot.Table::rowsLoaded).sum(), "row")
        + " in "
        + Numbers.count(targets.size(), "table")
        + " of the target ("
        + targets.stream().limit(NAMED).collect(Collectors.joining(", "))
        + (targets.size() > NAMED ? ", …" : "")
        + "). Its history stays.";
  }

  private static void confirm(Session session, String lost) {
    // The launcher says so, since Java can't tell.
    if (!Boolean.getBoolean("landfall.tty.in")) {
      throw usage(lost + " Give --yes with it to do so. Nothing was touched.");
    }
    var err = session.console().err();
    err.println("landfall: " + lost);
    err.print("Type yes to go on: ");
    err.flush();
    try {
      String line =
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
      if (line == null || !line.strip().toLowerCase(Locale.ROOT).equals("yes")) {
        throw usage("It was not confirmed, so nothing was touched.");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MigrationException usage(String message) {
    return new MigrationException(MigrationException.Kind.USAGE, message);
  }
}
