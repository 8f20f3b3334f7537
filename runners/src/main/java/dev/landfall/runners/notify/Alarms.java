package dev.landfall.runners.notify;

import dev.landfall.pipelines.api.Journal;
import dev.landfall.pipelines.api.Reconciliation;
import dev.landfall.runners.document.Documents;
import dev.landfall.transforms.MigrationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells new differences, each once: those of a run whose alarm reached nobody are told again with
 * the next one. An alarm that fails fails nothing else.
 */
public final class Alarms {
  private final Journal journal;
  private final Webhook webhook;
  private final Consumer<String> says;

  public Alarms(Journal journal, Webhook webhook, Consumer<String> says) {
    this.journal = journal;
    this.webhook = webhook;
    this.says = says;
  }

  /** Tells what is new in a verification, behind what was left of earlier ones. */
  public void tell(Reconciliation reconciliation) {
    // The newest first: one of before that the receiver refuses for ever must not hold it up.
    tell(reconciliation.newDifferences() > 0 ? List.of(reconciliation.run()) : List.of());
  }

  /** Tells what is left of earlier verifications: whoever made the last one may have died of it. */
  public void tellLeft() {
    tell(List.of());
  }

  private void tell(List<Long> newest) {
    try {
      List<Long> runs = new ArrayList<>(newest);
      for (long run : journal.untold()) {
        if (!runs.contains(run)) {
          runs.add(run);
        }
      }
      Optional<String> failure = Optional.empty();
      for (long run : runs) {
        if (failure.isEmpty()) {
          failure = webhook.post(Documents.line(journal.alarm(run)));
          failure.ifPresent(
              why ->
                  says.accept(
                      "the alarm of run "
                          + run
                          + " reached nobody and will be told again with the next run: "
                          + why));
        }
        journal.told(run, failure.orElse(null));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (MigrationException e) {
      says.accept("alarms were not told: " + e.getMessage());
    }
  }
}
