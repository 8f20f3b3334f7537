package dev.landfall.transforms.ddl;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceIndex;
import dev.landfall.transforms.model.SourcePartitions;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.PgDate;
import dev.landfall.transforms.types.PgInteger;
import dev.landfall.transforms.types.PgNumeric;
import dev.landfall.transforms.types.PgText;
import dev.landfall.transforms.types.PgTimestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the partitions of a target table that hold the same rows as the source's (MySQL manual
 * 22.2). Where there are none with certainty it says why, and the table is made without partitions.
 */
final class PartitionPlan {
  /** Collations that compare bytes and do not take blanks at the end for nothing. */
  private static final Pattern NO_PAD = Pattern.compile(".*(?:_0900|_nopad)_bin");

  private static final Pattern COLUMN = Pattern.compile("`?([^`(),]+)`?");
  private static final Pattern FUNCTION =
      Pattern.compile("(?i)(year|to_days|unix_timestamp)\\(`?([^`(),]+)`?\\)");

  private final TableMapping mapping;
  private final TargetTable target;
  private final SourcePartitions source;
  private final List<String> notes = new ArrayList<>();

  PartitionPlan(TableMapping mapping, TargetTable target, SourcePartitions source) {
    this.mapping = mapping;
    this.target = target;
    this.source = source;
  }

  /** Why a table is made without partitions. */
  static final class FlattenedException extends Exception {
    private static final long serialVersionUID = 1L;

    FlattenedException(String reason) {
      super(reason);
    }

    /** The reason for a person. */
    String reason() {
      return String.valueOf(getMessage());
    }
  }

  /** The partitions. */
  TargetPartitions plan() throws FlattenedException {
    if (source.subpartitions() != null) {
      notes.add("its subpartitions by " + source.subpartitions() + " are left out");
    }
    return switch (source.method()) {
      case "RANGE" -> range();
      case "RANGE COLUMNS" -> rangeColumns(columns());
      case "LIST" -> list(columns());
      case "LIST COLUMNS" -> list(columns());
      case "HASH", "LINEAR HASH", "KEY", "LINEAR KEY" -> hash();
      default -> throw new FlattenedException("PostgreSQL has nothing like " + source.method());
    };
  }

  private TargetPartitions range() throws FlattenedException {
    Matcher function = FUNCTION.matcher(expression());
    if (!function.matches()) {
      List<ColumnMapping> columns = columns();
      require(columns.get(0), isNumber(columns.get(0)));
      SourceColumn column = mapping.sourceOf(columns.get(0)).orElseThrow();
      return ranges(columns, part -> List.of(PartitionBounds.integer(part, column)));
    }
    ColumnMapping column = column(function.group(2));
    String name = function.group(1).toLowerCase(Locale.ROOT);
    require(
        column,
        name.equals("unix_timestamp")
            ? column.type() instanceof PgTimestamp moment && moment.zoned()
            : isDay(column));
    notes.add(name + "(" + column.name() + ") became ranges of " + column.name());
    return ranges(List.of(column), part -> List.of(PartitionBounds.moment(name, part)));
  }

  private TargetPartitions rangeColumns(List<ColumnMapping> columns) throws FlattenedException {
    for (ColumnMapping column : columns) {
      require(column, isNumber(column) || isDay(column));
    }
    return ranges(columns, part -> PartitionBounds.tuple(mapping, part, columns));
  }

  /** From a description to the bound of each column. */
  private interface Bound {
    List<String> of(String description) throws FlattenedException;
  }

  private TargetPartitions ranges(List<ColumnMapping> columns, Bound bound)
      throws FlattenedException {
    for (ColumnMapping column : columns) {
      if (column.nullable()) {
        throw new FlattenedException(
            column.name() + " may be NULL, for which ranges of PostgreSQL have no place");
      }
    }
    List<TargetPartitions.Part> parts = new ArrayList<>();
    List<String> from = columns.stream().map(c -> "MINVALUE").toList();
    for (SourcePartitions.Part part : source.parts()) {
      List<String> to = bound.of(String.valueOf(part.description()));
      parts.add(
          new TargetPartitions.Part(
              part.name(),
              "FROM (" + String.join(", ", from) + ") TO (" + String.join(", ", to) + ")"));
      from = to;
    }
    return by("RANGE", columns, parts);
  }

