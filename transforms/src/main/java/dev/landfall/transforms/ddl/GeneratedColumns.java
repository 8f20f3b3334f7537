package dev.landfall.transforms.ddl;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.SourceCatalog.Product;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.translate.ExpressionTranslator;
import dev.landfall.transforms.translate.Scope;
import dev.landfall.transforms.translate.Translation;
import dev.landfall.transforms.types.MySqlYear;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the columns that the target can generate as the source does. They are not loaded, but
 * compared like all others. The others become ordinary columns with the source's values.
 */
public final class GeneratedColumns {
  private final Product product;
  private final TableMapping mapping;
  private final TargetTable target;

  /** The target's expressions, by the source's column in lower case. */
  private final Map<String, String> inlined = new HashMap<>();

  private GeneratedColumns(Product product, TableMapping mapping, TargetTable target) {
    this.product = product;
    this.mapping = mapping;
    this.target = target;
  }

  /** The mapping with the expressions of all columns that the target can generate. */
  public static Mapping in(Mapping mapping, Product product) {
    List<TableMapping> tables = new ArrayList<>();
    for (int i = 0; i < mapping.tables().size(); i++) {
      boolean any = mapping.table(i).read().stream().anyMatch(c -> c.generated() != null);
      tables.add(any ? in(mapping, i, product) : mapping.table(i));
    }
    return new Mapping(tables);
  }

  private static TableMapping in(Mapping mapping, int position, Product product) {
    TableMapping table = mapping.table(position);
    List<TargetTable> targets = new ArrayList<>();
    for (int i = 0; i < table.targets().size(); i++) {
      TargetTable target = table.targets().get(i);
      // What one of several writers generates, the others need not.
      targets.add(
          mapping.isMerged(new Mapping.TargetPosition(position, i))
              ? target
              : new GeneratedColumns(product, table, target).apply());
    }
    return table.withTargets(targets);
  }

  private TargetTable apply() {
    List<ColumnMapping> columns = new ArrayList<>();
    for (ColumnMapping column : target.columns()) {
      Optional<SourceColumn> source = generated(mapping, column);
      Translation translation = source.map(s -> translate(s, column)).orElse(null);
      if (source.isEmpty() || translation == null || translation.sql() == null) {
        columns.add(column);
      } else {
        inlined.put(
            source.get().name().toLowerCase(Locale.ROOT),
            "CAST((" + translation.sql() + ") AS " + column.type().ddl() + ")");
        columns.add(column.generatedAs(translation.sql()));
      }
    }
    // COPY needs a column to load.
    boolean some = columns.stream().anyMatch(c -> c.generated() == null);
    return some ? target.withColumns(columns) : target;
  }

  /** The source column of a target column, if the source generates it. */
  static Optional<SourceColumn> generated(TableMapping mapping, ColumnMapping column) {
    return mapping.sourceOf(column).filter(c -> c.generated() != null);
  }

  private Translation translate(SourceColumn source, ColumnMapping column) {
    return translation(product, source, column, this::column);
  }

  /** Why the target can't generate a column. */
  static String reason(
      Product product, TableMapping mapping, TargetTable target, ColumnMapping column) {
    SourceColumn source = generated(mapping, column).orElseThrow();
    Translation translation = translation(product, source, column, new TableScope(mapping, target));
    return translation.reason() == null
        ? "it refers to a column that the target can't generate"
        : translation.reason();
  }

  private static Translation translation(
      Product product, SourceColumn source, ColumnMapping column, Scope scope) {
    String expression = String.valueOf(source.generated());
    if (expression.equals("ROW START") || expression.equals("ROW END")) {
      return none("PostgreSQL keeps no history of rows");
    }
    if (column.nullDefault() != null) {
      return none("the mapping gives it another value for NULL");
    }
    if (source.type() instanceof MySqlYear) {
      return none("a year takes 99 for 1999");
    }
    ExpressionTranslator translator = new ExpressionTranslator(product, scope);
    Translation value = translator.value(expression, column.type());
    // What an index can't be on gives another value another time.
    Translation indexed = translator.indexed(expression);
    return value.sql() != null && indexed.sql() == null ? indexed : value;
  }

  private static Translation none(String reason) {
    return new Translation(null, reason);
  }

  /** PostgreSQL's generated columns can't refer to one another; so what one says is written out. */
  private Optional<Scope.Column> column(String name) {
    String sql = inlined.get(name.toLowerCase(Locale.ROOT));
    return new MappedColumns(mapping, target)
        .of(name)
        .map(
            c ->
                new Scope.Column(
                    sql == null ? Identifiers.postgres(c.name()) : sql,
                    c.type(),
                    mapping.sourceOf(c).orElseThrow()));
  }
}
