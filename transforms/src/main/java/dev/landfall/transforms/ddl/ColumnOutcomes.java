package dev.landfall.transforms.ddl;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.SchemaObject.Kind;
import dev.landfall.transforms.model.SourceCatalog.Product;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.ValueSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What becomes of the columns of one source table, apart from defaults and numbering. */
final class ColumnOutcomes {
  private final TableMapping mapping;
  private final Product product;
  private final MergedTables merged;
  private final ObjectTable objects;

  ColumnOutcomes(TableMapping mapping, Product product, MergedTables merged, ObjectTable objects) {
    this.merged = merged;
    this.mapping = mapping;
    this.product = product;
    this.objects = objects;
  }

  void list() {
    for (SourceColumn source : mapping.source().columns()) {
      boolean mapped = false;
      for (TargetTable target : mapping.targets()) {
        for (ColumnMapping column : target.columns()) {
          if (mapping.sourceOf(column).filter(source::equals).isPresent()) {
            mapped = true;
            describe(source, target, column);
          } else if (column.source() instanceof ValueSource.Computed computed
              && column.reads(mapping.read().indexOf(source))) {
            mapped = true;
            converted(
                source,
                target.name()
                    + "."
                    + column.name()
                    + " is made of it: "
                    + computed.words(mapping.read()));
          }
        }
      }
      if (!mapped) {
        String why = mapping.omitted().getOrDefault(source.name(), "");
        left(
            source,
            "is not moved: the mapping leaves it out" + (why.isEmpty() ? "" : ", " + why),
            source.columnType());
      }
    }
  }

  private void describe(SourceColumn source, TargetTable target, ColumnMapping column) {
    List<String> converted = new ArrayList<>();
    if (!column.name().equals(source.name())) {
      converted.add("is called " + column.name());
    }
    type(source, column).ifPresent(converted::add);
    RuleNotes.of(source, column).ifPresent(converted::add);
    if (source.nullable() && !column.nullable() && column.nullDefault() == null) {
      converted.add("does not allow NULL");
    } else if (column.nullDefault() != null) {
      converted.add("has '" + column.nullDefault() + "' in the place of NULL");
    }
    if (source.invisible()) {
      converted.add("is visible: PostgreSQL has no invisible columns");
    }
    if (source.generated() != null) {
      if (column.generated() == null && !target.existing()) {
        left(
            source,
            "is an ordinary column with the source's values, and nobody computes new ones: "
                + (merged.isMerged(target)
                    ? MergedTables.why(target)
                    : GeneratedColumns.reason(product, mapping, target, column)),
            "GENERATED ALWAYS AS (" + source.generated() + ")");
      } else if (source.virtual()) {
        converted.add("is stored, not computed when it is read");
      }
    }
    converted.forEach(note -> converted(source, note));
  }

  private void converted(SourceColumn source, String note) {
    objects.converted(Kind.COLUMN, mapping.source().name(), source.name(), note);
  }

  /** Says what another kind of type became; the ways to write a number or a text are alike. */
  private static Optional<String> type(SourceColumn source, ColumnMapping column) {
    return source.type().alike(column.type())
        ? Optional.empty()
        : Optional.of(source.type().words() + " becomes " + column.type());
  }

  private void left(SourceColumn source, String note, String text) {
    objects.left(Kind.COLUMN, mapping.source().name(), source.name(), note, text);
  }
}
