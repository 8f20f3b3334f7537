package dev.landfall.transforms.ddl;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.SourceCatalog.Product;
import dev.landfall.transforms.model.SourceIndex;
import dev.landfall.transforms.model.SourceIndex.Part;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.sql.ConstraintSql;
import dev.landfall.transforms.sql.IndexSql;
import dev.landfall.transforms.translate.ExpressionTranslator;
import dev.landfall.transforms.translate.Translation;
import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.PgBytea;
import dev.landfall.transforms.types.PgGeometry;
import dev.landfall.transforms.types.PgText;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keys and indexes of the tables that one source table becomes. An index goes to each target that
 * holds all its columns.
 */
final class IndexDdl {
  private final TableMapping mapping;
  private final TargetNames names;
  private final Product product;
  private final MergedTables merged;
  private final ObjectTable objects;
  private final EqualityDdl equality;
  private final List<DdlStatement> statements = new ArrayList<>();

  IndexDdl(
      TableMapping mapping,
      Product product,
      TargetNames names,
      TargetCollations collations,
      MergedTables merged,
      ObjectTable objects) {
    this.mapping = mapping;
    this.merged = merged;
    this.names = names;
    this.product = product;
    this.objects = objects;
    this.equality = new EqualityDdl(mapping, names, collations, objects);
  }

  List<DdlStatement> statements() {
    for (TargetTable target : mapping.targets()) {
      if (!target.existing()) {
        primaryKey(target);
        for (SourceIndex index : mapping.source().indexes()) {
          if (!isThePrimaryKey(index) || hasOwnKey(target)) {
            index(target, index);
          }
        }
      }
    }
    noteIndexesOfNoTarget();
    return statements;
  }

  /** Whether the target's rows are told apart by something else than the source's. */
  private boolean hasOwnKey(TargetTable target) {
    List<String> carried =
        new MappedColumns(mapping, target)
            .of(mapping.source().key()).orElse(List.of()).stream()
                .map(ColumnMapping::name)
                .toList();
    return !target.key().equals(carried);
  }

  /** A primary key on prefixes can't be one in PostgreSQL; it becomes a unique index. */
  private static boolean isThePrimaryKey(SourceIndex index) {
    return index.primary() && index.wholeColumns();
  }

  private void primaryKey(TargetTable target) {
    Optional<SourceIndex> key = mapping.source().primaryKey().filter(IndexDdl::isThePrimaryKey);
    boolean own = !target.key().isEmpty() && hasOwnKey(target);
    if (merged.isMerged(target) || (key.isEmpty() && !own)) {
      return;
    }
    if (target.key().isEmpty()) {
      left(key.get(), "has none, since the columns of the source's are not mapped");
      return;
    }
    String name = names.index(target.name(), "pkey");
    statements.add(
        new DdlStatement(
            target.name(),
            name,
            ConstraintSql.addPrimaryKey(target.name(), name, target.key()),
            DdlStatement.Kind.PRIMARY_KEY));
    if (!own) {
      equality.index(target, key.get(), name).ifPresent(statements::add);
    }
  }

  private void index(TargetTable target, SourceIndex index) {
    if (index.unique() && target.each() != null) {
      left(index, "several rows of " + target.name() + " are made of one");
      return;
    }
    Optional<List<ColumnMapping>> mapped =
        new MappedColumns(mapping, target).replacing(index.columns());
    if (mapped.isEmpty()) {
      return;
    }
    List<ColumnMapping> columns = mapped.get();
    if (index.kind().equals("SPATIAL")) {
      spatial(target, index, columns.get(0));
      return;
    }
    if (index.kind().equals("FULLTEXT")) {
      textSearch(target, index, columns);
      return;
    }
    List<String> parts = new ArrayList<>();
    Iterator<ColumnMapping> column = columns.iterator();
    for (Part part : index.parts()) {
      String expression = part.expression();
      String sql =
          expression == null
              ? part(index, part, column.next())
              : functional(target, index, part, expression);
      if (sql == null) {
        return;
      }
      parts.add(sql);
    }
    String name = create(target, index, columns, parts);
    if (index.unique() && index.parts().stream().allMatch(p -> p.column() != null)) {
      equality.index(target, index, name).ifPresent(statements::add);
    }
  }

  /** An expression's part; null, and noted, when it can't be translated. */
  private @Nullable String functional(
      TargetTable target, SourceIndex index, Part part, String expression) {
    Translation translation =
        new ExpressionTranslator(product, new TableScope(mapping, target)).indexed(expression);
    if (translation.sql() == null) {
      left(index, "is on an expression: " + translation.reason());
      return null;
    }
    return "(" + translation.sql() + ")" + (part.descending() ? " DESC" : "");
  }

