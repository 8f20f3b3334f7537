package dev.landfall.transforms.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes a text of PostgreSQL's statements apart, at the same semicolons as psql: none in literals,
 * quoted names and comments, in parentheses, or in a body of {@code BEGIN ATOMIC … END}. What has
 * no end goes to the end of the text, for the server to say so.
 */
public final class PgStatements {
  /** PostgreSQL takes every character beyond ASCII for a letter (manual 4.1.1). */
  private static final Pattern WORD = Pattern.compile("[A-Za-z_\\x80-\\uffff][\\w$\\x80-\\uffff]*");

  private static final Pattern DOLLAR_QUOTE =
      Pattern.compile("\\$(?:[A-Za-z_\\x80-\\uffff][\\w\\x80-\\uffff]*)?\\$");

  private final String text;
  private final List<Statement> found = new ArrayList<>();
  private final List<String> words = new ArrayList<>();
  private int begin = -1;
  private int at;
  private int parentheses;
  private int bodies;

  private PgStatements(String text) {
    this.text = text;
  }

  /**
   * One statement.
   *
   * @param text without the comments before it and the semicolon behind it
   * @param offset where in the whole it begins
   * @param words its key words and names that are not quoted, in upper case
   */
  public record Statement(String text, int offset, List<String> words) {
    public Statement {
      words = List.copyOf(words);
    }

    /** The command, where it begins or ends a transaction. */
    public Optional<String> bounding() {
      return begins(BOUNDING);
    }

    /** The command, where PostgreSQL refuses it in a transaction; it knows some more of them. */
    public Optional<String> outside() {
      return words.contains("CONCURRENTLY") && !words.get(0).equals("REFRESH")
          ? Optional.of(words.get(0) + " … CONCURRENTLY")
          : begins(OUTSIDE);
    }

    /** Whether it wants data from its client, or gives it some. */
    public boolean copies() {
      return begins(List.of("COPY")).isPresent()
          && (words.contains("STDIN") || words.contains("STDOUT"));
    }

    private Optional<String> begins(List<String> commands) {
      String start = String.join(" ", words) + " ";
      return commands.stream().filter(command -> start.startsWith(command + " ")).findFirst();
    }
  }

  private static final List<String> BOUNDING =
      List.of(
          "BEGIN",
          "START TRANSACTION",
          "COMMIT",
          "END",
          "ROLLBACK",
          "ABORT",
          "PREPARE TRANSACTION");

  private static final List<String> OUTSIDE =
      List.of(
          "VACUUM",
          "CREATE DATABASE",
          "DROP DATABASE",
          "CREATE TABLESPACE",
          "DROP TABLESPACE",
          "ALTER SYSTEM",
          "REINDEX SCHEMA",
          "REINDEX DATABASE",
          "REINDEX SYSTEM",
          "DISCARD ALL");

  /** The statements of a text, in order; none of what holds nothing but blanks and comments. */
  public static List<Statement> split(String text) {
    PgStatements statements = new PgStatements(text);
    statements.scan();
    return List.copyOf(statements.found);
  }

  private void scan() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (text.startsWith("--", at)) {
        at = end("\n", at);
      } else if (text.startsWith("/*", at)) {
        skipComment();
      } else if (c == ';' && parentheses == 0 && bodies == 0) {
        add();
        at++;
      } else if (Character.isWhitespace(c)) {
        at++;
      } else {
        begin = begin < 0 ? at : begin;
        token(c);
      }
    }
    add();
  }

  private void token(char c) {
    String quote = match(DOLLAR_QUOTE);
    String word = match(WORD);
    if (c == '\'' || c == '"') {
      at = end(String.valueOf(c), at + 1);
    } else if (quote != null) {
      at = end(quote, at + quote.length());
    } else if (word != null) {
      at += word.length();
      word(word.toUpperCase(Locale.ROOT));
    } else {
      parentheses = Math.max(0, parentheses + (c == '(' ? 1 : c == ')' ? -1 : 0));
      at++;
    }
  }

  private void word(String word) {
    if (word.equals("E") && at < text.length() && text.charAt(at) == '\'') {
      skipEscaped();
      return;
    }
    String before = words.isEmpty() ? "" : words.get(words.size() - 1);
    if (word.equals("ATOMIC") && before.equals("BEGIN")) {
      bodies++;
    } else if (bodies > 0 && word.equals("CASE")) {
      bodies++;
    } else if (bodies > 0 && word.equals("END")) {
      bodies--;
    }
    words.add(word);
  }

  private @Nullable String match(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    return matcher.lookingAt() ? matcher.group() : null;
  }

  /** A literal with a backslash before what is not meant. */
  private void skipEscaped() {
    at++;
    while (at < text.length() && text.charAt(at) != '\'') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(text.length(), at + 1);
  }

  /** PostgreSQL's comments hold others. */
  private void skipComment() {
    int depth = 0;
    do {
      if (text.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (text.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0 && at < text.length());
  }

  /** Behind the next of those, from there on. */
  private int end(String what, int from) {
    int found = text.indexOf(what, from);
    return found < 0 ? text.length() : found + what.length();
  }

  private void add() {
    if (begin >= 0) {
      String statement = text.substring(begin, Math.min(at, text.length()));
      found.add(new Statement(statement.stripTrailing(), begin, words));
    }
    begin = -1;
    words.clear();
    parentheses = 0;
  }
}
