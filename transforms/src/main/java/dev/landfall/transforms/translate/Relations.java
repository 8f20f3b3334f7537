package dev.landfall.transforms.translate;

import dev.landfall.transforms.model.Identifiers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The tables that one SELECT reads, by the names that its columns are called by. */
final class Relations {
  private final Map<String, Function<String, Optional<Term>>> columns = new LinkedHashMap<>();

  /**
   * Adds a table.
   *
   * @param alias its name in the SELECT
   * @param found its column of a name, with no table before it
   */
  void add(String alias, Function<String, Optional<Term>> found) {
    if (columns.keySet().stream().anyMatch(alias::equalsIgnoreCase)) {
      throw new Untranslatable("two tables are called " + alias);
    }
    columns.put(alias, found);
  }

  /** Whether a column's name is one behind a table's. */
  static boolean qualified(List<String> path) {
    return path.size() > 1;
  }

  /** A column named with its table. */
  Term column(List<String> path) {
    String alias = path.get(path.size() - 2);
    String name = path.get(path.size() - 1);
    Function<String, Optional<Term>> found = columns.get(alias);
    if (found == null) {
      throw new Untranslatable("there is no table " + alias + " here");
    }
    Term column =
        found
            .apply(name)
            .orElseThrow(
                () -> new Untranslatable("there is no column " + alias + "." + name + " here"));
    return column;
  }

  /** A column of a table in a query's words. */
  static String sql(String alias, String column) {
    return Identifiers.postgres(alias) + "." + column;
  }
}