  private void spatial(TargetTable target, SourceIndex index, ColumnMapping column) {
    // PostGIS's type, and its own operators for GiST.
    if (!(column.type() instanceof PgGeometry)) {
      left(index, "is a spatial index, and the column became " + column.type());
      return;
    }
    String name = names.index(target.name(), index.name());
    add(
        target,
        index,
        name,
        IndexSql.createSpatial(target.name(), name, column.name()),
        DdlStatement.Kind.INDEX);
    converted(index, "is a GiST index");
  }

  /** Makes an index with its comment. */
  private void add(
      TargetTable target, SourceIndex index, String name, String sql, DdlStatement.Kind kind) {
    statements.add(new DdlStatement(target.name(), name, sql, kind));
    if (!index.comment().isEmpty()) {
      TableName made = new TableName(target.name().schema(), name);
      statements.add(
          new DdlStatement(
              target.name(),
              name,
              IndexSql.commentOnIndex(made, index.comment()),
              DdlStatement.Kind.COMMENT));
    }
    if (index.ignored()) {
      converted(index, "is used by queries: PostgreSQL has no invisible indexes");
    }
  }

  private String create(
      TargetTable target, SourceIndex index, List<ColumnMapping> columns, List<String> parts) {
    String name =
        names.index(
            target.name(),
            !index.primary() ? index.name() : isThePrimaryKey(index) ? "key" : "pkey");
    boolean plain = index.wholeColumns() && index.parts().stream().noneMatch(Part::descending);
    if (index.unique() && plain) {
      List<String> columnNames = columns.stream().map(ColumnMapping::name).toList();
      String sql = ConstraintSql.addUnique(target.name(), name, columnNames);
      add(target, index, name, sql, DdlStatement.Kind.UNIQUE);
    } else {
      String sql = IndexSql.createIndex(target.name(), name, index.unique(), parts);
      add(target, index, name, sql, DdlStatement.Kind.INDEX);
    }
    if (index.kind().equals("HASH") && index.unique()) {
      converted(
          index,
          "is a tree, not a hash; PostgreSQL can't index a value of more than 2,704 bytes there");
    }
    if (isThePrimaryKey(index)) {
      converted(
          index, "is a unique key: the rows are told apart by " + String.join(", ", target.key()));
    } else if (index.primary()) {
      converted(
          index, "is a unique index: PostgreSQL has no primary key on the beginning of a column");
    } else if (!index.wholeColumns() && index.parts().stream().anyMatch(p -> p.prefix() != null)) {
      converted(index, "is on an expression: the beginning of a column");
    }
    return name;
  }

  /** A column's part; null, and noted, when its type can't be indexed like it. */
  private @Nullable String part(SourceIndex index, Part part, ColumnMapping column) {
    Integer prefix = part.prefix();
    if (prefix == null && column.type().indexable()) {
      return IndexSql.part(column.name(), part.descending());
    }
    // Prefixes count characters of texts and bytes of binary values, on both sides.
    if (prefix != null
        && column.type() instanceof PgText
        && column.conversion().equals(Conversion.TEXT)) {
      return IndexSql.textPrefix(column.name(), prefix, part.descending());
    }
    if (prefix != null
        && column.type() instanceof PgBytea
        && column.conversion().equals(Conversion.BYTEA)) {
      return IndexSql.bytePrefix(column.name(), prefix, part.descending());
    }
    left(index, column.type() + " can't be indexed like it");
    return null;
  }

  private void textSearch(TargetTable target, SourceIndex index, List<ColumnMapping> columns) {
    if (columns.stream().anyMatch(c -> !(c.type() instanceof PgText))) {
      left(index, "is a full text index, and not all columns are text");
      return;
    }
    String name = names.index(target.name(), index.name());
    List<String> columnNames = columns.stream().map(ColumnMapping::name).toList();
    String sql = IndexSql.createTextSearch(target.name(), name, columnNames);
    add(target, index, name, sql, DdlStatement.Kind.INDEX);
    converted(
        index,
        "is a GIN index on to_tsvector('simple', …); MATCH … AGAINST has to be written anew");
  }

  private void noteIndexesOfNoTarget() {
    if (mapping.targets().stream().allMatch(TargetTable::existing)) {
      mapping.source().indexes().forEach(index -> left(index, ObjectTable.EXISTING));
      return;
    }
    for (SourceIndex index : mapping.source().indexes()) {
      List<String> columns = index.columns();
      boolean held =
          mapping.targets().stream()
              .anyMatch(t -> new MappedColumns(mapping, t).replacing(columns).isPresent());
      if (!held && !isThePrimaryKey(index)) {
        left(index, "no target table has all of its columns, " + String.join(", ", columns));
      }
    }
  }

  private void converted(SourceIndex index, String note) {
    objects.converted(ObjectTable.kind(index), mapping.source().name(), index.name(), note);
  }

  private void left(SourceIndex index, String note) {
    objects.left(
        ObjectTable.kind(index), mapping.source().name(), index.name(), note, index.declared());
  }
}
