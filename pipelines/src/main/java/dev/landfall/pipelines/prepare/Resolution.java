package dev.landfall.pipelines.prepare;

import dev.landfall.pipelines.spec.MappingResolver;
import dev.landfall.pipelines.spec.MappingText;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.catalog.OddValueScan;
import dev.landfall.transforms.catalog.ValueScan;
import dev.landfall.transforms.choose.ProvedTypes;
import dev.landfall.transforms.choose.TypeMapper;
import dev.landfall.transforms.ddl.GeneratedColumns;
import dev.landfall.transforms.jdbc.Connections;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.ColumnName;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.types.PgType;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What a spec makes of a source's tables: first with the names that are needed to look at the
 * target, then with the types that the source's values prove.
 */
final class Resolution {
  private final Spec spec;
  private final SourceCatalog catalog;
  private final Begun known;
  private final Set<ColumnName> undecided = new HashSet<>();
  private final Set<ColumnName> ruled = new HashSet<>();
  private final Mapping named;

  /**
   * Resolves the names, and finds all mistakes.
   *
   * @param known what is fixed already
   */
  Resolution(Spec spec, SourceCatalog catalog, Begun known) {
    this.spec = spec;
    this.catalog = catalog;
    this.known = known;
    this.named =
        resolve(
            known.proved(),
            undecided::add,
            column -> {
              ruled.add(column);
              return known.proved().filled().contains(column);
            });
  }

  /** The mapping with its names; types may become others. */
  Mapping named() {
    return named;
  }

  /**
   * What is known of values, and what those of columns prove that are not fixed yet.
   *
   * @param made the target tables that are to be made
   */
  ProvedTypes prove(Set<TableName> made) throws SQLException, InterruptedException {
    undecided.removeIf(column -> MappingText.describes(known.mapping(), column));
    ruled.removeIf(column -> MappingText.describes(known.mapping(), column));
    return known.proved().and(scan(made)).and(filled(made));
  }

  /** The mapping with its types, and with what the target generates. */
  Mapping resolved(ProvedTypes proved) {
    return known.ordered(
        GeneratedColumns.in(
            resolve(proved, column -> {}, proved.filled()::contains), catalog.product()));
  }

  private Mapping resolve(
      ProvedTypes proved, Consumer<ColumnName> asked, Predicate<ColumnName> filled) {
    TypeMapper types = new TypeMapper(catalog.product(), proved, known.extensionTypes());
    return known.ordered(
        MappingResolver.resolve(
            spec, catalog, new MappedTypes(types, known.unknownTypes(), asked, filled)));
  }

  /**
   * Only columns whose type is left to Landfall, of tables that are to be made: a table of the
   * user's own has its types.
   */
  private ProvedTypes scan(Set<TableName> made) throws SQLException, InterruptedException {
    Set<ColumnName> open = new HashSet<>();
    Map<ColumnName, PgType> chosen = new HashMap<>();
    for (TableMapping table : named.tables()) {
      for (TargetTable target : table.targets()) {
        for (ColumnMapping column : target.columns()) {
          Optional<SourceColumn> source = table.sourceOf(column);
          if (made.contains(target.name()) && source.isPresent()) {
            ColumnName name = new ColumnName(table.source().name(), source.get().name());
            if (undecided.contains(name)) {
              open.add(name);
            } else {
              chosen.put(name, column.type());
            }
          }
        }
      }
    }
    return ValueScan.of(catalog, open::contains, chosen)
        .run(() -> Connections.open(spec.source().connection()), Preparation.SCANS_AT_ONCE);
  }

  /**
   * Which columns of tables that are to be made, NOT NULL and with rules for more than them, have
   * no value that rules make NULL.
   */
  private ProvedTypes filled(Set<TableName> made) {
    Set<ColumnName> filled = new HashSet<>();
    for (TableMapping table : named.tables()) {
      if (table.targets().stream().anyMatch(target -> made.contains(target.name()))) {
        ruled.stream().filter(c -> c.table().equals(table.source().name())).forEach(filled::add);
      }
    }
    if (!filled.isEmpty()) {
      new OddValueLook(spec.source().connection(), OddValueScan.ofNulls(named, filled))
          .run()
          .forEach(count -> filled.remove(new ColumnName(count.table(), count.column())));
    }
    return new ProvedTypes(Set.of(), Set.of(), filled);
  }
}
