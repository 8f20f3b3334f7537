package dev.landfall.transforms.translate;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.catalog.SourceSchemaReader;
import dev.landfall.transforms.choose.TypeMapper;
import dev.landfall.transforms.model.ColumnName;
import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.sql.DdlSql;
import dev.landfall.transforms.types.PgType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table with a column of each type and rows that bring out differences between servers. */
final class SampleTable {
  private static final List<String> COLUMNS =
      List.of(
          "id int NOT NULL PRIMARY KEY",
          "i int",
          "u int unsigned",
          "big bigint",
          "bu bigint unsigned",
          "ti tinyint(1)",
          "tn tinyint",
          "d decimal(10,2)",
          "e decimal(8,4)",
          "f double",
          "r float",
          "s varchar(40) COLLATE utf8mb4_general_ci",
          "b varchar(40) COLLATE utf8mb4_bin",
          "l varchar(40) CHARACTER SET latin1",
          "en enum('new','open','it''s','done')",
          "dt date",
          "ts datetime",
          "t3 datetime(3)",
          "tm timestamp NULL",
          "y year",
          "bt bit(1)",
          "vb varbinary(20)",
          "j json");

  private static final String NULLS =
      "NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,"
          + "NULL,NULL,NULL,NULL";

  private static final List<String> ROWS =
      List.of(
          NULLS,
          "0,0,0,0,0,0,0,0,0,0,'','','','new','2020-02-29','2020-02-29 00:00:00',"
              + "'2020-02-29 23:59:59.999','2020-02-29 23:59:59',2000,b'0','','{}'",
          "1,1,1,1,1,1,1.00,1.0000,1,1,'a','a','a','open','2019-01-31','2019-01-31 12:30:45',"
              + "'2019-01-31 12:30:45.500','2019-01-31 12:30:45',1901,b'1','a',"
              + "'{\"a\": \"x\", \"b c\": {\"d\": \"deep\"}, \"n\": 12}'",
          "-1,2,-1,2,1,-1,-0.01,-0.0001,-1,-1,'A ','a ','ä','done','1000-01-01',"
              + "'1000-01-01 00:00:00','1000-01-01 00:00:00.001','1970-01-01 00:00:01',2155,b'1',"
              + "'a ','{\"a\": null, \"n\": -1}'",
          "7,7,70000000000,70000000000,0,7,2.50,2.5000,2.5,2.5,'  ab  ',' ab\\t','été','it''s',"
              + "'9999-12-31','9999-12-31 23:59:59','9999-12-31 23:59:59.999',"
              + "'2038-01-19 03:14:07',0,b'0',0x00ff,'{\"a\": true, \"n\": 1.5}'",
          "-7,5,-70000000000,5,1,-7,-2.50,-2.5000,-2.5,-2.5,'Ünïcödé 日本','Straße 😀','ÿ','open',"
              + "'0999-06-15','0999-06-15 06:07:08','0999-06-15 06:07:08.090',"
              + "'2000-12-31 23:59:59',1999,b'1',0xffff,'{\"a\": \"it''s \\\\\"q\\\\\"\"}'",
          "2147483647,4294967295,4000000000000000001,9223372036854775807,1,127,99999999.99,"
              + "9999.9999,0.1,0.1,'x@y.example@z','x@y.example@z','a-b','new','2024-12-31',"
              + "'2024-12-31 23:59:59','2024-12-31 23:59:59.500','2024-12-31 23:59:59',2024,b'1',"
              + "'xyz','{\"a\": \"\", \"b c\": \"no\"}'",
          "-2147483648,2147483648,-4000000000000000001,4294967296,0,-128,-99999999.99,-9999.9999,"
              + "-0.1,-0.1,'xxabcxx','xxabcxx','xx','done','2023-03-31','2023-03-31 13:00:00',"
              + "'2023-03-31 13:00:00.000','2023-03-31 13:00:00',1970,b'0','abc','{\"A\": 1}'",
          "13,3,13,3,1,3,0.05,0.0050,1e300,3.25,'10','10','10','new','2021-01-30',"
              + "'2021-01-30 10:11:12','2021-01-30 10:11:12.130','2021-01-30 10:11:12',2021,b'1',"
              + "'10','{\"a\": false, \"n\": 0}'",
          "2,100,-5,100,0,-3,1.15,1.0050,-1e-5,16777216,'a\\\\b''c','a\\\\b''c','%_','open',"
              + "'2000-02-29','2000-02-29 01:01:01','2000-02-29 01:01:01.010',"
              + "'2000-02-29 01:01:01',2001,b'0','\\\\','{\"a\": \"null\"}'");

