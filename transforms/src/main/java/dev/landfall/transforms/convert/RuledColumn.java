package dev.landfall.transforms.convert;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.Policy;
import dev.landfall.transforms.model.SourceColumn;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A column together with where its rules are counted.
 *
 * @param source what it is made from
 * @param mapping how
 * @param target position of its table among the targets
 * @param uses where uses are counted
 */
record RuledColumn(SourceColumn source, ColumnMapping mapping, int target, Uses uses) {
  Policy policy(OddValue odd) {
    return mapping.rules().effective(odd, mapping.nullable() || mapping.nullDefault() != null);
  }

  boolean isSet(OddValue odd) {
    return mapping.rules().policy(odd).isPresent();
  }

  Uses.Tally tally(String rule) {
    return uses.tally(target, source.name(), rule);
  }

  /** What a NULL becomes in PostgreSQL's text form, null for NULL. */
  byte @Nullable [] ifNull() {
    String text = mapping.nullDefault();
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
