package dev.landfall.pipelines.prepare;

import dev.landfall.pipelines.spec.MappingText;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of a mapping is other than when the migration was begun, and what can be done about it.
 *
 * @param before the lines that the ledger had
 * @param lines {@code - line} for what is gone and {@code + line} for what is new
 * @param tables source tables that are new
 * @param columns columns that move and did not, by the source tables that did
 * @param anew target tables that are to have another definition, of those that the migration made
 * @param additions whether all of it can be added to what was moved
 */
public record Changes(
    List<String> before,
    List<String> lines,
    List<TableName> tables,
    Map<TableName, List<String>> columns,
    Set<TableName> anew,
    boolean additions) {
  /** What a command wants of a mapping that is not what it was. */
  public enum Extent {
    /** That it is what it was. */
    AS_BEGUN,
    /** To be told. */
    LOOK,
    /** To add what is new. */
    EXTEND,
    /** To begin with it as if nothing had been begun. */
    ANEW
  }

  static final Changes NONE =
      new Changes(List.of(), List.of(), List.of(), Map.of(), Set.of(), true);

  /** What of a source column's line says that it does not move: it may come and go. */
  private static final String NOWHERE = " -> nothing";

  /**
   * Compares.
   *
   * @param before the lines that the ledger has
   * @param known the source tables that the ledger has
   * @param made the target tables that the migration made
   */
  static Changes between(
      List<String> before, List<String> known, Set<TableName> made, Mapping now) {
    List<String> lines = MappingText.difference(before, MappingText.describe(now));
    if (lines.stream().allMatch(line -> line.endsWith(NOWHERE))) {
      return NONE;
    }
    Set<String> old = new HashSet<>(before);
    Set<String> left = new HashSet<>(before);
    Set<String> knownTables = Set.copyOf(known);
    List<TableName> tables = new ArrayList<>();
    Map<TableName, List<String>> columns = new LinkedHashMap<>();
    Set<TableName> anew = new HashSet<>();
    boolean additions = true;
    for (TableMapping table : now.tables()) {
      List<String> described = MappingText.describe(new Mapping(List.of(table)));
      described.forEach(left::remove);
      TableName name = table.source().name();
      if (!knownTables.contains(name.toString())) {
        tables.add(name);
        continue;
      }
      List<String> added =
          described.stream().filter(l -> !old.contains(l) && !l.endsWith(NOWHERE)).toList();
      List<String> fresh = newColumns(table, added, before);
      for (String line : added) {
        additions &= isAddition(name, fresh, line);
      }
      if (!fresh.isEmpty()) {
        columns.put(name, fresh);
      }
      if (added.stream().anyMatch(line -> !isOfPost(name, line)) || lost(name, lines)) {
        List<TableName> targets = table.targets().stream().map(TargetTable::name).toList();
        additions &= made.containsAll(targets);
        targets.stream().filter(made::contains).forEach(anew::add);
      }
    }
    additions &= left.stream().allMatch(line -> line.endsWith(NOWHERE));
    return new Changes(before, lines, tables, columns, anew, additions);
  }

  /** Whether something of a table is gone that was moved. */
  private static boolean lost(TableName table, List<String> lines) {
    return lines.stream()
        .filter(line -> !line.endsWith(NOWHERE))
        .anyMatch(
            line -> line.startsWith("- " + table + ".") || line.startsWith("- " + table + " "));
  }

  /** Source columns that move now, and were not there or did not move before. */
  private static List<String> newColumns(
      TableMapping table, List<String> added, List<String> before) {
    return table.targets().stream()
        .flatMap(target -> target.columns().stream())
        .flatMap(column -> column.source().positions().stream())
        .map(position -> table.read().get(position).name())
        .distinct()
        .filter(
            column -> added.stream().anyMatch(line -> isOf(table.source().name(), column, line)))
        .filter(
            column ->
                before.stream()
                    .noneMatch(
                        line ->
                            isOf(table.source().name(), column, line) && !line.endsWith(NOWHERE)))
        .toList();
  }

  private static boolean isOf(TableName table, String column, String line) {
    return line.startsWith(table + "." + column + " ");
  }

  private static boolean isAddition(TableName table, List<String> fresh, String line) {
    return isOfPost(table, line) || fresh.stream().anyMatch(column -> isOf(table, column, line));
  }

  /** What the definitions behind the load make, of tables that are loaded too. */
  private static boolean isOfPost(TableName table, String line) {
    return Stream.of(" index ", " unique index ", " foreign key ")
        .anyMatch(kind -> line.startsWith(table + kind));
  }

  public boolean none() {
    return lines.isEmpty();
  }

  /** Why a command that wants the mapping as it was begun, or more of it, does not go on. */
  MigrationException refusal(String migration) {
    return new MigrationException(
        Kind.USAGE,
        "Migration \""
            + migration
            + "\" was begun with another mapping or another schema of the source. Since then"
            + " (- before, + now):\n  "
            + String.join("\n  ", lines)
            + "\nNothing was touched. "
            + advice());
  }

  /** The same for somebody who only looks; nothing where nothing changed. */
  public List<String> told() {
    return none()
        ? List.of()
        : Stream.of(
                Stream.of("The migration was begun with another mapping (- before, + now):"),
                lines.stream(),
                Stream.of(advice()))
            .flatMap(some -> some)
            .toList();
  }

  /** What was added, once it was. */
  public String added() {
    return Stream.of(
            names("new tables: ", tables.stream()), names("to be made anew: ", anew.stream()))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("; ", "the mapping was extended; ", ""));
  }

  private static String names(String what, Stream<TableName> tables) {
    String joined = tables.map(TableName::toString).sorted().collect(Collectors.joining(", "));
    return joined.isEmpty() ? "" : what + joined;
  }

  /** What can be done, in a sentence or two. */
  String advice() {
    if (!additions) {
      return "Change the spec or the source back to go on"
          + (without().isEmpty() ? "" : " (what is new can be left out: " + without() + ")")
          + "; or begin anew with --restart, which empties the tables that were loaded; or give the"
          + " spec another name and other tables.";
    }
    return (without().isEmpty()
            ? ""
            : "To go on without what is new, say so in the spec: " + without() + ". ")
        + "To have it too: landfall migrate --extend, which loads new tables"
        + names(
            " and makes those anew and loads them whole that have a new column: ", anew.stream())
        + ".";
  }

  /** What of a spec leaves out what is new. */
  private String without() {
    return Stream.of(
            tables.stream()
                .map(TableName::toString)
                .collect(Collectors.joining(", ", "tables: {exclude: [", "]}")),
            columns.entrySet().stream()
                .map(e -> "{table: " + e.getKey() + ", omit: " + e.getValue() + "}")
                .collect(Collectors.joining(", ", "mappings: [", "]")))
        .filter(part -> !part.endsWith("[]}") && !part.endsWith("[]"))
        .collect(Collectors.joining(" and "));
  }
}
