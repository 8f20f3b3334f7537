package dev.landfall.runners;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.VerificationReport;
import dev.landfall.pipelines.VerifyRequest;
import dev.landfall.runners.display.Json;
import dev.landfall.runners.display.VerifyText;
import dev.landfall.runners.flink.DetachedCommand;
import dev.landfall.transforms.MigrationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "verify",
    description = "Compares both sides, every row and every mapped column; changes nothing.",
    footer = {"", "Exit code 0: equal. 3: they differ; the keys and columns are listed."})
final class VerifyCommand extends RunCommand {
  VerifyCommand(Session session) {
    super(session);
  }

  @Option(
      names = "--max-differences",
      paramLabel = "N",
      defaultValue = "" + VerifyRequest.DEFAULT_MAX_DIFFERENCES,
      description = "Name at most so many differences of each table (default: ${DEFAULT-VALUE})")
  private int maxDifferences;

  @Override
  VerifyRequest request() {
    if (maxDifferences < 0) {
      throw new MigrationException(
          MigrationException.Kind.USAGE,
          "--max-differences is " + maxDifferences + "; give a number from 0.");
    }
    return VerifyRequest.builder().setMaxDifferences(maxDifferences).build();
  }

  @Override
  DetachedCommand.Work work() {
    return DetachedCommand.Work.VERIFY;
  }

  @Override
  int attached(Migration migration) {
    VerificationReport report =
        new LiveRun(session, migration, common.json()).watch(() -> migration.verify(request()));
    if (common.json()) {
      session.console().out().println(Json.verification(report));
    } else {
      new VerifyText(session.console().outTerminal())
          .lines(report, session.again(), session.repair())
          .forEach(session.console().out()::println);
    }
    return report.equal() ? ExitCodes.DONE : ExitCodes.DIFFERENCES;
  }
}
