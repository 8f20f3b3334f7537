package dev.landfall.runners.command;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.api.SchemaText;
import dev.landfall.pipelines.define.ApplySchemaTask;
import dev.landfall.pipelines.define.PreviewSchema;
import dev.landfall.runners.cli.Attempts;
import dev.landfall.runners.cli.ExitCodes;
import dev.landfall.runners.cli.Session;
import dev.landfall.runners.display.ObjectsText;
import dev.landfall.runners.display.ScanText;
import dev.landfall.runners.display.Visible;
import dev.landfall.runners.document.SchemaDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "schema",
    description =
        "Prints the target's DDL in two parts, before and after the load, and what becomes of each"
            + " object of the source.",
    footer = {
      "",
      "All of it together is a script for psql.",
      "Nothing is changed without --apply. What is there already is left as it is.",
    })
public final class SchemaCommand extends MigrationCommand {
  private enum Part {
    PRE,
    POST,
    ALL
  }

  @Option(
      names = "--apply",
      paramLabel = "PART",
      description = "Runs it on the target: pre, post or all")
  private @Nullable Part apply;

  @Option(
      names = "--scan",
      description =
          "Counts the odd values of the source and says what a move would do about them. Reads the"
              + " whole of each table that can have any")
  private boolean scan;

  public SchemaCommand(Session session) {
    super(session);
  }

  @Override
  int run(Migration migration) {
    if (scan) {
      session.console().err().println("landfall: looking for odd values in the source");
    }
    SchemaText schema = migration.perform(new PreviewSchema(scan));
    Part part = apply;
    if (part != null) {
      Attempts.noted(
          migration,
          "schema",
          () -> migration.perform(new ApplySchemaTask(part != Part.POST, part != Part.PRE)));
    }
    printer()
        .show(
            () -> SchemaDocument.of(schema, part == null ? null : word(part)),
            terminal -> lines(schema));
    if (common.json()) {
      return ExitCodes.DONE;
    }
    String script = schema.pre() + schema.post();
    if (session.console().outTerminal().interactive() && !Visible.of(script).equals(script)) {
      session
          .console()
          .err()
          .println(
              "landfall: characters that a terminal does not show are written out above, such as"
                  + " \\u202E. For a script that has them as they are, redirect it to a file");
    }
    if (part != null) {
      session.console().err().println("landfall: applied to the target: " + word(part));
    }
    return ExitCodes.DONE;
  }

  private static List<String> lines(SchemaText schema) {
    List<String> lines = new ArrayList<>();
    schema.changes().forEach(line -> lines.add("-- " + line.replaceAll("\\R", " ")));
    lines.add(schema.pre().stripTrailing());
    lines.add("");
    lines.add(schema.post().stripTrailing());
    lines.add("");
    lines.addAll(ObjectsText.lines(schema.objects()));
    if (schema.scan() != null) {
      lines.add("");
      lines.addAll(ScanText.lines(schema.scan()));
    }
    return lines;
  }

  private static String word(Part part) {
    return part.name().toLowerCase(Locale.ROOT);
  }
}
