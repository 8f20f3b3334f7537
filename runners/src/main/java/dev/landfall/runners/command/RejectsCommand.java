package dev.landfall.runners.command;

import dev.landfall.pipelines.Migration;
import dev.landfall.runners.cli.ExitCodes;
import dev.landfall.runners.cli.Masking;
import dev.landfall.runners.cli.Session;
import dev.landfall.runners.display.RejectsText;
import dev.landfall.runners.document.RejectsDocument;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.ledger.RejectList;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.validation.match.ValueMask;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rejects",
    description = {
      "The rows that could not be loaded, each with its key, column, reason and value. What a",
      "repair or somebody else has mended since, as a comparison found, is not among them."
    })
public final class RejectsCommand extends MigrationCommand {
  /** What there is to do with rejects. */
  enum Action {
    list
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "ACTION",
      defaultValue = "list",
      description = "list (default)")
  private Action action;

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many (default: ${DEFAULT-VALUE})")
  private int limit;

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "Only of this table of the source or the target; may be given several times")
  private List<String> tables = List.of();

  @Option(names = "--all", description = "Those too that were mended")
  private boolean all;

  @Option(names = "--mask", description = "Hide the values, tell only lengths and which are equal")
  private boolean mask;

  public RejectsCommand(Session session) {
    super(session);
  }

  @Override
  int run(Migration migration) {
    if (limit < 1) {
      throw usage("-n is " + limit + "; give a number from 1.");
    }
    Snapshot snapshot = migration.progress();
    RejectList found =
        switch (action) {
          case list -> migration.journal().rejects(wanted(snapshot), all, limit);
        };
    RejectList shown = mask ? found.withValues(new ValueMask()::hide) : found;
    printer()
        .show(
            () -> RejectsDocument.of(snapshot, shown),
            terminal -> new RejectsText(terminal).lines(migration.name(), shown, all));
    return ExitCodes.DONE;
  }

  private List<String> wanted(Snapshot snapshot) {
    List<String> wanted = new ArrayList<>();
    for (String name : tables) {
      List<String> found =
          snapshot.tables().stream()
              .filter(t -> is(t.table(), name) || t.targets().stream().anyMatch(u -> is(u, name)))
              .map(Snapshot.Table::table)
              .toList();
      if (found.isEmpty()) {
        throw usage("--table " + Masking.value(name) + " is none of the migration's tables.");
      }
      wanted.addAll(found);
    }
    return wanted;
  }

  private static boolean is(String table, String name) {
    return table.equals(name) || table.substring(table.indexOf('.') + 1).equals(name);
  }

  private static MigrationException usage(String message) {
    return new MigrationException(MigrationException.Kind.USAGE, message);
  }
}
