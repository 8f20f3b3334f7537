package dev.landfall.transforms.ddl;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.SourceCollation;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceIndex;
import dev.landfall.transforms.model.SourceIndex.Part;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.TextEquality;
import dev.landfall.transforms.sql.IndexSql;
import dev.landfall.transforms.types.PgBytea;
import dev.landfall.transforms.types.PgText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Keeps unique what was unique. A key of MySQL goes by its columns' collations, for which {@code
 * 'a'} may be {@code 'A'} and {@code 'a '} (manual 10.8.5); PostgreSQL's goes by bytes. Beside the
 * plain key, which foreign keys, lookups and ON CONFLICT use, a further unique index forbids what
 * the source forbade.
 */
final class EqualityDdl {
  private final TableMapping mapping;
  private final TargetNames names;
  private final TargetCollations collations;
  private final ObjectTable objects;

  EqualityDdl(
      TableMapping mapping, TargetNames names, TargetCollations collations, ObjectTable objects) {
    this.mapping = mapping;
    this.names = names;
    this.collations = collations;
    this.objects = objects;
  }

  /**
   * The further unique index of a key whose columns the target has; empty where the key itself
   * forbids as much, or the spec wants no more.
   *
   * @param plain the key's or index's name in the target
   */
  Optional<DdlStatement> index(TargetTable target, SourceIndex index, String plain) {
    boolean further = false;
    boolean folds = false;
    List<String> parts = new ArrayList<>();
    List<String> caseParts = new ArrayList<>();
    for (Part part : index.parts()) {
      ColumnMapping column =
          new MappedColumns(mapping, target)
              .replacing(Objects.requireNonNull(part.column()))
              .orElseThrow();
      SourceColumn source = mapping.replaced(column).orElseThrow();
      String text = sql(part, column);
      if (mapping.sourceOf(column).isEmpty()) {
        // What was made of the texts need not be equal where they are.
        parts.add(text);
        caseParts.add(text);
        continue;
      }
      Optional<String> equal = collations.part(column, source, text);
      parts.add(equal.orElse(text));
      caseParts.add(collations.casePart(column, source, text).or(() -> equal).orElse(text));
      further |= equal.isPresent();
      folds |= equal.isPresent() && TextEquality.folds(source);
      noteBinary(index, column, source);
    }
    if (!further) {
      return Optional.empty();
    }
    String name = names.beside(target.name(), plain, folds ? "ci" : "pad");
    note(index, "has the unique index " + name + " beside it, " + purpose(index, folds));
    return Optional.of(
        new DdlStatement(
            target.name(),
            name,
            IndexSql.createIndex(target.name(), name, /* unique= */ true, parts),
            DdlStatement.Kind.EQUALITY,
            parts.equals(caseParts)
                ? null
                : IndexSql.createIndex(target.name(), name, /* unique= */ true, caseParts)));
  }

  private static String sql(Part part, ColumnMapping column) {
    Integer prefix = part.prefix();
    if (prefix == null) {
      return IndexSql.part(column.name(), /* descending= */ false);
    }
    return column.type() instanceof PgBytea
        ? IndexSql.bytePrefix(column.name(), prefix, /* descending= */ false)
        : IndexSql.textPrefix(column.name(), prefix, /* descending= */ false);
  }

  private String purpose(SourceIndex index, boolean folds) {
    List<String> sources =
        index.columns().stream()
            .map(c -> mapping.source().column(c).orElseThrow())
            .flatMap(c -> TextEquality.collation(c).stream())
            .filter(c -> !c.exact())
            .map(SourceCollation::name)
            .distinct()
            .toList();
    String equal = "which forbids what is equal for " + String.join(", ", sources);
    if (!folds) {
      return "which forbids what differs in blanks at its end only, as "
          + String.join(", ", sources)
          + " does";
    }
    return collations.icu()
        ? equal
        : "which forbids what differs in case only: this PostgreSQL has no ICU collations, by which"
            + " it would forbid all that is equal for "
            + String.join(", ", sources);
  }

  private void noteBinary(SourceIndex index, ColumnMapping column, SourceColumn source) {
    if (column.equality() == TextEquality.BINARY
        && column.type() instanceof PgText
        && TextEquality.folds(source)) {
      note(
          index,
          "tells 'a' from 'A'; for the source's collation "
              + source.collation()
              + " of "
              + source.name()
              + " they are equal");
    }
  }

  private void note(SourceIndex index, String text) {
    objects.converted(ObjectTable.kind(index), mapping.source().name(), index.name(), text);
  }
}
