package dev.landfall.pipelines.spec;

import dev.landfall.transforms.ledger.StatementLedger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a user wants done in the target at one moment of a migration, once: a statement of
 * PostgreSQL, or several that are done together or not at all.
 *
 * @param number its place in the moment's list, from 0
 * @param text as it is sent; nothing is filled in
 * @param at where the spec has it
 * @param file the file that it was read from; null where the spec has it itself
 */
public record SpecStatement(
    Moment moment, int number, String text, Location at, @Nullable Path file) {
  /** When statements run, by the spec's words. */
  public enum Moment {
    BEFORE_TABLES("beforeTables", "Before anything is made."),
    BEFORE_LOAD("beforeLoad", "Behind the tables, before the first row."),
    AFTER_LOAD("afterLoad", "Behind the last row, before keys, indexes and constraints."),
    AFTER_KEYS("afterKeys", "When all definitions are made.");

    private final String word;
    private final String description;

    Moment(String word, String description) {
      this.word = word;
      this.description = description;
    }

    /** The spec's key. */
    public String word() {
      return word;
    }

    /** When that is, in a line. */
    String description() {
      return description;
    }
  }

  /**
   * What the ledger keeps of it when it has run. Blanks at its ends and kinds of line ends don't
   * count.
   */
  public StatementLedger.Ran ran() {
    return new StatementLedger.Ran(moment.word(), number, hash(), at.toString());
  }

  private String hash() {
    String bare = text.strip().replaceAll("\\R", "\n");
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(bare.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /**
   * A line of it, for messages.
   *
   * @param offset of a character in that line
   * @return {@code file:line}, or {@code line 3 of it}; empty where it is one line in the spec
   */
  public String line(int offset) {
    long line = text.substring(0, Math.min(offset, text.length())).lines().count();
    line =
        offset == 0 || text.charAt(Math.min(offset, text.length()) - 1) == '\n' ? line + 1 : line;
    if (file != null) {
      return file + ":" + line;
    }
    return text.strip().lines().count() > 1 ? "line " + line + " of it" : "";
  }
}