  private TargetPartitions list(List<ColumnMapping> columns) throws FlattenedException {
    if (columns.size() > 1) {
      throw new FlattenedException("PostgreSQL has lists of one column only");
    }
    ColumnMapping column = columns.get(0);
    if (column.type() instanceof PgText) {
      requireBytes(column);
    } else {
      require(column, isNumber(column) || isDay(column));
    }
    List<TargetPartitions.Part> parts = new ArrayList<>();
    for (SourcePartitions.Part part : source.parts()) {
      List<String> values = new ArrayList<>();
      for (String value : PartitionBounds.split(String.valueOf(part.description()))) {
        values.add(value.equals("NULL") ? value : PartitionBounds.value(mapping, value, column));
      }
      parts.add(new TargetPartitions.Part(part.name(), "IN (" + String.join(", ", values) + ")"));
    }
    return by("LIST", columns, parts);
  }

  private TargetPartitions hash() throws FlattenedException {
    Matcher function = Pattern.compile("(?i)[a-z_]+\\(`?([^`(),]+)`?\\)").matcher(expression());
    List<ColumnMapping> columns =
        expression().isEmpty()
            ? keyColumns()
            : function.matches() ? List.of(column(function.group(1))) : columns();
    int count = source.parts().size();
    List<TargetPartitions.Part> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(
          new TargetPartitions.Part(
              source.parts().get(i).name(), "WITH (MODULUS " + count + ", REMAINDER " + i + ")"));
    }
    notes.add("PostgreSQL's hash puts rows into other partitions than the source's does");
    return by("HASH", columns, parts);
  }

  /** {@code KEY ()} is by the primary key, or a unique key that is NOT NULL. */
  private List<ColumnMapping> keyColumns() throws FlattenedException {
    List<ColumnMapping> columns = new ArrayList<>();
    for (String name : mapping.source().key()) {
      columns.add(column(name));
    }
    if (columns.isEmpty()) {
      throw new FlattenedException("it is by a key that the table does not have");
    }
    return columns;
  }

  private TargetPartitions by(
      String method, List<ColumnMapping> columns, List<TargetPartitions.Part> parts)
      throws FlattenedException {
    requireKeysHold(columns);
    return new TargetPartitions(
        method
            + " ("
            + Identifiers.postgres(columns.stream().map(ColumnMapping::name).toList())
            + ")",
        parts,
        notes);
  }

  /** A key of a partitioned table must hold its partitions' columns (manual, CREATE TABLE). */
  private void requireKeysHold(List<ColumnMapping> columns) throws FlattenedException {
    for (SourceIndex index : mapping.source().indexes()) {
      Set<String> held = new HashSet<>();
      for (SourceIndex.Part part : index.parts()) {
        if (part.column() != null && part.prefix() == null) {
          new MappedColumns(mapping, target).of(part.column()).ifPresent(c -> held.add(c.name()));
        }
      }
      if (index.unique() && !columns.stream().allMatch(c -> held.contains(c.name()))) {
        throw new FlattenedException(index.name() + " does not hold the partitions' columns");
      }
    }
  }

  private String expression() {
    return source.expression() == null ? "" : source.expression().strip();
  }

  private List<ColumnMapping> columns() throws FlattenedException {
    List<ColumnMapping> columns = new ArrayList<>();
    for (String name : Arrays.asList(expression().split(",", -1))) {
      Matcher matcher = COLUMN.matcher(name.strip());
      if (!matcher.matches()) {
        throw new FlattenedException("it is by an expression: " + expression());
      }
      columns.add(column(matcher.group(1)));
    }
    return columns;
  }

  private ColumnMapping column(String name) throws FlattenedException {
    ColumnMapping column =
        new MappedColumns(mapping, target)
            .of(name)
            .orElseThrow(() -> new FlattenedException("the target has no column for " + name));
    if (column.generated() != null) {
      throw new FlattenedException(
          column.name() + " is generated, and PostgreSQL has no partitions by such a column");
    }
    if (column.nullDefault() != null) {
      throw new FlattenedException("the mapping gives " + column.name() + " a value for NULL");
    }
    return column;
  }

  private static boolean isNumber(ColumnMapping column) {
    return column.type() instanceof PgInteger || column.type() instanceof PgNumeric;
  }

  private static boolean isDay(ColumnMapping column) {
    return column.type() instanceof PgDate
        || (column.type() instanceof PgTimestamp moment && !moment.zoned());
  }

  private static void require(ColumnMapping column, boolean ordered) throws FlattenedException {
    if (!ordered) {
      throw new FlattenedException(
          column.name() + " is " + column.type() + ", which is not ordered with certainty alike");
    }
  }

  /** A collation that takes texts of other bytes for the same puts them into one list. */
  private void requireBytes(ColumnMapping column) throws FlattenedException {
    String collation = mapping.sourceOf(column).orElseThrow().collation();
    if (!column.conversion().equals(Conversion.TEXT)
        || collation == null
        || !NO_PAD.matcher(collation).matches()) {
      throw new FlattenedException(
          column.name()
              + " is text of the collation "
              + collation
              + ", which takes different texts"
              + " for the same");
    }
  }
}
