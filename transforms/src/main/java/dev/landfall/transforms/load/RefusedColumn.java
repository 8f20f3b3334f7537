package dev.landfall.transforms.load;

import dev.landfall.transforms.convert.OddReason;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.ValueSource;
import dev.landfall.transforms.value.Rows;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Which column PostgreSQL's refusal of a row is about, and in what words.
 *
 * @param mapping null when PostgreSQL does not say
 * @param reason why a rule would have helped, else PostgreSQL's message with its detail and
 *     SQLState
 */
record RefusedColumn(@Nullable ColumnMapping mapping, String reason) {
  /**
   * The end of COPY's context line: {@code COPY t, line 3, column age: "abc"}. In another language
   * of the server's messages the column is not found, nothing worse.
   */
  private static final Pattern CONTEXT = Pattern.compile("COPY .*?, line \\d+, column ([^:]+)");

  /** character_not_in_repertoire (PostgreSQL manual, appendix A). */
  private static final String BAD_ENCODING = "22021";

  /**
   * @param table what the rows are mapped to
   * @param target the table that refused the row
   * @param rows the rows as read, and {@code row} the one that was refused
   */
  static RefusedColumn of(
      SQLException refusal, TableMapping table, TargetTable target, Rows rows, int row) {
    ServerErrorMessage message =
        refusal instanceof PSQLException e ? e.getServerErrorMessage() : null;
    if (message == null) {
      return new RefusedColumn(null, String.valueOf(refusal.getMessage()));
    }
    String reason = message.getMessage() + " (SQLState " + message.getSQLState() + ")";
    if (message.getDetail() != null) {
      reason += ": " + message.getDetail();
    }
    String name = message.getColumn();
    if (name == null && message.getWhere() != null) {
      Matcher matcher = CONTEXT.matcher(message.getWhere());
      name = matcher.find() ? matcher.group(1) : null;
    }
    ColumnMapping column = name == null ? null : find(target, message.getTable(), name);
    if (column == null && BAD_ENCODING.equals(message.getSQLState())) {
      column = withBadText(target, rows, row);
    }
    byte[] value =
        column != null && column.source() instanceof ValueSource.Column read
            ? rows.value(row, read.position())
            : null;
    return new RefusedColumn(
        column,
        value == null || column == null
            ? reason
            : OddReason.ofRefusal(
                    String.valueOf(message.getSQLState()), table, target, column, value)
                .orElse(reason));
  }

  /** The text column whose bytes are no text: PostgreSQL names only the line for those. */
  private static @Nullable ColumnMapping withBadText(TargetTable target, Rows rows, int row) {
    return target.columns().stream()
        .filter(
            c ->
                c.conversion().isText()
                    && c.source() instanceof ValueSource.Column read
                    && isBadText(rows.value(row, read.position())))
        .findFirst()
        .orElse(null);
  }

  /** Whether there is a NUL or anything that is not UTF-8. */
  private static boolean isBadText(byte @Nullable [] value) {
    if (value == null) {
      return false;
    }
    try {
      return StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(value))
              .toString()
              .indexOf(0)
          >= 0;
    } catch (CharacterCodingException e) {
      return true;
    }
  }

  /** A trigger of the target may have been refused a row of another table. */
  private static @Nullable ColumnMapping find(
      TargetTable target, @Nullable String table, String column) {
    if (table != null && !target.name().table().equals(table)) {
      return null;
    }
    return target.columns().stream().filter(c -> c.name().equals(column)).findFirst().orElse(null);
  }
}
