package dev.landfall.runners.display;

import dev.landfall.pipelines.api.RepairReport;
import dev.landfall.runners.view.Numbers;
import dev.landfall.transforms.refresh.RefreshedKey.Action;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys on which both sides differ behind a repair and will do so, by the reason for it. */
final class OpenKeys {
  private static final int MOST_KEYS = 20;

  /** Of each reason, where there are several. */
  private static final int SOME_KEYS = 5;

  private static final int MOST_REASONS = 20;

  private final Style style;

  OpenKeys(Style style) {
    this.style = style;
  }

  private record Reason(Action action, String text) {}

  /** The lines: a reason is said once, however many keys it holds for. */
  List<String> lines(RepairReport report) {
    Map<Reason, List<RepairReport.Key>> reasons = new LinkedHashMap<>();
    for (RepairReport.Key key : report.keys()) {
      if (key.action() == Action.LEFT || key.action() == Action.FAILED) {
        reasons
            .computeIfAbsent(
                new Reason(key.action(), String.valueOf(key.reason())), r -> new ArrayList<>())
            .add(key);
      }
    }
    List<String> lines = new ArrayList<>();
    int most = reasons.size() == 1 ? MOST_KEYS : SOME_KEYS;
    reasons.entrySet().stream()
        .limit(MOST_REASONS)
        .forEach(
            reason -> {
              String word = reason.getKey().action() == Action.LEFT ? "left" : "failed";
              String text = Style.printable(reason.getKey().text());
              List<RepairReport.Key> keys = reason.getValue();
              if (keys.size() == 1) {
                lines.add("  " + style.left(word, 8) + name(keys.get(0)) + "  " + text);
                return;
              }
              lines.add(
                  "  " + style.left(word, 8) + Numbers.count(keys.size(), "key") + ": " + text);
              keys.stream().limit(most).forEach(key -> lines.add("          " + name(key)));
              if (keys.size() > most) {
                lines.add(
                    "          "
                        + style.quiet("and " + Numbers.count(keys.size() - most, "more key")));
              }
            });
    lines.addAll(style.more(reasons.size() - MOST_REASONS, "reason", "; --json has them"));
    return lines;
  }

  private String name(RepairReport.Key key) {
    return Style.printable(key.table()) + "  " + style.key(key.key());
  }
}
