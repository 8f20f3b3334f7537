package dev.landfall.pipelines.spec;

import org.snakeyaml.engine.v2.common.ScalarStyle;

/**
 * Where something was said, for messages.
 *
 * @param file the spec's file as the user named it, or what stands for it: {@code --source}
 * @param line from 1; 0 where there are no lines
 * @param column from 1, in characters; 0 where there are no lines
 * @param path the keys that lead there: {@code mappings[0].columns.email}; empty for the document
 */
public record Location(String file, int line, int column, String path) {
  /** Something that is in no file: an option of the command line, or a table. */
  public static Location of(String name) {
    return new Location(name, 0, 0, "");
  }

  /**
   * Where the text of a scalar begins that begins here: behind a quote, below the sign of a block.
   */
  Location inside(ScalarStyle style) {
    return switch (style) {
      case SINGLE_QUOTED, DOUBLE_QUOTED -> new Location(file, line, column + 1, path);
      case LITERAL, FOLDED -> new Location(file, line + 1, 1, path);
      case PLAIN, JSON_SCALAR_STYLE -> this;
    };
  }

  /** {@code file:line:column path}. */
  @Override
  public String toString() {
    String where = line == 0 ? file : file + ":" + line + ":" + column;
    return path.isEmpty() ? where : where + "  " + path;
  }
}
