package dev.landfall.pipelines.proof;

import dev.landfall.pipelines.api.SelfTestReport;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.value.Rows;
import java.sql.SQLException;
import java.util.function.UnaryOperator;

/** Self-tests of a comparison that sees something else than what is there. */
public final class Sight {
  private Sight() {}

  /** A self-test whose comparison sees what the operator makes of rows. */
  public static SelfTestReport selfTest(
      ConnectionSettings source, MigrationKey migration, Mapping mapping, UnaryOperator<Rows> sight)
      throws SQLException {
    return new SelfTest(source, migration, mapping, () -> false, sight).run(table -> true);
  }

  /** Sees NULL in a column, whatever is there. */
  public static UnaryOperator<Rows> without(int column) {
    return rows -> {
      Rows.Builder seen = Rows.builder(rows.columns());
      for (int row = 0; row < rows.size(); row++) {
        for (int i = 0; i < rows.columns(); i++) {
          seen.addBytes(i == column ? null : rows.value(row, i));
        }
      }
      return seen.build();
    };
  }

  /** Sees texts without the blanks at their ends. */
  public static UnaryOperator<Rows> withoutBlanks() {
    return rows -> {
      Rows.Builder seen = Rows.builder(rows.columns());
      for (int row = 0; row < rows.size(); row++) {
        for (int i = 0; i < rows.columns(); i++) {
          String text = rows.text(row, i);
          seen.addText(text == null ? null : text.stripTrailing());
        }
      }
      return seen.build();
    };
  }

  /** Sees every row but the first. */
  public static UnaryOperator<Rows> withoutFirstRow() {
    return rows -> {
      Rows.Builder seen = Rows.builder(rows.columns());
      for (int row = 1; row < rows.size(); row++) {
        seen.addRow(rows, row);
      }
      return seen.build();
    };
  }
}
