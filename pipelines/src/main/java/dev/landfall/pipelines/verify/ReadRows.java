package dev.landfall.pipelines.verify;

import dev.landfall.pipelines.api.TableResult;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How many rows of each source table a comparison of every row has read. */
final class ReadRows {
  private ReadRows() {}

  /** By the table's position. */
  static Map<Integer, Long> of(Mapping mapping, VerificationReport report) {
    Map<String, Long> targets =
        report.tables().stream()
            .collect(Collectors.toMap(TableResult::target, TableResult::sourceRows));
    Map<Integer, Long> read = new LinkedHashMap<>();
    for (int i = 0; i < mapping.tables().size(); i++) {
      Optional<TableName> whole = whole(mapping, i);
      VerificationReport.SourceRows counted =
          report.sources().get(mapping.table(i).source().name().toString());
      if (whole.isPresent() && targets.containsKey(whole.get().toString())) {
        read.put(i, targets.get(whole.get().toString()));
      } else if (whole.isEmpty() && counted != null) {
        read.put(i, counted.read());
      }
    }
    return read;
  }

  /** A target that has all rows of a source table, and no others. */
  private static Optional<TableName> whole(Mapping mapping, int table) {
    return mapping.writtenBy(table).stream()
        .filter(target -> target.table() == table && !mapping.isMerged(target))
        .map(mapping::target)
        .filter(TargetTable::takesAllRows)
        .map(TargetTable::name)
        .findFirst();
  }
}
