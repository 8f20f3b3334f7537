package dev.landfall.runners.command;

import dev.landfall.transforms.MigrationException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asking whether a comparison can be trusted, in the place of comparing. */
final class SelfTestOptions {
  /** What says how to compare, of which a self-test has no use. */
  private static final List<String> OF_COMPARISONS =
      List.of(
          "--level",
          "--seed",
          "--looks",
          "--look-pause",
          "--mask",
          "--max-differences",
          "--max-values",
          "--no-schema",
          "--detach");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--self-test",
      description = {
        "Do not compare, but prove that comparing can be trusted: copy some rows of each table",
        "into a scratch schema of the target, seed known faults there, and see that each is",
        "found and nothing else"
      })
  private boolean selfTest;

  @Option(
      names = "--table",
      paramLabel = "TABLE",
      description = "With --self-test: only this target table; may be given several times")
  private List<String> tables = List.of();

  /**
   * Whether it was asked for.
   *
   * @throws MigrationException of kind USAGE for options that do not go together
   */
  boolean given() {
    if (!selfTest && !tables.isEmpty()) {
      throw usage("--table belongs to --self-test.");
    }
    List<String> others =
        command.commandLine().getParseResult().matchedOptions().stream()
            .map(OptionSpec::longestName)
            .filter(OF_COMPARISONS::contains)
            .toList();
    if (selfTest && !others.isEmpty()) {
      throw usage(
          "--self-test does not go with "
              + String.join(", ", others)
              + ": it compares nothing but the copies that it makes, and does so here.");
    }
    return selfTest;
  }

  /** The tables that were named; all where there are none. */
  List<String> tables() {
    return List.copyOf(tables);
  }

  private static MigrationException usage(String message) {
    return new MigrationException(MigrationException.Kind.USAGE, message);
  }
}
