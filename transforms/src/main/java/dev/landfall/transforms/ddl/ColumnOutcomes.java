package dev.landfall.transforms.ddl;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.SchemaObject.Kind;
import dev.landfall.transforms.model.SourceCatalog.Product;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceType;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.TargetType;
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
          }
        }
      }
      if (!mapped) {
        left(source, "is not moved: the mapping leaves it out", source.columnType());
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
    converted.forEach(
        note -> objects.converted(Kind.COLUMN, mapping.source().name(), source.name(), note));
  }

  /** Says what another kind of type became; the ways to write a number or a text are alike. */
  private static Optional<String> type(SourceColumn source, ColumnMapping column) {
    Optional<SourceType> type = SourceType.of(source);
    TargetType.Kind kind = column.type().kind();
    if (type.isPresent() && alike(type.get(), kind)) {
      return Optional.empty();
    }
    String declared =
        switch (source.dataType()) {
          case "enum", "set", "json" -> source.dataType();
          default -> source.columnType();
        };
    return Optional.of(declared + " becomes " + column.type());
  }

  private static boolean alike(SourceType type, TargetType.Kind kind) {
    return switch (type) {
      case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT ->
          kind == TargetType.Kind.SMALLINT
              || kind == TargetType.Kind.INTEGER
              || kind == TargetType.Kind.BIGINT;
      case DECIMAL -> kind == TargetType.Kind.NUMERIC;
      case FLOAT -> kind == TargetType.Kind.REAL;
      case DOUBLE -> kind == TargetType.Kind.DOUBLE;
      case CHAR, VARCHAR, TEXT -> kind == TargetType.Kind.TEXT;
      case JSON -> kind == TargetType.Kind.JSONB || kind == TargetType.Kind.JSON;
      case DATE -> kind == TargetType.Kind.DATE;
      case DATETIME -> kind == TargetType.Kind.TIMESTAMP;
      case TIMESTAMP -> kind == TargetType.Kind.TIMESTAMPTZ;
      case BIT -> kind == TargetType.Kind.BIT;
      case BINARY -> kind == TargetType.Kind.BYTEA;
      case UUID -> kind == TargetType.Kind.UUID;
      case INET -> kind == TargetType.Kind.OTHER;
      case ENUM, SET, TIME, YEAR, VECTOR, GEOMETRY -> false;
    };
  }

  private void left(SourceColumn source, String note, String text) {
    objects.left(Kind.COLUMN, mapping.source().name(), source.name(), note, text);
  }
}