  private SampleTable() {}

  /** The table's definition in the source with generated columns g0, g1 … of a type each. */
  static void create(Connection source, List<String> generated) throws SQLException {
    StringBuilder table = new StringBuilder("CREATE TABLE t (");
    table.append(String.join(", ", COLUMNS));
    table.append(", k varchar(20) CHARACTER SET cp932 COLLATE cp932_bin");
    for (int i = 0; i < generated.size(); i++) {
      String[] parts = generated.get(i).split(": ", 2);
      table.append(", g").append(i).append(" ").append(parts[0]);
      table.append(" GENERATED ALWAYS AS (").append(parts[1]).append(") VIRTUAL");
    }
    Servers.execute(
        source, "SET sql_mode = ''", table.append(") CHARACTER SET utf8mb4").toString());
    String names =
        COLUMNS.stream().map(c -> c.substring(0, c.indexOf(' '))).collect(Collectors.joining(", "));
    for (int i = 0; i < ROWS.size(); i++) {
      Servers.execute(
          source, "INSERT INTO t (" + names + ") VALUES (" + i + "," + ROWS.get(i) + ")");
    }
  }

  /** Reads the table's description. */
  static SourceCatalog read(Connection source, FreshDatabase database) throws SQLException {
    return SourceSchemaReader.read(source, database.name(), name -> name.equals("t"));
  }

  static PgType type(SourceTable table, SourceColumn column) {
    ColumnName flag = new ColumnName(table.name(), "ti");
    return new TypeMapper(Set.of(flag)).map(table, column).type();
  }

  /** The table's columns, those of the same names in the target. */
  static Scope scope(SourceTable table) {
    return name ->
        table.columns().stream()
            .filter(c -> c.name().equalsIgnoreCase(name))
            .findFirst()
            .map(c -> new Scope.Column(Identifiers.postgres(c.name()), type(table, c), c));
  }

  static Optional<SourceColumn> column(SourceTable table, String name) {
    return table.columns().stream().filter(c -> c.name().equals(name)).findFirst();
  }

  /** Makes the table in the target and copies the rows of its ordinary columns. */
  static void copy(SourceTable table, Connection source, Connection target) throws SQLException {
    List<SourceColumn> columns =
        table.columns().stream().filter(c -> c.generated() == null).toList();
    String name = table.name().table();
    Servers.execute(
        target,
        columns.stream()
            .map(c -> Identifiers.postgres(c.name()) + " " + type(table, c))
            .collect(Collectors.joining(", ", "CREATE TABLE " + name + " (", ")")));
    String select =
        columns.stream()
            .map(c -> c.dataType().equals("varbinary") ? "hex(" + c.name() + ")" : read(c))
            .collect(Collectors.joining(", ", "SELECT ", " FROM " + name + " ORDER BY id"));
    try (Statement statement = source.createStatement();
        ResultSet rows = statement.executeQuery(select)) {
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
          values.add(literal(columns.get(i), rows.getString(i + 1)));
        }
        Servers.execute(
            target, "INSERT INTO " + name + " VALUES (" + String.join(", ", values) + ")");
      }
    }
  }

  private static String read(SourceColumn column) {
    return switch (column.dataType()) {
      case "bit", "year" -> column.name() + " + 0";
      case "float" -> column.name() + " + 0e0";
      default -> column.name();
    };
  }

  private static String literal(SourceColumn column, @Nullable String value) {
    if (value == null) {
      return "NULL";
    }
    String bytes = column.dataType().equals("varbinary") ? "\\x" : "";
    return DdlSql.literal(bytes + value);
  }
}
