package dev.landfall.transforms.catalog;

import dev.landfall.transforms.model.SchemaObject.Kind;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceObject;
import dev.landfall.transforms.model.SourceSequence;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.sql.SourceCatalogSql;
import dev.landfall.transforms.sql.SourceObjectSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a database has beside its tables. Triggers, events and routines that the account may
 * not see are in no catalogue; for a kind whose right is missing there is one object called {@link
 * SourceObject#UNSEEN}, so that nobody takes them for absent.
 */
final class SourceObjectReader {
  /** A statement's length has a limit, and there is hardly ever more than a handful. */
  private static final int SEQUENCES_AT_ONCE = 200;

  private final SourceQueries queries;
  private final Predicate<String> tableNames;
  private final List<SourceObject> objects = new ArrayList<>();

  SourceObjectReader(SourceQueries queries, Predicate<String> tableNames) {
    this.queries = queries;
    this.tableNames = tableNames;
  }

  /**
   * Reads them.
   *
   * @param sequences the names of sequences, which a server lists among its tables
   * @param columns the columns of all tables and views
   */
  List<SourceObject> read(List<TableName> sequences, Map<String, List<SourceColumn>> columns)
      throws SQLException {
    queries.each(
        SourceCatalogSql.triggers(),
        row -> {
          String table = row.getString("table_name");
          if (tableNames.test(table)) {
            String text = row.getString("text");
            objects.add(
                new SourceObject(
                    Kind.TRIGGER,
                    queries.name(row.getString("name")),
                    queries.name(table),
                    text == null ? null : SourceObjectSql.trigger(row, table) + text));
          }
        });
    queries.each(
        SourceCatalogSql.views(),
        row -> {
          String name = row.getString("name");
          if (tableNames.test(name)) {
            objects.add(
                new SourceObject(
                    Kind.VIEW,
                    queries.name(name),
                    null,
                    nullIfEmpty(row.getString("text")),
                    null,
                    columns.getOrDefault(name, List.of()).stream()
                        .map(SourceColumn::name)
                        .toList()));
          }
        });
    routines();
    queries.each(
        SourceCatalogSql.events(),
        row ->
            add(
                Kind.EVENT,
                row.getString("name"),
                SourceObjectSql.event(row, row.getString("text"))));
    sequences(sequences);
    unseen();
    return objects;
  }

  private void sequences(List<TableName> names) throws SQLException {
    for (int from = 0; from < names.size(); from += SEQUENCES_AT_ONCE) {
      List<TableName> some = names.subList(from, Math.min(names.size(), from + SEQUENCES_AT_ONCE));
      try {
        queries.all(SourceCatalogSql.sequences(some), row -> objects.add(sequence(row, some)));
      } catch (SQLException e) {
        if (!SourceRights.isDenied(e)) {
          throw e;
        }
        some.forEach(name -> add(Kind.SEQUENCE, name.table(), null));
      }
    }
  }

  private static SourceObject sequence(ResultSet row, List<TableName> names) throws SQLException {
    TableName name = names.get(row.getInt("position"));
    SourceSequence sequence =
        new SourceSequence(
            row.getLong("next"),
            row.getLong("minimum"),
            row.getLong("maximum"),
            row.getLong("increment"),
            row.getLong("cached"),
            row.getBoolean("cycles"));
    String text = SourceObjectSql.sequence(name.table(), sequence);
    return new SourceObject(Kind.SEQUENCE, name, null, text, sequence, List.of());
  }

  private void add(Kind kind, String name, @Nullable String text) {
    objects.add(new SourceObject(kind, queries.name(name), null, text));
  }

  private void routines() throws SQLException {
    Map<List<String>, List<String>> parameters = new HashMap<>();
    queries.each(
        SourceCatalogSql.parameters(),
        row -> {
          String type = row.getString("routine_type");
          boolean procedure = type.equals("PROCEDURE");
          parameters
              .computeIfAbsent(
                  List.of(type, row.getString("specific_name")), r -> new ArrayList<>())
              .add(
                  (procedure ? row.getString("mode") + " " : "")
                      + row.getString("name")
                      + " "
                      + row.getString("type"));
        });
    queries.each(
        SourceCatalogSql.routines(),
        row -> {
          String type = row.getString("type");
          String name = row.getString("name");
          String body = nullIfEmpty(row.getString("text"));
          Kind kind = kind(type);
          boolean routine = kind == Kind.PROCEDURE || kind == Kind.FUNCTION;
          List<String> list =
              parameters.getOrDefault(List.of(type, row.getString("specific_name")), List.of());
          String head =
              routine
                  ? SourceObjectSql.routine(
                      type,
                      name,
                      list,
                      kind == Kind.FUNCTION ? row.getString("returns") : null,
                      row.getString("is_deterministic").equals("YES"))
                  : SourceObjectSql.head(type, name);
          add(kind, name, body == null ? null : head + "\n" + body);
        });
  }

  private static Kind kind(String routineType) {
    return switch (routineType) {
      case "PROCEDURE" -> Kind.PROCEDURE;
      case "FUNCTION" -> Kind.FUNCTION;
      case "PACKAGE" -> Kind.PACKAGE;
      default -> Kind.PACKAGE_BODY;
    };
  }

  /** Says of kinds whose right is missing that there may be some. */
  private void unseen() throws SQLException {
    Set<String> rights = new HashSet<>();
    queries.all(SourceCatalogSql.serverRights(), row -> rights.add(row.getString("privilege")));
    queries.each(SourceCatalogSql.databaseRights(), row -> rights.add(row.getString("privilege")));
    Set<Kind> seen = objects.stream().map(SourceObject::kind).collect(Collectors.toSet());
    unseen(Kind.TRIGGER, seen, rights, "TRIGGER");
    unseen(Kind.EVENT, seen, rights, "EVENT");
    if (!seen.contains(Kind.FUNCTION)) {
      // Either of them shows routines; MySQL since 8.0.20 has one for that alone.
      unseen(
          Kind.PROCEDURE,
          seen,
          rights,
          "EXECUTE",
          "ALTER ROUTINE",
          "CREATE ROUTINE",
          "SHOW_ROUTINE",
          "SHOW CREATE ROUTINE");
    }
  }

  private void unseen(Kind kind, Set<Kind> seen, Set<String> rights, String... enough) {
    if (!seen.contains(kind) && List.of(enough).stream().noneMatch(rights::contains)) {
      add(kind, SourceObject.UNSEEN, null);
    }
  }

  private static @Nullable String nullIfEmpty(@Nullable String text) {
    return Objects.requireNonNullElse(text, "").isEmpty() ? null : text;
  }
}
