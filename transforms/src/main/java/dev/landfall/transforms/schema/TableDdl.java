package dev.landfall.transforms.schema;

import dev.landfall.transforms.schema.SourceCatalog.Product;
import dev.landfall.transforms.sql.DdlSql;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables that one source table becomes, with their comments and identities. */
final class TableDdl {
  private final TableMapping mapping;
  private final Product product;
  private final TargetNames names;
  private final List<SchemaNote> notes;
  private final List<DdlStatement> identities = new ArrayList<>();

  TableDdl(TableMapping mapping, Product product, TargetNames names, List<SchemaNote> notes) {
    this.mapping = mapping;
    this.product = product;
    this.names = names;
    this.notes = notes;
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
      if (!target.existing()) {
        List<DdlSql.Column> columns =
            target.columns().stream().map(c -> column(target, c)).toList();
        statements.add(
            new DdlStatement(
                target.name(),
                target.name().table(),
                DdlSql.createTable(target.name(), columns),
                DdlStatement.Kind.TABLE));
        statements.addAll(comments(target));
      }
    }
    noteOmittedColumns();
    return statements;
  }

  /** The next values of identity columns; known after {@link #tables}. */
  List<DdlStatement> identities() {
    return identities;
  }

  private DdlSql.Column column(TargetTable target, ColumnMapping column) {
    String name = column.name();
    String type = column.type().ddl();
    boolean notNull = !column.nullable();
    if (column.source() == ColumnMapping.CONSTANT) {
      return new DdlSql.Column(name, type, notNull, false, null);
    }
    SourceColumn source = mapping.read().get(column.source());
    boolean identity = source.autoIncrement() && identity(target, column);
    ColumnDefault byDefault = ColumnDefault.of(product, source, column.type());
    if (byDefault.untranslated() != null) {
      note(target, name, "has no default; the source's is " + byDefault.untranslated());
    }
    if (source.generated() != null) {
      note(target, name, "is an ordinary column; the source generates it: " + source.generated());
    }
    if (source.onUpdateNow()) {
      note(target, name, "is not set by an update; the source has ON UPDATE CURRENT_TIMESTAMP");
    }
    boolean list = source.dataType().equals("enum") || source.dataType().equals("set");
    if (list && column.conversion() != Conversion.ENUM) {
      note(target, name, "takes any text; the source allows " + source.columnType());
    }
    return new DdlSql.Column(name, type, notNull || identity, identity, byDefault.sql());
  }

  /** Only the first target of a split numbers its rows; the others refer to it. */
  private boolean identity(TargetTable target, ColumnMapping column) {
    long limit =
        switch (column.type().kind()) {
          case SMALLINT -> Short.MAX_VALUE;
          case INTEGER -> Integer.MAX_VALUE;
          case BIGINT -> Long.MAX_VALUE;
          case BOOLEAN,
              NUMERIC,
              REAL,
              DOUBLE,
              TEXT,
              BYTEA,
              DATE,
              TIME,
              INTERVAL,
              TIMESTAMP,
              TIMESTAMPTZ,
              JSON,
              JSONB,
              BIT,
              UUID,
              TEXT_ARRAY,
              OTHER ->
              0;
        };
    if (limit == 0) {
      note(
          target,
          column.name(),
          "is not numbered by the server: PostgreSQL numbers smallint, integer and bigint, not "
              + column.type());
      return false;
    }
    if (!identities.isEmpty()
        || mapping.targets().stream()
            .takeWhile(t -> !t.equals(target))
            .anyMatch(t -> t.columns().stream().anyMatch(c -> c.source() == column.source()))) {
      note(target, column.name(), "is not numbered by the server: another column is already");
      return false;
    }
    BigInteger next = mapping.source().nextAutoIncrement();
    BigInteger last = next == null ? BigInteger.ZERO : next.subtract(BigInteger.ONE);
    if (next != null && next.compareTo(BigInteger.valueOf(limit)) > 0) {
      note(
          target,
          column.name(),
          "can't be numbered further: the source's counter is at "
              + next
              + ", beyond "
              + column.type());
    }
    names.take(
        new TableName(
            target.name().schema(), target.name().table() + "_" + column.name() + "_seq"));
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
      if (column.source() != ColumnMapping.CONSTANT) {
        String comment = mapping.read().get(column.source()).comment();
        if (!comment.isEmpty()) {
          comments.add(
              new DdlStatement(
                  target.name(),
                  column.name(),
                  DdlSql.commentOnColumn(target.name(), column.name(), comment),
                  DdlStatement.Kind.COMMENT));
        }
      }
    }
    return comments;
  }

  private void noteOmittedColumns() {
    mapping.targets().stream()
        .filter(t -> !t.existing())
        .findFirst()
        .ifPresent(
            target ->
                mapping.source().columns().stream()
                    .filter(c -> c.generated() != null && !isMapped(c))
                    .forEach(
                        c ->
                            note(
                                target,
                                c.name(),
                                "is left out; the source generates it: " + c.generated())));
  }

  private boolean isMapped(SourceColumn column) {
    int position = mapping.read().indexOf(column);
    return position >= 0
        && mapping.targets().stream()
            .flatMap(t -> t.columns().stream())
            .anyMatch(c -> c.source() == position);
  }

  private void note(TargetTable target, String column, String text) {
    notes.add(new SchemaNote(target.name(), "column " + column, text));
  }
}
