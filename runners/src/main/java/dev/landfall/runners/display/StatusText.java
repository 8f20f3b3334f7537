package dev.landfall.runners.display;

import dev.landfall.runners.view.BrokenPromise;
import dev.landfall.runners.view.LastComparison;
import dev.landfall.runners.view.Numbers;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.Snapshot.Phase;
import dev.landfall.transforms.ledger.Snapshot.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Where a migration stands, as text: phase, holder, note, and the table of results. */
public final class StatusText {
  private final Terminal terminal;
  private final Style style;

  /** A text for that terminal. */
  public StatusText(Terminal terminal) {
    this.terminal = terminal;
    this.style = new Style(terminal);
  }

  /** The text's lines. */
  public List<String> lines(Snapshot snapshot) {
    Figures figures = Figures.of(snapshot, new Rates());
    List<String> lines =
        new ArrayList<>(
            head(
                snapshot,
                snapshot.step() == null ? loaded(snapshot) : figures.standing(),
                Integer.MAX_VALUE));
    if (snapshot.tables().stream().anyMatch(Table::planned)) {
      lines.add("");
      lines.addAll(new ResultTable(terminal).lines(snapshot));
      lines.add("");
      lines.add(LastComparison.sentence(snapshot));
      List<String> rules = new DispositionTable(terminal).lines(snapshot);
      if (!rules.isEmpty()) {
        lines.add("");
        lines.addAll(rules);
      }
    }
    for (String broken : snapshot.broken()) {
      lines.add(style.tell(BrokenPromise.of(snapshot, broken)));
    }
    return lines;
  }

  /**
   * What there is to say before the tables, where how far it is is said below; cut to a line each.
   */
  List<String> head(Snapshot snapshot) {
    return head(snapshot, "", terminal.columns());
  }

  private List<String> head(Snapshot snapshot, String far, int width) {
    List<String> lines = new ArrayList<>();
    String name = style.fit(snapshot.migration(), width);
    String rest =
        "  "
            + (snapshot.phase() == Phase.NEW && snapshot.holder() == null
                ? snapshot.tables().isEmpty() ? "not started yet" : "nothing loaded yet"
                : Figures.of(snapshot, new Rates()).word())
            + far
            + started(snapshot);
    lines.add(style.strong(name) + style.fit(rest, Math.max(0, width - name.length())));
    if (snapshot.holder() != null) {
      lines.add(style.fit("run by " + snapshot.holder(), width));
    } else if (unfinished(snapshot.phase())) {
      lines.add(
          style.warn("nobody runs it now")
              + (snapshot.note() == null
                  ? style.fit(
                      "; the command that started it, given again, goes on from here", width - 18)
                  : ""));
    }
    if (snapshot.job() != null) {
      lines.add(
          style.fit(
              "job " + snapshot.job().id() + " on Flink at " + snapshot.job().cluster(), width));
    }
    if (snapshot.note() != null) {
      lines.add(style.warn(style.fit("! " + snapshot.note(), width)));
    }
    return lines;
  }

  private static boolean unfinished(Phase phase) {
    return switch (phase) {
      case SCHEMA, BACKFILL, INDEXES, VERIFY, REPAIR, STOPPED, FAILED -> true;
      case NEW, DONE -> false;
    };
  }

  private static String loaded(Snapshot snapshot) {
    long chunks = snapshot.tables().stream().mapToLong(Table::chunks).sum();
    if (chunks == 0) {
      return "";
    }
    long done = snapshot.tables().stream().mapToLong(Table::chunksDone).sum();
    return "  " + Numbers.count(done) + " of " + Numbers.count(chunks, "chunk");
  }

  private static String started(Snapshot snapshot) {
    return snapshot.started() == null
        ? ""
        : "  started "
            + Numbers.duration(
                Duration.between(snapshot.started(), snapshot.taken()).toMillis() / 1000.0)
            + " ago";
  }
}
