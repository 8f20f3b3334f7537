package dev.landfall.runners.command;

import dev.landfall.pipelines.spec.SpecSchema;
import dev.landfall.runners.cli.ExitCodes;
import dev.landfall.runners.cli.Session;
import dev.landfall.runners.document.Documents;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "schema",
    description = "Prints the JSON Schema of the spec, with which editors complete and check it.",
    footer = {"", "In the spec's first line:  # yaml-language-server: $schema=spec.schema.json"})
public final class SpecSchemaCommand implements Callable<Integer> {
  private final Session session;

  public SpecSchemaCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    session.console().out().println(Documents.text(SpecSchema.json()));
    return ExitCodes.DONE;
  }
}
