package dev.landfall.pipelines.proof;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.types.PgType;
import java.util.List;

/**
 * A column of the copy.
 *
 * @param mapping how it is made
 * @param type as PostgreSQL itself writes it
 * @param labels in order; none unless it is an enum
 * @param nullable whether the column may be NULL, and is not what rows are found by
 */
record ScratchColumn(ColumnMapping mapping, String type, List<String> labels, boolean nullable) {
  ScratchColumn {
    labels = List.copyOf(labels);
  }

  String name() {
    return mapping.name();
  }

  PgType pgType() {
    return mapping.type();
  }
}
