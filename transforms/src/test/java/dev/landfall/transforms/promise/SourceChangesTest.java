package dev.landfall.transforms.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.catalog.Servers.Source;
import dev.landfall.transforms.catalog.SourceIdentities;
import dev.landfall.transforms.catalog.SourceSchemaReader;
import dev.landfall.transforms.model.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is done to a source, each change told as exactly these findings. */
class SourceChangesTest {
  private static final String[] TABLES = {
    "CREATE TABLE a (id int PRIMARY KEY, v varchar(9), w int, KEY by_v (v))",
    "CREATE TABLE b (id int PRIMARY KEY, v varchar(9), w int, KEY by_v (v))",
    "CREATE TABLE c (id int PRIMARY KEY, up int)"
  };

  private static final Map<String, List<String>> CHANGES = new LinkedHashMap<>();

  static {
    CHANGES.put("INSERT INTO a VALUES (1, 'x', 2), (2, 'y', 3)", List.of());
    CHANGES.put("ANALYZE TABLE a", List.of());
    CHANGES.put("ALTER TABLE a COMMENT 'of no matter'", List.of());
    CHANGES.put("ALTER TABLE a ADD COLUMN z int", List.of("source column a z: none / int"));
    CHANGES.put("ALTER TABLE a DROP COLUMN w", List.of("source column a w: int / none"));
    CHANGES.put("ALTER TABLE a CHANGE w x int", List.of("source column a w: int / renamed to x"));
    CHANGES.put(
        "ALTER TABLE a MODIFY w bigint NOT NULL",
        List.of("source column a w: int / bigint NOT NULL"));
    CHANGES.put(
        "ALTER TABLE a ALTER w SET DEFAULT 5", List.of("source column a w: int / int DEFAULT 5"));
    CHANGES.put(
        "ALTER TABLE a ADD KEY by_w (w)", List.of("source key a by_w: none / KEY `by_w` (`w`)"));
    CHANGES.put(
        "ALTER TABLE a DROP KEY by_v", List.of("source key a by_v: KEY `by_v` (`v`) / none"));
    CHANGES.put("CREATE TABLE d (id int)", List.of("source table d d: none / a table"));
    CHANGES.put("DROP TABLE a", List.of("source table a a: a table / none"));
    CHANGES.put("RENAME TABLE a TO d", List.of("source table a a: a table / renamed to d"));
    CHANGES.put(
        "RENAME TABLE a TO tmp, b TO a, tmp TO b",
        List.of(
            "source table a a: the table of that name / the one that was called b",
            "source table b b: the table of that name / the one that was called a"));
    CHANGES.put(
        "TRUNCATE TABLE a",
        List.of("source table a a: the table of that name / another one of that name"));
    // As online schema changes do.
    CHANGES.put(
        "CREATE TABLE _a_gho LIKE a; ALTER TABLE _a_gho ADD COLUMN z int;"
            + "RENAME TABLE a TO _a_del, _a_gho TO a; DROP TABLE _a_del",
        List.of("source column a z: none / int"));
    CHANGES.put(
        "CREATE TABLE _a_gho LIKE a; RENAME TABLE a TO _a_del, _a_gho TO a; DROP TABLE _a_del",
        List.of("source table a a: the table of that name / another one of that name"));
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void eachIsTold(Source product) throws SQLException {
    Map<String, List<String>> told = new LinkedHashMap<>();
    for (String change : CHANGES.keySet()) {
      try (FreshDatabase database = product.fresh();
          Connection connection = Servers.open(database)) {
        Servers.execute(connection, TABLES);
        SourceChanges.Look before = look(connection, database.name());
        Servers.execute(connection, change.split(";"));
        told.put(
            change,
            SourceChanges.between(before, look(connection, database.name())).stream()
                .map(
                    f ->
                        "%s %s %s: %s / %s"
                            .formatted(
                                f.kindWords(),
                                String.valueOf(f.table()).replaceFirst(".*\\.", ""),
                                f.object(),
                                f.expected() == null ? "none" : f.expected(),
                                f.found() == null
                                    ? "none"
                                    : f.found().replace(database.name() + ".", "")))
                .toList());
      }
    }
    assertThat(withoutWidths(told)).isEqualTo(CHANGES);
  }

  @Test
  void aTableThatSharesItsFileIsToldByItsNumber() throws SQLException {
    try (FreshDatabase database = Source.MYSQL.fresh();
        Connection connection = Servers.open(database)) {
      Servers.execute(
          connection,
          "CREATE TABLE own (id int PRIMARY KEY)",
          "CREATE TABLE shared (id int PRIMARY KEY) TABLESPACE innodb_system");
      Map<TableName, String> before = SourceIdentities.read(connection, List.of(database.name()));
      Servers.execute(connection, "TRUNCATE TABLE shared");
      Map<TableName, String> after = SourceIdentities.read(connection, List.of(database.name()));
      TableName own = new TableName(database.name(), "own");
      TableName shared = new TableName(database.name(), "shared");
      assertThat(after.get(own)).isNotNull().isEqualTo(before.get(own));
      assertThat(after.get(shared)).isNotNull().isNotEqualTo(before.get(shared));
    }
  }

  /** MySQL 8.0.15 and MariaDB print the width that integers are declared with. */
  private static Map<String, List<String>> withoutWidths(Map<String, List<String>> told) {
    Map<String, List<String>> plain = new LinkedHashMap<>();
    told.forEach(
        (change, findings) ->
            plain.put(
                change, findings.stream().map(f -> f.replaceAll("int\\(\\d+\\)", "int")).toList()));
    return plain;
  }

  private static SourceChanges.Look look(Connection connection, String database)
      throws SQLException {
    return new SourceChanges.Look(
        SourceSchemaReader.read(connection, database, t -> true).tables(),
        SourceIdentities.read(connection, List.of(database)));
  }
}
