package dev.landfall.pipelines.run;

import dev.landfall.pipelines.api.Journal;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.ledger.Alarm;
import dev.landfall.transforms.ledger.HistoryEntry;
import dev.landfall.transforms.ledger.HistoryLedger;
import dev.landfall.transforms.ledger.RejectLedger;
import dev.landfall.transforms.ledger.RejectList;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A journal over short connections to the target. */
public final class LedgerJournal implements Journal {
  private final ConnectionSettings target;
  private final String name;

  public LedgerJournal(ConnectionSettings target, String name) {
    this.target = target;
    this.name = name;
  }

  @Override
  public List<HistoryEntry> history(int limit) {
    return ask(ledger -> ledger.entries(limit));
  }

  @Override
  public void couldNotStart(
      String command, Instant started, MigrationException.Kind why, String message) {
    change(ledger -> ledger.couldNotStart(command, started, why.name(), message));
  }

  @Override
  public void prune(Duration keep) {
    change(ledger -> ledger.prune(keep));
  }

  @Override
  public Alarm alarm(long run) {
    return ask(ledger -> ledger.alarm(run));
  }

  @Override
  public List<Long> untold() {
    return ask(HistoryLedger::untold);
  }

  @Override
  public void told(long run, @Nullable String error) {
    change(ledger -> ledger.told(run, error));
  }

  @Override
  public RejectList rejects(List<String> tables, boolean mended, int limit) {
    try (Connection connection = Reachability.open(Side.TARGET, target)) {
      return new RejectLedger(connection, name).list(tables, mended, limit);
    } catch (SQLException e) {
      throw Reachability.failed(Side.TARGET, target, "Reading the ledger", e);
    }
  }

  private interface Question<T> {
    T of(HistoryLedger ledger) throws SQLException;
  }

  private interface Change {
    void to(HistoryLedger ledger) throws SQLException;
  }

  private void change(Change change) {
    ask(
        ledger -> {
          change.to(ledger);
          return true;
        });
  }

  private <T> T ask(Question<T> question) {
    try (Connection connection = Reachability.open(Side.TARGET, target)) {
      return question.of(new HistoryLedger(connection, name));
    } catch (SQLException e) {
      throw Reachability.failed(Side.TARGET, target, "Keeping the history", e);
    }
  }
}
