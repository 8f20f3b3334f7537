package dev.landfall.runners.demo;

import dev.landfall.embedded.EmbeddedMySql;
import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.pipelines.Migration;
import dev.landfall.runners.cli.CommonOptions;
import dev.landfall.runners.cli.ExitCodes;
import dev.landfall.runners.cli.Session;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.Snapshot.Phase;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The demo from top to bottom: servers, shop, a run that is killed, the same run again. */
final class Demo {
  /** Early enough that much is left, late enough that much is there. */
  private static final double KILL_AT = 0.4;

  private static final long LOOK_MILLIS = 50;

  private final Session session;
  private final DemoServers servers;
  private final boolean json;
  private final PrintStream err;

  Demo(Session session, DemoServers servers, boolean json) {
    this.session = session;
    this.servers = servers;
    this.json = json;
    this.err = session.console().err();
  }

  /** Runs it and returns the exit code. */
  int run() {
    try {
      String source = startAndFill();
      String command = Session.program() + " migrate -c " + servers.spec();
      Migration migration = session.factory().open(CommonOptions.ofSpec(servers.spec()));
      try (migration) {
        say("");
        say("3. The move, by the command that you would type:");
        say("     " + command);
        Optional<Snapshot> killed = runAndKill(migration);
        say("");
        killed.ifPresentOrElse(
            this::sayKilled,
            () -> say("4. That was quicker than the kill; the same command again:"));
        say("     " + command);
        return finish(migration, source, killed);
      }
    } catch (SQLException | IOException e) {
      throw new MigrationException(
          MigrationException.Kind.FAILED, "The demo's servers refused: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopped();
    }
  }

  private String startAndFill() throws SQLException, IOException {
    servers.destroy();
    servers.prepare();
    Optional<String> missing = EmbeddedMySql.missing();
    String name = missing.isEmpty() ? "MySQL 8.0" : "MariaDB 11.4";
    missing.ifPresent(why -> say("   MariaDB takes MySQL's place. " + why));
    err.print("1. Starting " + name + " and PostgreSQL 17 ... ");
    long begun = System.nanoTime();
    try (EmbeddedServer source = servers.startSource(missing.isEmpty());
        EmbeddedServer target = servers.startTarget()) {
      sayTook(begun);
      err.print("2. Making a shop with 500,000 users ... ");
      begun = System.nanoTime();
      source.createDatabase(DemoServers.DATABASE);
      try (Connection connection = source.connect(DemoServers.DATABASE)) {
        Shop.make(connection);
      }
      servers.writeSpec(source, target);
      // Only now: a demo that fails or is stopped before leaves nothing running.
      source.detach();
      target.detach();
      sayTook(begun);
    }
    return name;
  }

  private Optional<Snapshot> runAndKill(Migration migration) throws InterruptedException {
    try (Child child = Child.migrate(servers.spec(), json)) {
      while (child.isAlive()) {
        Snapshot snapshot = migration.snapshot();
        if (snapshot.phase() == Phase.BACKFILL && DemoText.fraction(snapshot) >= KILL_AT) {
          child.kill();
          return Optional.of(migration.snapshot());
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
      int code = child.await();
      if (code == ExitCodes.STOPPED) {
        throw stopped();
      }
      if (code != ExitCodes.DONE) {
        throw new MigrationException(
            MigrationException.Kind.FAILED, "The move ended with exit code " + code + ".");
      }
      return Optional.empty();
    }
  }

  private int finish(Migration migration, String source, Optional<Snapshot> killed)
      throws InterruptedException, IOException {
    try (Child child = Child.migrate(servers.spec(), json)) {
      String document = child.output();
      int code = child.await();
      if (code == ExitCodes.STOPPED) {
        throw stopped();
      }
      if (json) {
        session.console().out().println(document);
      }
      if (code == ExitCodes.DONE) {
        new DemoText(source, servers.spec().toString(), Session.program())
            .lastScreen(migration.snapshot(), killed)
            .forEach(this::say);
      }
      return code;
    }
  }

  private void sayKilled(Snapshot killed) {
    say(
        String.format(
            "4. Killed with signal 9. The ledger has %,d of %,d chunks; the same command goes on:",
            DemoText.chunksDone(killed), DemoText.chunks(killed)));
  }

  private static MigrationException stopped() {
    return new MigrationException(
        MigrationException.Kind.STOPPED,
        "The demo was stopped. Its servers still run; this ends them:\n  "
            + Session.program()
            + " demo --stop");
  }

  private void sayTook(long begun) {
    err.println(String.format("%.1f s", (System.nanoTime() - begun) / 1e9));
  }

  private void say(String line) {
    err.println(line);
  }
}
