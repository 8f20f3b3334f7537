package dev.landfall.runners.command;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.mapping.Preview;
import dev.landfall.pipelines.mapping.PreviewMapping;
import dev.landfall.runners.cli.ExitCodes;
import dev.landfall.runners.cli.Session;
import dev.landfall.runners.display.PreviewText;
import dev.landfall.transforms.MigrationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "preview",
    description =
        "Shows rows of the source as they are and as they would be, with what each rule does; those"
            + " too that would be rejected or that no table takes. Changes nothing.",
    footer = {"", "It shows values of the data, private ones too."})
final class PreviewCommand extends MigrationCommand {
  private static final int MOST = 1_000;

  @Parameters(
      paramLabel = "TABLE",
      description = "The table, as either side calls it, with or without a schema")
  private String table = "";

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many (default: ${DEFAULT-VALUE})")
  private int rows;

  @Option(
      names = "--where",
      paramLabel = "SQL",
      description = "Only rows for which this holds, a condition in the source's words")
  private @Nullable String where;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Rows from all over the table in place of the first ones, the same for the same number."
              + " Reads the whole table")
  private @Nullable Long seed;

  PreviewCommand(Session session) {
    super(session);
  }

  @Override
  int run(Migration migration) {
    if (rows < 1 || rows > MOST) {
      throw new MigrationException(
          MigrationException.Kind.USAGE, "--rows is " + rows + "; give a number from 1 to 1000.");
    }
    Preview preview = migration.perform(new PreviewMapping(table, rows, where, seed));
    printer().show(() -> preview, terminal -> new PreviewText(terminal).lines(preview));
    return ExitCodes.DONE;
  }
}
