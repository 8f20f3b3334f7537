package dev.landfall.transforms.catalog;

import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.SourceCheck;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.sql.SourceCatalogSql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The CHECK constraints of a database. */
final class SourceChecks {
  private final Map<String, List<SourceCheck>> byTable = new HashMap<>();

  /** Checks that make a longtext a {@code json} in MariaDB, by table and column. */
  private final Map<List<String>, SourceCheck> json = new HashMap<>();

  private final SourceQueries queries;

  /** For an account that reads some tables only, MariaDB's catalogue has no check. */
  private boolean hidden;

  /** Tables whose checks were read from what the server prints instead. */
  private final Set<String> shown = new HashSet<>();

  private SourceChecks(SourceQueries queries) {
    this.queries = queries;
  }

  static SourceChecks read(SourceQueries queries) throws SQLException {
    SourceChecks checks = new SourceChecks(queries);
    if (queries.mariadb()) {
      checks.hidden = !queries.readsTables();
      if (!checks.hidden) {
        checks.readMariaDb();
      }
    } else if (queries.mysql(8, 0, 16)) {
      checks.readMySql();
    }
    return checks;
  }

  private void readMariaDb() throws SQLException {
    queries.each(
        SourceCatalogSql.mariadbChecks(),
        row -> {
          String table = row.getString("table_name");
          addMariaDb(
              table,
              row.getString("constraint_name"),
              row.getString("level").equals("Column"),
              row.getString("check_clause"));
        });
  }

  private void show(String table) throws SQLException {
    if (hidden && shown.add(table)) {
      queries.shown(table).map(ShownConstraints::checks).orElse(List.of()).stream()
          .sorted(Comparator.comparing(ShownConstraints.Check::name))
          .forEach(check -> addMariaDb(table, check.name(), check.ofColumn(), check.clause()));
    }
  }

  private void addMariaDb(String table, String name, boolean ofColumn, String clause) {
    // A check that allows anything else beside makes it an ordinary text.
    if (clause.equals("json_valid(" + Identifiers.mysql(name) + ")") && ofColumn) {
      json.put(List.of(table, name), new SourceCheck(name, clause, true));
    } else {
      add(table, new SourceCheck(name, clause, true));
    }
  }

  private void readMySql() throws SQLException {
    Map<String, String> clauses = new HashMap<>();
    queries.each(
        SourceCatalogSql.mysqlCheckClauses(),
        row -> clauses.put(row.getString("constraint_name"), row.getString("check_clause")));
    queries.each(
        SourceCatalogSql.mysqlChecks(),
        row -> {
          String name = row.getString("constraint_name");
          add(
              row.getString("table_name"),
              new SourceCheck(
                  name, clauses.getOrDefault(name, ""), row.getString("enforced").equals("YES")));
        });
  }

  private void add(String table, SourceCheck check) {
    byTable.computeIfAbsent(table, t -> new ArrayList<>()).add(check);
  }

  /** The checks of a table, without those that only say that a column is {@code json}. */
  List<SourceCheck> of(String table, List<SourceColumn> columns) throws SQLException {
    show(table);
    List<SourceCheck> checks = new ArrayList<>(byTable.getOrDefault(table, List.of()));
    columns.stream()
        .filter(c -> !c.dataType().equals("json"))
        .map(c -> json.get(List.of(table, c.name())))
        .filter(Objects::nonNull)
        .forEach(checks::add);
    return checks;
  }

  boolean isJson(String table, String column) throws SQLException {
    show(table);
    return json.containsKey(List.of(table, column));
  }
}
