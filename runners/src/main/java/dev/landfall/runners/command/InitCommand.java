package dev.landfall.runners.command;

import dev.landfall.pipelines.draft.Draft;
import dev.landfall.runners.cli.CommonOptions;
import dev.landfall.runners.cli.ExitCodes;
import dev.landfall.runners.cli.Logs;
import dev.landfall.runners.cli.Printer;
import dev.landfall.runners.cli.Session;
import dev.landfall.runners.document.DraftDocument;
import dev.landfall.runners.view.Numbers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "init",
    description =
        "Writes a spec with a line for every table and column of a source: what it becomes in the"
            + " target, and why.",
    footer = {
      "",
      "Give --source, and --target if there is one; or -c FILE, a spec that has no mappings yet. Passwords",
      "are not written. Reads only.",
    })
final class InitCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final CommonOptions common;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to write it; - for standard output. Without it: ./landfall.yaml")
  private Path output = Path.of("landfall.yaml");

  @Option(names = "--force", description = "Writes over a file that is there")
  private boolean force;

  @Option(
      names = "--scan",
      description =
          "Counts the odd values of each column, too. Reads the whole of each table that can have"
              + " any")
  private boolean scan;

  InitCommand(Session session) {
    this.session = session;
    this.common = session.commonOptions();
  }

  @Override
  public Integer call() {
    Logs.start(common.log(), common.verbose());
    Logs.note("process " + ProcessHandle.current().pid() + ": " + session.typed());
    long begun = System.nanoTime();
    Path file = output.toString().equals("-") ? null : output;
    DraftFile draft = new DraftFile(common, scan);
    draft.check(file, force);
    Draft made = draft.make();
    Logs.note(
        made.tables() + " tables drafted after " + (System.nanoTime() - begun) / 1_000_000 + " ms");
    if (file == null) {
      if (!common.json()) {
        session.console().out().print(made.text());
        session.console().out().flush();
        return ExitCodes.DONE;
      }
    } else {
      OutputFile.write(file, "The spec", made.text());
    }
    new Printer(session.console(), common.json())
        .show(() -> DraftDocument.of(made, file), terminal -> lines(made, output));
    return ExitCodes.DONE;
  }

  private static List<String> lines(Draft draft, Path file) {
    List<String> lines = new ArrayList<>();
    lines.add(
        file
            + ": "
            + Numbers.count(draft.tables(), "table")
            + ", "
            + Numbers.count(draft.columns(), "column"));
    if (!draft.variables().isEmpty()) {
      lines.add("It needs the environment: " + String.join(", ", draft.variables()));
    }
    lines.add("To see what comes of it:  " + Session.program() + " schema -c " + file);
    return lines;
  }
}
