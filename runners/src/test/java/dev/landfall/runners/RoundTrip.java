package dev.landfall.runners;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A column type as the source declares it, and values: what the source is given, what PostgreSQL
 * must have, and for some a change in the target that a verification must find, or must not.
 *
 * <p>Each becomes a table of its own with the columns {@code id} and {@code v}. Row 0 is NULL.
 */
final class RoundTrip {
  /** What a verification says about a value after its change. */
  private enum Found {
    CHANGED,
    EQUAL
  }

  /**
   * One value.
   *
   * @param server the only server that has this row; null for both
   * @param to what the target's value becomes, an SQL expression that may use {@code v}
   */
  private record Row(
      int id,
      @Nullable SourceServer server,
      String literal,
      @Nullable String expected,
      @Nullable String to,
      Found found) {
    boolean isOn(SourceServer here) {
      return server == null || server == here;
    }
  }

  private final String declared;
  private final String target;
  private final @Nullable SourceServer only;
  private final List<Row> rows = new ArrayList<>();

  private RoundTrip(String declared, String target, @Nullable SourceServer only) {
    this.declared = declared;
    this.target = target;
    this.only = only;
    add(null, "NULL", null, null, Found.EQUAL);
  }

  /** A type of both servers and PostgreSQL's type for it, as {@code format_type()} prints it. */
  static RoundTrip of(String declared, String target) {
    return new RoundTrip(declared, target, null);
  }

  /** A type that one server has. */
  static RoundTrip only(SourceServer server, String declared, String target) {
    return new RoundTrip(declared, target, server);
  }

  private RoundTrip add(
      @Nullable SourceServer server,
      String literal,
      @Nullable String expected,
      @Nullable String to,
      Found found) {
    rows.add(new Row(rows.size(), server, literal, expected, to, found));
    return this;
  }

  /** Values that both sides write alike, without quotes. */
  RoundTrip same(String... values) {
    for (String value : values) {
      add(null, value, value, null, Found.EQUAL);
    }
    return this;
  }

  /** Values that both sides write alike, between quotes in SQL. */
  RoundTrip quoted(String... values) {
    for (String value : values) {
      add(null, quote(value), value, null, Found.EQUAL);
    }
    return this;
  }

  /** A value that PostgreSQL writes in another way. */
  RoundTrip row(String literal, String expected) {
    return add(null, literal, expected, null, Found.EQUAL);
  }

  /** The same on one server. */
  RoundTrip row(SourceServer server, String literal, String expected) {
    return add(server, literal, expected, null, Found.EQUAL);
  }

  /** A value whose change in the target must be found. */
  RoundTrip changed(String literal, String expected, String to) {
    return add(null, literal, expected, to, Found.CHANGED);
  }

  /** The same on one server. */
  RoundTrip changed(SourceServer server, String literal, String expected, String to) {
    return add(server, literal, expected, to, Found.CHANGED);
  }

  /** A value that is changed into one that PostgreSQL calls equal. */
  RoundTrip equal(String literal, String expected, String to) {
    return add(null, literal, expected, to, Found.EQUAL);
  }

  /** The same on one server. */
  RoundTrip equal(SourceServer server, String literal, String expected, String to) {
    return add(server, literal, expected, to, Found.EQUAL);
  }

  /** Row 0 becomes something else in the target, which must be found. */
  RoundTrip nullBecomes(String to) {
    rows.set(0, new Row(0, null, "NULL", null, to, Found.CHANGED));
    return this;
  }

  boolean isOn(SourceServer server) {
    return only == null || only == server;
  }

  /** What makes the table. */
  String create(String table) {
    return "CREATE TABLE "
        + table
        + " (id int PRIMARY KEY, v "
        + declared
        + " NULL) DEFAULT CHARACTER SET utf8mb4";
  }

  /** What fills it. */
  String insert(String table, SourceServer server) {
    List<String> values =
        rows.stream()
            .filter(r -> r.isOn(server))
            .map(r -> "(" + r.id + "," + r.literal + ")")
            .toList();
    return "INSERT INTO " + table + " VALUES " + String.join(",", values);
  }

  /** What the target must have, see {@link #line}. */
  List<String> expected(String table, SourceServer server) {
    return rows.stream()
        .filter(r -> r.isOn(server))
        .map(r -> line(table, target, r.id, r.expected))
        .toList();
  }

  /** One row of the target: declared type, its type, literal of the source, value. */
  String line(String table, String type, int id, @Nullable String value) {
    return table + " " + declared + " -> " + type + ": " + rows.get(id).literal + " = " + value;
  }

  /** The changes of the target. */
  List<String> updates(String table, SourceServer server) {
    return rows.stream()
        .filter(r -> r.isOn(server) && r.to != null)
        .map(r -> "UPDATE " + table + " SET v = " + r.to + " WHERE id = " + r.id)
        .toList();
  }

  /** The differences that those are, as {@link Verdicts#differences} has them. */
  List<String> differences(String table, SourceServer server) {
    return rows.stream()
        .filter(r -> r.isOn(server) && r.found == Found.CHANGED)
        .map(r -> Verdicts.changed("public." + table, "{\"id\": \"" + r.id + "\"}", "v"))
        .toList();
  }

  /** Tables' names in the order of the list. */
  static List<String> tables(List<RoundTrip> trips) {
    return IntStream.range(0, trips.size()).mapToObj("t%03d"::formatted).toList();
  }

  /** A literal of MySQL's. */
  static String quote(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
