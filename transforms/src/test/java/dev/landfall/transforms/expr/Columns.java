package dev.landfall.transforms.expr;

import dev.landfall.transforms.types.PgType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of columns of all kinds, for expressions to read. */
final class Columns {
  static final List<Variable> ALL =
      List.of(
          column("n", "bigint"),
          column("small", "smallint"),
          column("price", "numeric(12,2)"),
          column("ratio", "double precision"),
          column("name", "text"),
          column("code", "varchar(10)"),
          column("active", "boolean"),
          column("born", "date"),
          column("created", "timestamp"),
          column("seen", "timestamptz"),
          column("raw", "bytea"),
          column("tags", "text[]"),
          column("doc", "jsonb"),
          column("id", "uuid"),
          column("order id", "bigint"),
          column("no", "text"),
          new Variable("key", PgType.parse("bigint"), false));

  private static final Map<String, @Nullable String> ROW = new HashMap<>();

  static {
    ROW.put("n", "7");
    ROW.put("small", "-3");
    ROW.put("price", "19.90");
    ROW.put("ratio", "0.5");
    ROW.put("name", " Ünï  \u00a0Cödé ");
    ROW.put("code", "A\uD83D\uDE00b");
    ROW.put("active", "t");
    ROW.put("born", "1999-12-31");
    ROW.put("created", "2024-02-29 13:14:15.5");
    ROW.put("seen", "2024-06-30 22:30:00+00");
    ROW.put("raw", "\\x00ff");
    ROW.put("tags", "{a,\"b c\",NULL}");
    ROW.put("doc", "{\"a\": {\"b\": [1, \"x\", null, true]}, \"first name\": \"é\"}");
    ROW.put("id", "00000000-0000-0000-0000-000000000001");
    ROW.put("order id", "1");
    ROW.put("no", null);
    ROW.put("key", "1");
  }

  private Columns() {}

  private static Variable column(String name, String type) {
    return new Variable(name, PgType.parse(type), true);
  }

  /** The row's values of the columns that an expression reads. */
  static @Nullable String[] inputs(Expression expression) {
    return expression.used().stream().map(ROW::get).toArray(String[]::new);
  }
}
