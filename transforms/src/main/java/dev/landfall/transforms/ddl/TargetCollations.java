package dev.landfall.transforms.ddl;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.SourceCollation;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.TextEquality;
import dev.landfall.transforms.sql.DdlSql;
import dev.landfall.transforms.sql.IndexSql;
import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.PgCitext;
import dev.landfall.transforms.types.PgText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The collations and extensions that the definitions of a mapping use. All collations are in one
 * schema, that of the first table to be made, so that texts of tables in several schemas can be
 * compared.
 */
final class TargetCollations {
  private final @Nullable TableName first;
  private final boolean icu;
  private final Map<String, SourceCollation> used = new TreeMap<>();
  private final boolean citext;

  /**
   * Collations for a mapping.
   *
   * @param icu whether the target can make collations that are not deterministic
   */
  TargetCollations(Mapping mapping, boolean icu) {
    List<TargetTable> made =
        mapping.tables().stream()
            .flatMap(t -> t.targets().stream())
            .filter(t -> !t.existing())
            .toList();
    this.first = made.isEmpty() ? null : made.get(0).name();
    this.citext =
        made.stream().flatMap(t -> t.columns().stream()).anyMatch(TargetCollations::isCitext);
    this.icu = icu;
  }

  /** Extensions and collations, which tables and indexes need. */
  List<DdlStatement> statements() {
    if (first == null) {
      return List.of();
    }
    List<DdlStatement> statements = new ArrayList<>();
    if (citext) {
      statements.add(
          new DdlStatement(
              first, "citext", DdlSql.createExtension("citext"), DdlStatement.Kind.EXTENSION));
    }
    used.forEach(
        (name, collation) ->
            statements.add(
                new DdlStatement(
                    first,
                    name,
                    IndexSql.createCollation(first.schema(), name, collation.locale()),
                    DdlStatement.Kind.COLLATION)));
    return statements;
  }

  /** What follows a column's type in its table's definition: nothing, or its collation. */
  String ofColumn(ColumnMapping column, SourceColumn source) {
    if (column.equality() != TextEquality.ICU || !(column.type() instanceof PgText)) {
      return "";
    }
    return TextEquality.collation(source)
        .filter(SourceCollation::folds)
        .map(collation -> " COLLATE " + use(collation))
        .orElse("");
  }

  static boolean isCitext(ColumnMapping column) {
    return column.type() instanceof PgCitext;
  }

  /**
   * A text in a further unique index, which forbids what the source calls equal.
   *
   * @param text the column, or its beginning, as SQL
   * @return empty where the column's own key forbids all of it already
   */
  Optional<String> part(ColumnMapping column, SourceColumn source, String text) {
    if (column.equality() == TextEquality.BINARY
        || !(column.type() instanceof PgText)
        || !column.conversion().equals(Conversion.TEXT)) {
      return Optional.empty();
    }
    return TextEquality.collation(source)
        .filter(collation -> adds(collation, column.equality()))
        .map(collation -> part(collation, isCitext(column) ? IndexSql.asText(text) : text));
  }

  /**
   * The same text in an index that asks less: only case does not count.
   *
   * @return empty where the source minds case
   */
  Optional<String> casePart(ColumnMapping column, SourceColumn source, String text) {
    return part(column, source, text)
        .flatMap(part -> TextEquality.collation(source))
        .filter(
            collation ->
                collation.distinctions() == SourceCollation.Distinctions.LETTERS
                    || collation.distinctions() == SourceCollation.Distinctions.ACCENTS)
        .filter(collation -> column.equality() != TextEquality.ICU)
        .map(
            collation ->
                IndexSql.foldedText(
                    isCitext(column) ? IndexSql.asText(text) : text, collation.padded()));
  }

  private static boolean adds(SourceCollation collation, TextEquality equality) {
    return equality == TextEquality.ICU ? collation.padded() : !collation.exact();
  }

  private String part(SourceCollation collation, String text) {
    if (!collation.folds()) {
      return IndexSql.equalText(text, collation.padded(), null);
    }
    return icu
        ? IndexSql.equalText(text, collation.padded(), use(collation))
        : IndexSql.foldedText(text, collation.padded());
  }

  private String use(SourceCollation collation) {
    if (first == null) {
      throw new IllegalStateException("no table is made");
    }
    used.put(collation.targetName(), collation);
    return Identifiers.postgres(new TableName(first.schema(), collation.targetName()));
  }

  /** Whether the target can make collations that are not deterministic. */
  boolean icu() {
    return icu;
  }
}
