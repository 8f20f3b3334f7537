package dev.landfall.pipelines.check;

import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.check.Finding;
import dev.landfall.transforms.ledger.Event;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A question whether something is as it must be. There is one of it for each time that it is asked,
 * so it may keep what it saw before the work for when the work is done. It changes nothing but the
 * ledger's account of what is being done, and each of its methods may be called again when a
 * database went away.
 *
 * @param <C> what it looks at, as its {@link CheckScope} has it
 */
public interface Check<C> extends AutoCloseable {
  /**
   * What it is about, as the ledger has it; several may be about the same. What is about {@link
   * CheckResult#TARGET} is told with the schema, anything else as a check of its own.
   */
  default String subject() {
    return getClass().getSimpleName();
  }

  /** What people are told that it is called: its class in words. */
  default String name() {
    return getClass().getSimpleName().replaceAll("(?<=.)(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  /**
   * Looks before the work begins.
   *
   * @return what became of each thing that was asked; none where all is well and that need not be
   *     said; null where it does not concern this work, or only shows behind it
   * @throws dev.landfall.transforms.MigrationException when a database can't be asked
   */
  default @Nullable List<CheckResult> look(C at) {
    return null;
  }

  /** Looks when the work is done, for what only shows then; the same otherwise. */
  default @Nullable List<CheckResult> lookBehind(C at) {
    return null;
  }

  /**
   * That it is not so.
   *
   * @param message what it is, where, why it matters and what to do about it, in sentences
   */
  default List<CheckResult> broken(String message) {
    return List.of(CheckResult.broken(subject(), name(), message, 0, List.of()));
  }

  /**
   * That it is not so where something was found, each with its remedy.
   *
   * @param message as for one thing; the remedies are told behind it
   */
  default List<CheckResult> broken(List<Finding> findings, String message) {
    return findings.isEmpty()
        ? List.of()
        : List.of(CheckResult.broken(subject(), name(), message, findings.size(), findings));
  }

  /** What happened, where that is what the answer tells; null otherwise. */
  default @Nullable Event event(List<CheckResult> results) {
    return null;
  }

  /** Ends what goes on beside the work. */
  @Override
  default void close() {}
}
