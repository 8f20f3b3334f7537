package dev.landfall.pipelines.define;

import dev.landfall.pipelines.define.TableWork.Piece;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Connections;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.sql.DdlSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions of the target that do the work on tables side by side, the largest first. How many there
 * are is the server's to say; where it has no room for all of them, fewer do the work.
 */
final class Builders {
  private static final Logger LOG = LoggerFactory.getLogger(Builders.class);

  private final ConnectionSettings target;
  private final Function<SQLException, MigrationException> failed;
  private final List<TableWork> works;
  private boolean ended;

  private Builders(
      ConnectionSettings target,
      Collection<TableWork> works,
      Function<SQLException, MigrationException> failed) {
    this.target = target;
    this.failed = failed;
    this.works = new ArrayList<>(works);
    this.works.sort(Comparator.comparingLong(TableWork::size).reversed());
  }

  /**
   * Does all of the work. Behind a failure nothing is begun any more, and what is in hand is ended.
   *
   * @param failed what to throw for what the server says
   * @throws MigrationException the failure
   */
  static void run(
      ConnectionSettings target,
      Collection<TableWork> works,
      Function<SQLException, MigrationException> failed) {
    if (!works.isEmpty()) {
      new Builders(target, works, failed).run();
    }
  }

  private void run() {
    List<CompletableFuture<Void>> builders = new ArrayList<>();
    try (Connection first = Reachability.open(Side.TARGET, target)) {
      int most = Math.min(most(first), works.stream().mapToInt(TableWork::most).sum());
      builders.add(CompletableFuture.runAsync(() -> build(first), Builders::start));
      for (int i = 1; i < most; i++) {
        builders.add(CompletableFuture.runAsync(this::help, Builders::start));
      }
      CompletableFuture.allOf(builders.toArray(CompletableFuture<?>[]::new)).join();
    } catch (CompletionException e) {
      MigrationException known = MigrationException.in(e);
      throw known == null ? e : known;
    } catch (SQLException e) {
      throw failed.apply(e);
    }
  }

  private static void start(Runnable builder) {
    Thread thread = new Thread(builder, "landfall-build");
    thread.setDaemon(true);
    thread.start();
  }

  private static int most(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(DdlSql.BUILDERS)) {
      row.next();
      return row.getInt(1);
    }
  }

  private void help() {
    Connection connection;
    try {
      connection = Connections.open(target);
    } catch (SQLException | MigrationException e) {
      LOG.info("fewer sessions build: {}", e.getMessage());
      return;
    }
    try (connection) {
      build(connection);
    } catch (SQLException e) {
      LOG.debug("closing failed", e);
    }
  }

  private void build(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(DdlSql.BUILD_SESSION);
      for (Taken taken = next(); taken != null; taken = next()) {
        taken.piece().run(connection);
        done(taken.work());
      }
    } catch (SQLException e) {
      throw failed.apply(e);
    } finally {
      end();
    }
  }

  private record Taken(TableWork work, Piece piece) {}

  /** Waits for what can be begun; null where nothing is left to begin. */
  private synchronized @Nullable Taken next() {
    while (!ended && !works.isEmpty()) {
      for (Iterator<TableWork> all = works.iterator(); all.hasNext(); ) {
        TableWork work = all.next();
        Optional<Piece> piece = work.take();
        if (work.begun()) {
          all.remove();
        }
        if (piece.isPresent()) {
          return new Taken(work, piece.get());
        }
      }
      try {
        wait();
      } catch (InterruptedException e) {
        // Nobody interrupts a builder; a wish to stop is seen before each piece.
        Thread.currentThread().interrupt();
        return null;
      }
    }
    return null;
  }

  private synchronized void done(TableWork work) {
    work.done();
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }
}
