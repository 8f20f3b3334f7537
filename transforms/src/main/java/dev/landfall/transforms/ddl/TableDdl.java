package dev.landfall.transforms.ddl;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.SchemaObject.Kind;
import dev.landfall.transforms.model.SourceCatalog.Product;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourcePartitions;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.sql.DdlSql;
import dev.landfall.transforms.translate.Scope;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables that one source table becomes, with their comments and identities. */
final class TableDdl {
  /** A default of PostgreSQL names no columns (manual, CREATE TABLE). */
  private static final Scope NO_COLUMNS = name -> Optional.empty();

  private final TableMapping mapping;
  private final int position;
  private final Product product;
  private final TargetNames names;
  private final TargetCollations collations;
  private final MergedTables merged;
  private final ObjectTable objects;
  private final List<DdlStatement> identities = new ArrayList<>();

  TableDdl(
      TableMapping mapping,
      int position,
      Product product,
      TargetNames names,
      TargetCollations collations,
      MergedTables merged,
      ObjectTable objects) {
    this.mapping = mapping;
    this.position = position;
    this.merged = merged;
    this.product = product;
    this.names = names;
    this.collations = collations;
    this.objects = objects;
  }

  /** The schemas of all tables to be made; {@code public} is in every database. */
  static List<DdlStatement> schemas(Mapping mapping) {
    Map<String, DdlStatement> schemas = new LinkedHashMap<>();
    for (TableMapping table : mapping.tables()) {
      for (TargetTable target : table.targets()) {
        String schema = target.name().schema();
        if (!target.existing() && !schema.equals("public")) {
          schemas.putIfAbsent(
              schema,
              new DdlStatement(
                  target.name(), schema, DdlSql.createSchema(schema), DdlStatement.Kind.SCHEMA));
        }
      }
    }
    return List.copyOf(schemas.values());
  }

  /** Tables, each followed by its comments. */
  List<DdlStatement> tables() {
    List<DdlStatement> statements = new ArrayList<>();
    for (TargetTable target : mapping.targets()) {
      if (merged.isMade(position, target)) {
        List<DdlSql.Column> columns =
            target.columns().stream().map(c -> column(target, c)).toList();
        Optional<TargetPartitions> partitions = partitions(target);
        String table = DdlSql.createTable(target.name(), columns);
        statements.add(
            new DdlStatement(
                target.name(),
                target.name().table(),
                partitions.map(p -> DdlSql.partitionedBy(table, p.by())).orElse(table),
                DdlStatement.Kind.TABLE));
        partitions.ifPresent(p -> p.parts().forEach(part -> statements.add(part(target, part))));
        merged.key(target).ifPresent(statements::add);
        statements.addAll(comments(target));
      }
    }
    new ColumnOutcomes(mapping, product, merged, objects).list();
    noteTable();
    return statements;
  }

  private DdlStatement part(TargetTable target, TargetPartitions.Part part) {
    String name = names.index(target.name(), part.name());
    return new DdlStatement(
        target.name(),
        name,
        DdlSql.createPartition(
            target.name(), new TableName(target.name().schema(), name), part.values()),
        DdlStatement.Kind.PARTITION);
  }

  private Optional<TargetPartitions> partitions(TargetTable target) {
    SourcePartitions source = mapping.source().partitions();
    if (source == null) {
      return Optional.empty();
    }
    TableName table = mapping.source().name();
    if (merged.isMerged(target)) {
      objects.left(Kind.PARTITIONING, table, null, MergedTables.why(target), source.declared());
      return Optional.empty();
    }
    try {
      TargetPartitions partitions = new PartitionPlan(mapping, target, source).plan();
      partitions.notes().forEach(n -> objects.converted(Kind.PARTITIONING, table, null, n));
      return Optional.of(partitions);
    } catch (PartitionPlan.FlattenedException e) {
      objects.left(
          Kind.PARTITIONING,
          table,
          null,
          target.name() + " has no partitions: " + e.reason(),
          source.declared());
      return Optional.empty();
    }
  }

  /** The next values of identity columns; known after {@link #tables}. */
  List<DdlStatement> identities() {
    return identities;
  }

