package dev.landfall.runners.display;

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
    List<String> lines = new ArrayList<>();
    lines.add(
        style.strong(Style.printable(snapshot.migration()))
            + "  "
            + (snapshot.phase() == Phase.NEW && snapshot.holder() == null
                ? "not started yet"
                : Figures.of(snapshot, new Rates()).standing())
            + loaded(snapshot));
    if (snapshot.holder() != null) {
      lines.add("run by " + Style.printable(snapshot.holder()));
    } else if (unfinished(snapshot.phase())) {
      lines.add(
          style.warn("nobody runs it now")
              + "; the command that started it, given again, goes on from here");
    }
    if (snapshot.job() != null) {
      lines.add(
          "job "
              + Style.printable(snapshot.job().id())
              + " on Flink at "
              + Style.printable(snapshot.job().cluster()));
    }
    if (snapshot.note() != null) {
      lines.add(style.warn("! " + Style.printable(snapshot.note())));
    }
    if (snapshot.tables().stream().anyMatch(Table::planned)) {
      lines.add("");
      lines.addAll(new ResultTable(terminal).lines(snapshot));
      List<String> rules = new DispositionTable(terminal).lines(snapshot);
      if (!rules.isEmpty()) {
        lines.add("");
        lines.addAll(rules);
      }
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
    return "  "
        + Numbers.count(done)
        + " of "
        + Numbers.count(chunks, "chunk")
        + (snapshot.started() == null
            ? ""
            : "  started "
                + Numbers.duration(
                    Duration.between(snapshot.started(), snapshot.taken()).toMillis() / 1000.0)
                + " ago");
  }
}
