package dev.landfall.transforms.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.catalog.Servers.Source;
import dev.landfall.transforms.catalog.SourceSchemaReader;
import dev.landfall.transforms.model.SchemaObject;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourcePartitions;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A row is in the partition of the same name on both sides, or the table has no partitions. */
class PartitionsTest {
  private static final String DATES =
      "('2019-12-31'), ('2020-01-01'), ('2020-06-30'), ('2020-07-01'), ('1000-01-01'),"
          + " ('9999-12-31')";

  /** Columns with what follows them, and rows. */
  private static final Map<String, String> KEPT =
      new LinkedHashMap<>(
          Map.of(
              "c date NOT NULL) PARTITION BY RANGE (year(c)) (PARTITION a VALUES LESS THAN (2020),"
                  + " PARTITION b VALUES LESS THAN MAXVALUE)",
              DATES,
              "c datetime(6) NOT NULL) PARTITION BY RANGE (to_days(c)) (PARTITION a VALUES LESS THAN"
                  + " (to_days('2020-01-01')), PARTITION b VALUES LESS THAN"
                  + " (to_days('2020-07-01')), PARTITION z VALUES LESS THAN MAXVALUE)",
              DATES + ", ('2019-12-31 23:59:59.999999'), ('2020-06-30 23:59:59.999999')",
              "c timestamp NOT NULL) PARTITION BY RANGE (unix_timestamp(c)) (PARTITION a VALUES LESS"
                  + " THAN (unix_timestamp('2020-01-01 00:00:00')), PARTITION b VALUES LESS THAN"
                  + " MAXVALUE)",
              "('2019-12-31 23:59:59'), ('2020-01-01 00:00:00')",
              "c int NOT NULL) PARTITION BY RANGE (c) (PARTITION a VALUES LESS THAN (-5),"
                  + " PARTITION b VALUES LESS THAN (100))",
              "(-6), (-5), (0), (99)",
              "c bigint unsigned NOT NULL) PARTITION BY RANGE (c) (PARTITION a VALUES LESS THAN"
                  + " (9223372036854775808), PARTITION b VALUES LESS THAN MAXVALUE)",
              "(0), (9223372036854775807), (9223372036854775808), (18446744073709551615)",
              "c datetime NOT NULL) PARTITION BY RANGE COLUMNS (c) SUBPARTITION BY HASH (id)"
                  + " SUBPARTITIONS 2 (PARTITION a VALUES LESS THAN ('2020-01-01'), PARTITION b"
                  + " VALUES LESS THAN ('2020-07-01 12:00:00'), PARTITION z VALUES LESS THAN"
                  + " (MAXVALUE))",
              DATES + ", ('2020-07-01 11:59:59'), ('2020-07-01 12:00:00')",
              "c int NOT NULL, d date NOT NULL DEFAULT '2020-01-02') PARTITION BY RANGE COLUMNS (c,"
                  + " d) (PARTITION a VALUES LESS THAN (1, '2020-01-01'), PARTITION b VALUES LESS"
                  + " THAN (1, '2020-06-01'), PARTITION z VALUES LESS THAN (MAXVALUE, '2020-01-01'))",
              "(0), (1), (2)",
              "c int) PARTITION BY LIST (c) (PARTITION a VALUES IN (1, NULL, -3), PARTITION b VALUES"
                  + " IN (2))",
              "(1), (NULL), (-3), (2)"));

  private static final Map<String, String> FLATTENED =
      Map.of(
          "c date) PARTITION BY RANGE (year(c)) (PARTITION a VALUES LESS THAN (2020))",
          "c may be NULL, for which ranges of PostgreSQL have no place",
          "c int NOT NULL) PARTITION BY RANGE (c * 2) (PARTITION a VALUES LESS THAN (2020))",
          "it is by an expression",
          "c varchar(9) NOT NULL) PARTITION BY RANGE COLUMNS (c) (PARTITION a VALUES LESS THAN"
              + " ('m'))",
          "c is varchar(9), which is not ordered with certainty alike",
          "c varchar(9) COLLATE utf8mb4_bin NOT NULL) PARTITION BY LIST COLUMNS (c) (PARTITION a"
              + " VALUES IN ('m'))",
          "c is text of the collation utf8mb4_bin, which takes different texts for the same",
          "c int NOT NULL, d int NOT NULL) PARTITION BY LIST COLUMNS (c, d) (PARTITION a VALUES IN"
              + " ((1, 2)))",
          "PostgreSQL has lists of one column only");

  @ParameterizedTest
  @EnumSource(Source.class)
  void rowsAreInTheSamePartitions(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        FreshDatabase target = Servers.target();
        Connection source = Servers.open(database);
        Connection connection = Servers.open(target)) {
      int number = 0;
      for (String table : KEPT.keySet()) {
        Servers.execute(
            source, "CREATE TABLE t" + number++ + " (id int NOT NULL DEFAULT 1, " + table);
      }
      SourceCatalog catalog = SourceSchemaReader.read(source, database.name(), name -> true);
      TargetDdl ddl = TargetDdl.of(Mappings.plain(catalog, "app"), catalog);
      ddl.pre().forEach(statement -> DdlApplier.apply(connection, statement));

      number = 0;
      for (Map.Entry<String, String> table : KEPT.entrySet()) {
        String name = "t" + number++;
        String insert = name + " (c) VALUES " + table.getValue();
        Servers.execute(source, "INSERT INTO " + insert);
        Servers.execute(connection, "INSERT INTO app." + insert);
        List<String> expected = new ArrayList<>();
        for (SourcePartitions.Part part :
            catalog
                .table(new TableName(database.name(), name))
                .map(SourceTable::partitions)
                .orElseThrow()
                .parts()) {
          String count = "SELECT count(*) FROM " + name + " PARTITION (" + part.name() + ")";
          expected.add(name + "_" + part.name() + "|" + Servers.rows(source, count).get(0));
        }
        assertThat(
                Servers.rows(
                    connection,
                    "SELECT c.relname, (SELECT count(*) FROM app."
                        + name
                        + " AS r WHERE r.tableoid = c.oid) FROM pg_class c WHERE c.relname LIKE '"
                        + name
                        + "\\_%' AND c.relispartition ORDER BY 1"))
            .as(table.getKey())
            .isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void othersAreFlattenedWithTheReason(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection source = Servers.open(database)) {
      int number = 0;
      for (String table : FLATTENED.keySet()) {
        Servers.execute(
            source,
            "CREATE TABLE t"
                + number++
                + " (id int NOT NULL, "
                + table.replaceFirst("\\) PARTITION BY", ") CHARACTER SET utf8mb4 PARTITION BY"));
      }
      SourceCatalog catalog = SourceSchemaReader.read(source, database.name(), name -> true);
      TargetDdl ddl = TargetDdl.of(Mappings.plain(catalog, "app"), catalog);

      assertThat(ddl.pre().stream().map(DdlStatement::sql).filter(s -> s.contains("PARTITION")))
          .isEmpty();
      List<SchemaObject> partitionings =
          ddl.objects().stream().filter(o -> o.kind() == SchemaObject.Kind.PARTITIONING).toList();
      number = 0;
      for (String reason : FLATTENED.values()) {
        SchemaObject object = partitionings.get(number);
        assertThat(object.name()).isEqualTo("t" + number);
        assertThat(object.note()).startsWith("app.t" + number + " has no partitions: " + reason);
        assertThat(object.outcome()).isEqualTo(SchemaObject.Outcome.LEFT);
        number++;
      }
    }
  }
}
