package dev.landfall.transforms.load;

import dev.landfall.transforms.convert.ConvertedBatch;
import dev.landfall.transforms.convert.Disposition;
import dev.landfall.transforms.convert.Rejects;
import dev.landfall.transforms.ledger.JsonKeys;
import dev.landfall.transforms.ledger.LoadLedger;
import dev.landfall.transforms.model.TableMapping;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The dispositions of one chunk, with the keys of some rows that each is about. */
final class RuleUses {
  /** So many keys are kept: enough to look at what a rule does. */
  static final int SAMPLES = 5;

  private final TableMapping mapping;
  private final Map<Rule, Use> uses = new LinkedHashMap<>();

  RuleUses(TableMapping mapping) {
    this.mapping = mapping;
  }

  private record Rule(int target, String column, String rule) {}

  private static final class Use {
    private final List<String> samples = new ArrayList<>();
    private long rows;
  }

  /**
   * Adds what rules did in a batch.
   *
   * @param refused rows of the batch's source that the target refused, so that they were not loaded
   */
  void add(ConvertedBatch batch, Set<Integer> refused) {
    boolean keyed = mapping.keyPositions().length > 0;
    for (Disposition disposition : batch.dispositions()) {
      Use use =
          uses.computeIfAbsent(
              new Rule(disposition.target(), disposition.column(), disposition.rule()),
              rule -> new Use());
      for (int i = 0; i < disposition.size(); i++) {
        int row = disposition.row(i);
        if (refused.contains(row)) {
          continue;
        }
        use.rows++;
        if (keyed && use.samples.size() < SAMPLES) {
          use.samples.add(JsonKeys.json(Rejects.key(mapping, batch.source().rows(), row)));
        }
      }
    }
  }

  /** Writes them to the ledger. */
  void store(LoadLedger ledger) throws SQLException {
    for (Map.Entry<Rule, Use> entry : uses.entrySet()) {
      Rule rule = entry.getKey();
      Use use = entry.getValue();
      if (use.rows > 0) {
        String target = mapping.targets().get(rule.target()).name().toString();
        ledger.disposition(target, rule.column(), rule.rule(), use.rows, use.samples);
      }
    }
  }
}
