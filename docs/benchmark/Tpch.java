import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** TPC-H's rows as statements: {@code SCALE}, where 1 makes 8.66 million rows. */
class Tpch {
  private static final int ROWS_A_STATEMENT = 1_000;

  public static void main(String[] words) {
    try (PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8)) {
      for (TpchTable<?> table : TpchTable.getTables()) {
        int rows = 0;
        for (TpchEntity row : table.createGenerator(Double.parseDouble(words[0]), 1, 1)) {
          boolean first = rows++ % ROWS_A_STATEMENT == 0;
          out.print(first && rows > 1 ? ";\n" : "");
          out.print(first ? "insert into " + table.getTableName() + " values (" : ",(");
          String line = row.toLine().replace("'", "''");
          out.print("'" + line.substring(0, line.length() - 1).replace("|", "','") + "')");
        }
        out.print(";\n");
      }
    }
  }
}
