package dev.landfall.runners.display;

import dev.landfall.runners.view.Numbers;
import dev.landfall.runners.view.Runs;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.Snapshot.Phase;
import dev.landfall.transforms.ledger.Snapshot.Table;
import dev.landfall.transforms.ledger.Step;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a run is doing and how far it is, in words and numbers; empty where there is nothing to say.
 *
 * @param word what it is doing
 * @param percent how much of that is done
 * @param counted what is done, of how much: {@code 3 of 13 tables}
 * @param rate how much is done in a second
 * @param left how long it will take at that rate
 */
record Figures(String word, String percent, String counted, String rate, String left) {
  /** An average over less than that says nothing of what is left. */
  private static final double LEAST_SECONDS = 2;

  /** Of a run, as a snapshot and those before it show it. */
  static Figures of(Snapshot snapshot, Rates rates) {
    Step.State step = snapshot.step();
    if (step != null) {
      return step.kind() == Step.Kind.ROWS
          ? rows(step, rates)
          : things(step, seconds(step.began(), snapshot.taken()));
    }
    return switch (snapshot.phase()) {
      case SCHEMA, BACKFILL -> loading(snapshot, rates);
      case NEW, INDEXES, VERIFY, REPAIR, DONE, STOPPED, FAILED ->
          new Figures(word(snapshot), "", "", "", "");
    };
  }

  /** The rate with the name of what it counts. */
  String rateOf() {
    String thing = counted.replaceAll(".* (?=\\p{Alpha}+$)", "");
    return rate.isEmpty() ? "" : rate.replace("/s", " " + thing + "/s");
  }

  /** How far it is, without what only goes by time; behind the word. */
  String standing() {
    return (percent.isEmpty() ? "" : "  " + percent) + (counted.isEmpty() ? "" : "  " + counted);
  }

  /** The phase; of a run that is going on, never how an earlier one ended. */
  private static String word(Snapshot snapshot) {
    Phase phase = snapshot.phase();
    boolean ended = phase == Phase.DONE || phase == Phase.STOPPED || phase == Phase.FAILED;
    return Runs.word(snapshot.holder() != null && ended ? Phase.NEW : phase);
  }

  private static Figures loading(Snapshot snapshot, Rates rates) {
    Totals totals = new Totals(snapshot);
    long planned = snapshot.tables().stream().filter(Table::planned).count();
    if (planned < snapshot.tables().size() && totals.done() == 0 && totals.rowsRead() == 0) {
      return new Figures(
          Runs.word(Phase.SCHEMA), "", of(planned, snapshot.tables().size(), "table"), "", "");
    }
    double rate = rates.total();
    return new Figures(
        Runs.word(snapshot.phase()),
        percent(totals.fraction()),
        of(totals.rowsRead(), totals.rowsExpected(), "row"),
        rate(rate),
        left(totals.rowsExpected() - totals.rowsRead(), rate));
  }

  /** Both sides' rows, behind the plans of both. */
  private static Figures rows(Step.State step, Rates rates) {
    if (step.done() < step.things()) {
      return new Figures(
          "planning the comparison", "", of(step.done(), step.things(), "table"), "", "");
    }
    if (step.rowsExpected() == 0) {
      return new Figures(
          step.kind().word(), "", Numbers.count(step.rows(), "row"), rate(rates.step()), "");
    }
    long expected = Math.max(step.rows(), step.rowsExpected());
    return new Figures(
        step.kind().word(),
        percent((double) step.rows() / expected),
        of(step.rows(), expected, "row"),
        rate(rates.step()),
        left(expected - step.rows(), rates.step()));
  }

  private static Figures things(Step.State step, double seconds) {
    if (step.things() == 0) {
      return new Figures(step.kind().word(), "", "", "", "");
    }
    long done = Math.min(step.done(), step.things());
    // Things differ in what they take; where rows say how much, they are believed.
    double fraction =
        step.rowsExpected() > 0
            ? Math.min(1, (double) step.rows() / step.rowsExpected())
            : (double) done / step.things();
    return new Figures(
        step.kind().word(),
        step.rowsExpected() > 0 ? percent(fraction) : "",
        of(done, step.things(), step.kind().thing()),
        step.kind().thing().equals("key") && seconds >= LEAST_SECONDS ? rate(done / seconds) : "",
        fraction > 0 && seconds >= LEAST_SECONDS
            ? Numbers.duration(seconds * (1 - fraction) / fraction)
            : "");
  }

  private static double seconds(@Nullable Instant from, Instant to) {
    return from == null ? 0 : Duration.between(from, to).toMillis() / 1000.0;
  }

  private static String of(long done, long all, String singular) {
    return Numbers.count(done) + " of " + Numbers.count(all, singular);
  }

  private static String rate(double rate) {
    return rate > 0 ? Numbers.rate(rate) + "/s" : "";
  }

  private static String left(long rows, double rate) {
    return rate > 0 ? Numbers.duration(rows / rate) : "";
  }

  /** Rounded down, so that 100 % means done. */
  static String percent(double fraction) {
    return (int) Math.floor(fraction * 100 + 1e-9) + "%";
  }
}
