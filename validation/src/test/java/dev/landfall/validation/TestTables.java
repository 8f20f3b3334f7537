package dev.landfall.validation;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.types.PgType;
import dev.landfall.transforms.value.Rows;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables, batches and rows for tests. */
public final class TestTables {
  public static final PgType BIGINT = PgType.parse("bigint");
  public static final PgType NUMERIC = PgType.parse("numeric(10,2)");
  public static final PgType TEXT = PgType.parse("text");

  public static final TableName SHOP_USERS = new TableName("shop", "users");
  public static final TableName USERS = new TableName("public", "users");

  private TestTables() {}

  /** users (id bigint, name text, balance numeric) with that key. */
  public static TargetTable users(String... key) {
    return table(
        USERS,
        List.of(key),
        column("id", BIGINT),
        column("name", TEXT),
        column("balance", NUMERIC));
  }

  /** A target table. */
  public static TargetTable table(TableName name, List<String> key, ColumnMapping... columns) {
    return new TargetTable(name, List.of(columns), key, false);
  }

  /** A column that could hold NULL. */
  public static ColumnMapping column(String name, PgType type) {
    return ColumnMapping.constant(name, type, true, null);
  }

  /** A mapping of shop.users to those target tables. */
  public static Mapping mapping(TargetTable... targets) {
    SourceTable source =
        new SourceTable(SHOP_USERS, List.of(), List.of(), List.of(), null, "", 0, 0);
    return new Mapping(List.of(new TableMapping(source, List.of(), List.of(targets))));
  }

  /** Rows of so many columns: each text a row, values apart by {@code |}, {@code NULL} for NULL. */
  public static Rows rows(int columns, String... rows) {
    Rows.Builder builder = Rows.builder(columns);
    for (String row : rows) {
      Arrays.stream(row.split("\\|", -1)).map(TestTables::value).forEach(builder::addText);
    }
    return builder.build();
  }

  private static @Nullable String value(String text) {
    return text.equals("NULL") ? null : text;
  }

  /** A batch of a chunk of the first table. */
  public static RowBatch batch(long chunk, Rows rows) {
    return new RowBatch(0, chunk, 0, true, rows);
  }
}
