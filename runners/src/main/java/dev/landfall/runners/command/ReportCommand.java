package dev.landfall.runners.command;

import dev.landfall.pipelines.Migration;
import dev.landfall.runners.cli.ExitCodes;
import dev.landfall.runners.cli.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "report",
    description =
        "Writes what was moved, and what shows that it arrived, as a page and a document.",
    footer = {
      "",
      "Without -o and --json: NAME-report.html and NAME-report.json in this directory. What is there",
      "is replaced. The source may be gone: the report says so then. Exit code 0: written, whatever",
      "the verdict in it is.",
    })
public final class ReportCommand extends MigrationCommand {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Where to write it: .html for the page, .json for the document; may be repeated")
  private List<Path> outputs = new ArrayList<>();

  public ReportCommand(Session session) {
    super(session);
  }

  @Override
  int run(Migration migration) {
    new ReportFiles(common, outputs).write(migration, session.console());
    return ExitCodes.DONE;
  }
}
