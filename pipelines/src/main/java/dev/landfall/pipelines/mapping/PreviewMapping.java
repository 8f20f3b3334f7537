package dev.landfall.pipelines.mapping;

import dev.landfall.pipelines.prepare.Changes.Extent;
import dev.landfall.pipelines.prepare.Preparation;
import dev.landfall.pipelines.run.Errand;
import dev.landfall.pipelines.run.TaskRunner;
import dev.landfall.pipelines.spec.MaskedUrl;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.jdbc.SqlStates;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.read.FewRows;
import dev.landfall.transforms.sql.ShownRowsSql;
import dev.landfall.transforms.value.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the source and what a move would make of them, read and converted as a load does it.
 * Changes nothing, and needs no tables in the target.
 *
 * @param table a table of either side, with or without its schema
 * @param rows how many at most, of each source table
 * @param where which rows, a condition in the source's words; null for any
 * @param seed chooses rows from all over the table, for which it is read as a whole; null for those
 *     that come first
 */
public record PreviewMapping(String table, int rows, @Nullable String where, @Nullable Long seed)
    implements Errand<Preview> {
  /** So much is kept at a time. */
  private static final long BYTES = 32L << 20;

  @Override
  public Preview perform(TaskRunner runner) {
    Mapping mapping = Preparation.prepare(runner.spec(), Extent.LOOK, runner.source()).mapping();
    List<Preview.Source> tables = new ArrayList<>();
    ConnectionSettings source = runner.spec().source().connection();
    try (Connection connection = Reachability.open(Side.SOURCE, source)) {
      for (TableMapping one : mapping.tables()) {
        List<TableName> targets = wanted(one);
        if (!targets.isEmpty()) {
          Rows read = read(connection, one);
          tables.add(
              new Preview.Source(one.source().name(), new PreviewRows(one, targets).of(read)));
        }
      }
    } catch (SQLException e) {
      if (where != null && SqlStates.classify(e) != SqlStates.Failure.TRANSIENT) {
        throw usage(
            "The source refused the condition of --where: "
                + String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ")
                + ". It is a condition on columns of the source's table, in the source's words.");
      }
      throw Reachability.failed(Side.SOURCE, source, "Reading rows to show", e);
    }
    if (tables.isEmpty()) {
      throw usage(
          "There is no table "
              + MaskedUrl.value(table)
              + " in this mapping; there are "
              + mapping.tables().stream()
                  .flatMap(t -> Stream.concat(Stream.of(t.source().name()), names(t)))
                  .map(TableName::toString)
                  .distinct()
                  .collect(Collectors.joining(", "))
              + ".");
    }
    return new Preview(runner.spec().name(), tables);
  }

  private Rows read(Connection connection, TableMapping one) throws SQLException {
    return FewRows.readSome(connection, ShownRowsSql.some(one, where, seed, rows), BYTES);
  }

  /** All targets of a source table that is called so, else those that are. */
  private List<TableName> wanted(TableMapping one) {
    return is(one.source().name()) ? names(one).toList() : names(one).filter(this::is).toList();
  }

  private static Stream<TableName> names(TableMapping one) {
    return one.targets().stream().map(TargetTable::name);
  }

  private boolean is(TableName name) {
    return name.toString().equals(table) || name.table().equals(table);
  }

  private static MigrationException usage(String message) {
    return new MigrationException(MigrationException.Kind.USAGE, message);
  }
}
