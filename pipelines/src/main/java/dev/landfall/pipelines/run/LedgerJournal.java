package dev.landfall.pipelines.run;

import dev.landfall.pipelines.api.Journal;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.ledger.Alarm;
import dev.landfall.transforms.ledger.AlarmLedger;
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
    return ask(target -> new HistoryLedger(target, name).entries(limit));
  }

  @Override
  public void couldNotStart(
      String command, Instant started, MigrationException.Kind why, String message) {
    change(
        target ->
            new HistoryLedger(target, name).couldNotStart(command, started, why.name(), message));
  }

  @Override
  public void prune(Duration keep) {
    change(target -> new HistoryLedger(target, name).prune(keep));
  }

  @Override
  public Alarm alarm(long run) {
    return ask(target -> new AlarmLedger(target, name).alarm(run));
  }

  @Override
  public List<Long> untold() {
    return ask(target -> new AlarmLedger(target, name).untold());
  }

  @Override
  public void told(long run, @Nullable String error) {
    change(target -> new AlarmLedger(target, name).told(run, error));
  }

  @Override
  public RejectList rejects(List<String> tables, boolean mended, int limit) {
    return ask(
        "Reading the ledger", target -> new RejectLedger(target, name).list(tables, mended, limit));
  }

  private interface Question<T> {
    T of(Connection target) throws SQLException;
  }

  private interface Change {
    void to(Connection target) throws SQLException;
  }

  private void change(Change change) {
    ask(
        connection -> {
          change.to(connection);
          return true;
        });
  }

  private <T> T ask(Question<T> question) {
    return ask("Keeping the history", question);
  }

  private <T> T ask(String doing, Question<T> question) {
    try (Connection connection = Reachability.open(Side.TARGET, target)) {
      return question.of(connection);
    } catch (SQLException e) {
      throw Reachability.failed(Side.TARGET, target, doing, e);
    }
  }
}
