package dev.landfall.transforms.schema;

import dev.landfall.transforms.sql.Identifiers;
import dev.landfall.transforms.sql.SourceCatalogSql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The CHECK constraints of a database. */
final class SourceChecks {
  private final Map<String, List<SourceCheck>> byTable = new HashMap<>();

  /** Checks that make a longtext a {@code json} in MariaDB, by table and column. */
  private final Map<List<String>, SourceCheck> json = new HashMap<>();

  private SourceChecks() {}

  static SourceChecks read(SourceQueries queries) throws SQLException {
    SourceChecks checks = new SourceChecks();
    if (queries.mariadb()) {
      checks.readMariaDb(queries);
    } else if (queries.mysql(8, 0, 16)) {
      checks.readMySql(queries);
    }
    return checks;
  }

  private void readMariaDb(SourceQueries queries) throws SQLException {
    queries.each(
        SourceCatalogSql.mariadbChecks(),
        row -> {
          String table = row.getString("table_name");
          String name = row.getString("constraint_name");
          String clause = row.getString("check_clause");
          // A check that allows anything else beside makes it an ordinary text.
          if (clause.equals("json_valid(" + Identifiers.mysql(name) + ")")
              && row.getString("level").equals("Column")) {
            json.put(List.of(table, name), new SourceCheck(name, clause, true));
          } else {
            add(table, new SourceCheck(name, clause, true));
          }
        });
  }

  private void readMySql(SourceQueries queries) throws SQLException {
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
  List<SourceCheck> of(String table, List<SourceColumn> columns) {
    List<SourceCheck> checks = new ArrayList<>(byTable.getOrDefault(table, List.of()));
    columns.stream()
        .filter(c -> !c.dataType().equals("json"))
        .map(c -> json.get(List.of(table, c.name())))
        .filter(Objects::nonNull)
        .forEach(checks::add);
    return checks;
  }

  boolean isJson(String table, String column) {
    return json.containsKey(List.of(table, column));
  }
}
