package dev.landfall.pipelines.check;

import dev.landfall.pipelines.prepare.Prepared;
import dev.landfall.transforms.catalog.TargetCatalog;
import dev.landfall.transforms.check.CheckResult;
import java.util.List;

/** Rows that this migration did not load are not added to, unless the spec says so. */
final class RowsOfOthers implements Check<Surroundings> {
  @Override
  public List<CheckResult> look(Surroundings at) {
    if (at.prepared().known()
        || at.spec().load().append()
        || at.isOneOf(Purpose.PREVIEW, Purpose.LOOK)) {
      return List.of();
    }
    String filled =
        at.names(
            t ->
                t.existing()
                    && at.catalog()
                        .table(t.name())
                        .filter(TargetCatalog.Table::hasRows)
                        .isPresent());
    return filled.isEmpty() ? List.of() : broken(Prepared.rowsOfOthers(at.spec().name(), filled));
  }
}
