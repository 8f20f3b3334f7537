package dev.landfall.pipelines.check;

import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TableMapping;
import java.util.List;

/**
 * A column of which nothing arrives stays behind because somebody wants it, and not by accident.
 */
final class UnmappedColumns implements Check<Mapped> {
  @Override
  public List<CheckResult> look(Mapped at) {
    Mapped.Found found = new Mapped.Found(this);
    for (TableMapping table : at.mapping().tables()) {
      for (SourceColumn column : table.left()) {
        int position = table.read().indexOf(column);
        boolean chooses =
            table.targets().stream().anyMatch(t -> t.filter().positions().contains(position));
        if (!table.omitted().containsKey(column.name()) && !chooses) {
          found.warning(
              "SOURCE_COLUMN",
              table.source().name(),
              column.name(),
              "nothing is made of it ("
                  + column.columnType()
                  + "), and the spec does not say that it stays behind",
              "map it; or give the columns as a map in place of a list, and name it under `omit`");
        }
      }
    }
    return found.results();
  }
}
