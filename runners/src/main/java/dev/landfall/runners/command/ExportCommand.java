package dev.landfall.runners.command;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.mapping.ExplainMapping;
import dev.landfall.pipelines.mapping.Sheet;
import dev.landfall.runners.cli.ExitCodes;
import dev.landfall.runners.cli.Session;
import dev.landfall.runners.report.SheetCsv;
import dev.landfall.runners.report.SheetMarkdown;
import dev.landfall.runners.report.SheetPage;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    description =
        "Writes the mapping sheet for people who sign it off: a line for each column of the target,"
            + " and for each of the source that stays behind.",
    footer = {
      "",
      "The fingerprint in it is the mapping's: whoever exports it again sees whether anything that",
      "was signed is another by now.",
    })
final class ExportCommand extends MigrationCommand {
  /** What it may be written as. */
  enum Format {
    csv,
    md,
    html
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      required = true,
      description = "csv, md or html (a page that needs nothing else and can be printed)")
  private @Nullable Format format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to; without it standard output")
  private @Nullable Path output;

  @Parameters(
      paramLabel = "TABLE",
      arity = "0..*",
      description = "Only these tables, as either side calls them, with or without a schema")
  private List<String> tables = List.of();

  ExportCommand(Session session) {
    super(session);
  }

  @Override
  int run(Migration migration) {
    Path file = output;
    if (file != null) {
      OutputFile.requireWritable(file);
    }
    Sheet sheet = migration.perform(new ExplainMapping(tables));
    String text = text(sheet);
    if (file != null) {
      OutputFile.write(file, "The sheet", text);
    }
    if (common.json()) {
      printer().document(() -> sheet);
    } else {
      session.console().out().print(file == null ? text : file + "\n");
      session.console().out().flush();
    }
    return ExitCodes.DONE;
  }

  private String text(Sheet sheet) {
    Format chosen = format == null ? Format.csv : format;
    return switch (chosen) {
      case csv -> SheetCsv.of(sheet, output != null);
      case md -> SheetMarkdown.of(sheet);
      case html -> SheetPage.of(sheet);
    };
  }
}
