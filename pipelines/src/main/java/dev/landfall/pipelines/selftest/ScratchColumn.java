package dev.landfall.pipelines.selftest;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.TargetType;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column of the copy.
 *
 * @param mapping how it is made
 * @param type as PostgreSQL itself writes it
 * @param labels in order; none unless it is an enum
 * @param nullable whether the column may be NULL, and is not what rows are found by
 */
record ScratchColumn(ColumnMapping mapping, String type, List<String> labels, boolean nullable) {
  private static final Pattern MODIFIER = Pattern.compile("\\((\\d+)(?:,(-?\\d+))?\\)");

  ScratchColumn {
    labels = List.copyOf(labels);
  }

  String name() {
    return mapping.name();
  }

  TargetType.Kind kind() {
    return mapping.type().kind();
  }

  /** The number in the type's parentheses. */
  int modifier(int otherwise) {
    Matcher matcher = MODIFIER.matcher(type);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : otherwise;
  }
}
