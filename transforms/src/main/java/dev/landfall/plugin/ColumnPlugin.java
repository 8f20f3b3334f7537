package dev.landfall.plugin;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the values of a column, where neither operators nor expressions can. It is found by {@link
 * java.util.ServiceLoader}: its jar has a file {@code
 * META-INF/services/dev.landfall.plugin.ColumnPlugin} with the class's name in it, and the class
 * has a public constructor without parameters.
 *
 * <p><b>The same inputs give the same value</b>, at any time and in any process: what is loaded is
 * made again when it is compared, and again when it is repaired, on other machines and in another
 * order. So a plug-in reads no clock, no random numbers, no default locale or time zone, and keeps
 * nothing of one row for the next.
 *
 * <p><b>It has no effects.</b> Rows may come twice, in any order, or be asked for by a command that
 * only looks.
 *
 * <p><b>Each thread and column has an instance of its own</b>, so that fields need no locks. Static
 * fields are shared. Instances are also made only to ask for the name, so that a constructor does
 * little.
 *
 * <p><b>It is quick.</b> It is called once for each row, by the thread that moves the row, and
 * nobody ends a call that takes long: it holds up its chunk, and a run that is told to stop, until
 * it returns or answers the thread's interrupt.
 */
public interface ColumnPlugin {
  /** What the spec calls it. Always the same, not empty. */
  String name();

  /**
   * What tells it from an earlier state of itself that made other values. A run that is resumed
   * with another version is told that its mapping has changed. Without one, that is told by a
   * checksum of what is in its jar, so that each change of the jar counts.
   */
  default String version() {
    return "";
  }

  /**
   * Takes what the spec says in {@code with}, once, before the first value; with no entries where
   * it says nothing.
   *
   * @throws IllegalArgumentException when that makes no sense, with a sentence for the user, who
   *     sees it before anything is touched
   */
  default void prepare(Map<String, String> with) {
    if (!with.isEmpty()) {
      throw new IllegalArgumentException("it takes nothing in `with`");
    }
  }

  /**
   * The value for one row.
   *
   * @param inputs the columns of {@code from}, in its order, each as PostgreSQL writes a value of
   *     the type that the column would have in the target ({@code 2024-01-31}, {@code 12.50}, a
   *     boolean of a tinyint {@code 1} or {@code 0}), null for NULL; not to be kept
   * @return a value of the column's type as PostgreSQL reads it, null for NULL; one that the type
   *     does not take, or would round, makes a reject of the row
   * @throws Exception when there is no value: the row becomes a reject with the message. An {@link
   *     Error} ends the run
   */
  @Nullable String value(List<@Nullable String> inputs) throws Exception;
}
