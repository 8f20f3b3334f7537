package dev.landfall.runners;

import dev.landfall.pipelines.api.Journal;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.ledger.Alarm;
import dev.landfall.transforms.ledger.HistoryEntry;
import dev.landfall.transforms.ledger.RejectList;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A journal that remembers what it is given. */
public final class FakeJournal implements Journal {
  final List<HistoryEntry> entries = new ArrayList<>();
  public final List<String> calls = new ArrayList<>();
  public final Map<Long, String> errors = new TreeMap<>();
  public boolean away;

  @Override
  public List<HistoryEntry> history(int limit) {
    return entries.stream().limit(limit).toList();
  }

  @Override
  public void couldNotStart(
      String command, Instant started, MigrationException.Kind why, String message) {
    reach();
    calls.add(command + " " + why + " " + message);
  }

  @Override
  public void prune(Duration keep) {
    reach();
    calls.add("prune " + keep);
  }

  @Override
  public Alarm alarm(long run) {
    reach();
    return new Alarm(
        "shop",
        run,
        Instant.EPOCH,
        Instant.EPOCH.plusSeconds(1),
        null,
        2,
        100,
        5,
        1,
        List.of(new Alarm.Difference("shop.users", "public.users", "{\"id\": \"7\"}", "MISSING")));
  }

  @Override
  public List<Long> untold() {
    reach();
    return new ArrayList<>(errors.keySet());
  }

  @Override
  public void told(long run, @Nullable String error) {
    calls.add("told " + run + (error == null ? "" : " " + error));
    if (error == null) {
      errors.remove(run);
    } else {
      errors.put(run, error);
    }
  }

  @Override
  public RejectList rejects(List<String> tables, boolean mended, int limit) {
    calls.add("rejects " + tables + " " + mended + " " + limit);
    return new RejectList(
        3,
        1,
        List.of(
            new RejectList.Row(
                "shop.users",
                Map.of("id", "7"),
                "born",
                "zero date",
                "0000-00-00",
                Instant.EPOCH,
                null,
                null)));
  }

  private void reach() {
    if (away) {
      throw new MigrationException(MigrationException.Kind.UNREACHABLE, "the target is away");
    }
  }
}
