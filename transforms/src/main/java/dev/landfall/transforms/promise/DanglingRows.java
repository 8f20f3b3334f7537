package dev.landfall.transforms.promise;

import dev.landfall.transforms.check.Finding;
import dev.landfall.transforms.ddl.DdlStatement;
import dev.landfall.transforms.ddl.DdlStatement.Kind;
import dev.landfall.transforms.sql.PromisedCopySql;
import dev.landfall.transforms.sql.SchemaCheckSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of the target that refer to nothing. */
final class DanglingRows {
  private static final String FOREIGN_KEY = SchemaPart.Kind.FOREIGN_KEY.name();

  private final Connection connection;
  private final SchemaComparison.Settings settings;
  private final Notes notes;

  /** Where to say why something was not looked at; throws when the connection broke. */
  @FunctionalInterface
  interface Notes {
    void note(String what, SQLException cause) throws SQLException;
  }

  DanglingRows(Connection connection, SchemaComparison.Settings settings, Notes notes) {
    this.connection = connection;
    this.settings = settings;
    this.notes = notes;
  }

  /**
   * Counts them for foreign keys of which PostgreSQL itself does not vouch that there is none.
   *
   * @param findings what is known of the keys; what is counted is added to it
   */
  void count(List<DdlStatement> promises, List<Finding> findings) throws SQLException {
    Map<String, Integer> known =
        IntStream.range(0, findings.size())
            .filter(i -> findings.get(i).kind().equals(FOREIGN_KEY))
            .boxed()
            .collect(
                Collectors.toMap(
                    i -> findings.get(i).table() + "\n" + findings.get(i).object(), i -> i));
    for (DdlStatement statement : promises) {
      if (statement.kind() != Kind.FOREIGN_KEY || settings.stopped().getAsBoolean()) {
        continue;
      }
      Integer position = known.get(statement.table() + "\n" + statement.name());
      Finding finding = position == null ? null : findings.get(position);
      String there = finding == null ? null : finding.found();
      boolean unsure =
          there != null
              && (there.contains(SchemaCheckSql.UNPROVED)
                  || there.contains(SchemaCheckSql.BYPASSED));
      if (!unsure && !settings.countAll()) {
        continue;
      }
      long rows = rows(statement);
      if (rows <= 0) {
        continue;
      }
      String count = rows + (rows == 1 ? " row refers" : " rows refer") + " to nothing";
      if (finding != null && position != null) {
        findings.set(position, finding.withFound(there == null ? count : there + ", " + count));
      } else {
        findings.add(
            Finding.of(
                FOREIGN_KEY,
                statement.table(),
                statement.name(),
                PromisedCopySql.definition(statement.sql(), statement.table(), statement.name()),
                count));
      }
    }
  }

  private long rows(DdlStatement foreignKey) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(foreignKey.claims().get(0).breaking())) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      notes.note(
          "The rows of " + foreignKey.table() + " that refer to nothing were not counted", e);
      return 0;
    } finally {
      connection.rollback();
    }
  }
}