  private DdlSql.Column column(TargetTable target, ColumnMapping column) {
    String name = column.name();
    String type = column.type().ddl();
    boolean notNull = !column.nullable();
    Optional<SourceColumn> read = mapping.sourceOf(column);
    if (read.isEmpty()) {
      return new DdlSql.Column(name, type, notNull, false, null);
    }
    SourceColumn source = read.get();
    boolean identity = source.autoIncrement() && identity(target, column);
    ColumnDefault byDefault = ColumnDefault.of(product, source, column.type(), NO_COLUMNS);
    if (byDefault.untranslated() != null) {
      left(column, byDefault.reason(), "DEFAULT " + byDefault.untranslated());
    }
    return new DdlSql.Column(
        name,
        type + collations.ofColumn(column, source),
        notNull || identity,
        identity,
        identity ? names.sequence(target.name(), name).orElse(null) : null,
        byDefault.sql(),
        column.generated());
  }

  /** Only the first target of a split numbers its rows; the others refer to it. */
  private boolean identity(TargetTable target, ColumnMapping column) {
    long limit = column.type().identityLimit();
    if (limit == 0) {
      left(
          column,
          "is not numbered by the server: PostgreSQL numbers smallint, integer and bigint, not "
              + column.type(),
          "AUTO_INCREMENT");
      return false;
    }
    if (!identities.isEmpty()
        || mapping.targets().stream()
            .takeWhile(t -> !t.equals(target))
            .anyMatch(
                t -> t.columns().stream().anyMatch(c -> c.source().equals(column.source())))) {
      objects.same(
          Kind.COLUMN,
          mapping.source().name(),
          mapping.sourceOf(column).orElseThrow().name(),
          "is numbered by the server in the first of its tables, not in " + target.name());
      return false;
    }
    BigInteger next = merged.next(position, target, column);
    BigInteger last = next == null ? BigInteger.ZERO : next.subtract(BigInteger.ONE);
    if (next != null && next.compareTo(BigInteger.valueOf(limit)) > 0) {
      left(
          column,
          "can't be numbered further: the source's counter is at "
              + next
              + ", beyond "
              + column.type(),
          "AUTO_INCREMENT=" + next);
    }
    identities.add(
        new DdlStatement(
            target.name(),
            column.name(),
            DdlSql.setIdentity(
                target.name(), column.name(), last.min(BigInteger.valueOf(limit)).longValue()),
            DdlStatement.Kind.IDENTITY));
    return true;
  }

  private List<DdlStatement> comments(TargetTable target) {
    List<DdlStatement> comments = new ArrayList<>();
    String ofTable = mapping.source().comment();
    if (!ofTable.isEmpty()) {
      comments.add(
          new DdlStatement(
              target.name(),
              target.name().table(),
              DdlSql.commentOnTable(target.name(), ofTable),
              DdlStatement.Kind.COMMENT));
    }
    for (ColumnMapping column : target.columns()) {
      String comment = mapping.sourceOf(column).map(SourceColumn::comment).orElse("");
      if (!comment.isEmpty()) {
        comments.add(
            new DdlStatement(
                target.name(),
                column.name(),
                DdlSql.commentOnColumn(target.name(), column.name(), comment),
                DdlStatement.Kind.COMMENT));
      }
    }
    return comments;
  }

  private void noteTable() {
    SourceTable source = mapping.source();
    List<String> names = mapping.targets().stream().map(t -> t.name().toString()).toList();
    boolean same =
        names.size() == 1 && mapping.targets().get(0).name().table().equals(source.name().table());
    if (!same) {
      converted("becomes " + String.join(" and ", names));
    }
    mapping.targets().stream()
        .filter(TargetTable::existing)
        .forEach(t -> converted("goes into " + t.name() + ", which was there, as it is"));
    if (source.partitions() != null && mapping.targets().stream().allMatch(TargetTable::existing)) {
      objects.left(
          Kind.PARTITIONING,
          source.name(),
          null,
          ObjectTable.EXISTING,
          source.partitions().declared());
    }
    if (source.versioned()) {
      objects.left(
          Kind.TABLE,
          source.name(),
          null,
          "only the present rows move: PostgreSQL keeps no history of rows",
          "WITH SYSTEM VERSIONING");
    }
    StorageEngine.note(source.engine()).ifPresent(this::converted);
  }

  private void converted(String note) {
    objects.converted(Kind.TABLE, mapping.source().name(), null, note);
  }

  private void left(ColumnMapping column, String note, String source) {
    objects.left(
        Kind.COLUMN,
        mapping.source().name(),
        mapping.sourceOf(column).orElseThrow().name(),
        note,
        source);
  }
}
