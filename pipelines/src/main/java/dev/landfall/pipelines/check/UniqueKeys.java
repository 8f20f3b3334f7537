package dev.landfall.pipelines.check;

import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.SourceIndex;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.ValueSource.Computed;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What tells rows apart in the source does so in the target: the key, and what unique indexes are
 * made of. Where duplicates are settled by a rule, the key may be any.
 */
final class UniqueKeys implements Check<Mapped> {
  @Override
  public List<CheckResult> look(Mapped at) {
    return at.each(
        this,
        (table, target, found) -> {
          if (target.duplicates() == null && !target.key().isEmpty()) {
            key(table, target, found);
          }
          table.source().indexes().stream()
              .filter(index -> index.unique() && !index.primary() && index.wholeColumns())
              .forEach(index -> index(table, target, index, found));
        });
  }

  private static void key(TableMapping table, TargetTable target, Mapped.Found found) {
    Set<String> told = new HashSet<>();
    for (ColumnMapping column : target.columns()) {
      if (target.key().contains(column.name()) && Mapped.tellsApart(column)) {
        column.source().positions().stream()
            .map(position -> lower(table.read().get(position).name()))
            .forEach(told::add);
      }
    }
    boolean unique =
        table.source().indexes().stream()
            .filter(index -> index.unique() && index.wholeColumns())
            .anyMatch(
                index ->
                    told.containsAll(index.columns().stream().map(UniqueKeys::lower).toList()));
    if (!unique) {
      found.error(
          "KEY",
          target.name(),
          String.join(", ", target.key()),
          "two rows of "
              + table.source().name()
              + " may have the same key: no unique index of it is told by what the key is made of",
          "name columns under `key` of which the source knows that they are unique, or say under"
              + " `duplicates` which row counts");
    }
  }

  private static void index(
      TableMapping table, TargetTable target, SourceIndex index, Mapped.Found found) {
    for (String name : index.columns()) {
      for (ColumnMapping column : target.columns()) {
        boolean replaces =
            column.source() instanceof Computed
                && table.replaced(column).filter(s -> s.name().equalsIgnoreCase(name)).isPresent();
        boolean settled =
            target.duplicates() != null && target.duplicates().by().contains(column.name());
        if (replaces && !Mapped.tellsApart(column) && !settled) {
          found.warning(
              "INDEX",
              target.name(),
              column.name(),
              "it stands in the place of "
                  + name
                  + ", which "
                  + index.name()
                  + " says is unique; what is made of it need not be, and then the unique index"
                  + " can't be made when the rows are loaded",
              "look for values that become one, or say under `duplicates` which row counts");
        }
      }
    }
  }

  /** MySQL's column names do not mind their case (manual 9.2.3). */
  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
