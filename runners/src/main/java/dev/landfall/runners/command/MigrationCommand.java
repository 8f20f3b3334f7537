package dev.landfall.runners.command;

import dev.landfall.pipelines.Migration;
import dev.landfall.runners.cli.CommonOptions;
import dev.landfall.runners.cli.Logs;
import dev.landfall.runners.cli.Printer;
import dev.landfall.runners.cli.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that works on one migration: opens it, closes it, knows the common options. */
abstract class MigrationCommand implements Callable<Integer> {
  final Session session;

  @Mixin final CommonOptions common;

  MigrationCommand(Session session) {
    this.session = session;
    this.common = session.commonOptions();
  }

  @Override
  public final Integer call() {
    common.check();
    Logs.start(common.log(), common.verbose());
    Logs.note("process " + ProcessHandle.current().pid() + ": " + session.typed());
    long begun = System.nanoTime();
    try (Migration migration = session.factory().open(common)) {
      int code = run(migration);
      Logs.note("exit code " + code + " after " + (System.nanoTime() - begun) / 1_000_000 + " ms");
      return code;
    }
  }

  /** Shows what the command gives. */
  final Printer printer() {
    return new Printer(session.console(), common.json());
  }

  /** Does the work and returns the exit code. */
  abstract int run(Migration migration);
}
