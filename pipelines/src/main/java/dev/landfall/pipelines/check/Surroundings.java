package dev.landfall.pipelines.check;

import dev.landfall.pipelines.prepare.Prepared;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.catalog.TargetCatalog;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is looked at before a command begins.
 *
 * @param purpose what is about to be done
 * @param anew whether the tables that the migration made are taken for absent
 * @param connection to the target, for questions only
 * @param prepared what the spec means for both sides
 * @param snapshot where the migration stands; null for one that has not begun
 */
public record Surroundings(
    Purpose purpose,
    boolean anew,
    Connection connection,
    Spec spec,
    Prepared prepared,
    @Nullable Snapshot snapshot) {
  boolean isOneOf(Purpose... purposes) {
    return List.of(purposes).contains(purpose);
  }

  ConnectionSettings target() {
    return spec.target().connection();
  }

  /** What the target has. */
  TargetCatalog catalog() {
    return prepared.target();
  }

  Stream<TargetTable> targets() {
    return prepared.mapping().targets().stream().map(prepared.mapping()::target);
  }

  boolean isThere(TableName table) {
    return catalog().table(table).isPresent();
  }

  /** The target tables that are there, in the mapping's order. */
  List<TableName> present() {
    return targets().map(TargetTable::name).filter(this::isThere).toList();
  }

  /** The names of some target tables, for a message; empty for none. */
  String names(Predicate<TargetTable> wanted) {
    return targets()
        .filter(wanted)
        .map(target -> target.name().toString())
        .collect(Collectors.joining(", "));
  }

  /** Asks about tables. */
  void ask(String sql, Collection<TableName> tables, Query.RowTaker taker) {
    if (!tables.isEmpty()) {
      each(Query.of(connection, sql).bindTables(tables), taker);
    }
  }

  /** Asks about the target as a whole. */
  void ask(String sql, Query.RowTaker taker) {
    each(Query.of(connection, sql), taker);
  }

  private void each(Query query, Query.RowTaker taker) {
    try {
      query.each(taker);
    } catch (SQLException e) {
      throw Reachability.failed(Side.TARGET, target(), "Looking at the tables", e);
    }
  }
}
