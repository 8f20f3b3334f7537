package dev.landfall.runners;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.VerificationReport;
import dev.landfall.pipelines.VerifyRequest;
import dev.landfall.pipelines.selftest.SelfTestReport;
import dev.landfall.runners.display.Json;
import dev.landfall.runners.display.SelfTestJson;
import dev.landfall.runners.display.SelfTestText;
import dev.landfall.runners.display.VerifyText;
import dev.landfall.runners.flink.DetachedCommand;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "verify",
    description =
        "Compares both sides, unless told otherwise every row and every mapped column; changes"
            + " nothing.",
    footer = {
      "",
      "Exit code 0: equal. 3: they differ; the keys and columns are listed.",
      "With --self-test 0: every fault was found and nothing else. 1: not so, or not proved."
    })
final class VerifyCommand extends RunCommand {
  @Mixin private final CompareOptions compare = new CompareOptions();
  @Mixin private final SelfTestOptions selfTest = new SelfTestOptions();

  VerifyCommand(Session session) {
    super(session);
  }

  @Option(
      names = "--no-schema",
      description = "Leaves out whether columns, keys, indexes and the like are as promised")
  private boolean noSchema;

  @Override
  VerifyRequest request() {
    return compare.request().setSchema(!noSchema).build();
  }

  @Override
  DetachedCommand.Work work() {
    // Says what it does not go with.
    selfTest.given();
    return DetachedCommand.Work.VERIFY;
  }

  @Override
  int attached(Migration migration) {
    if (selfTest.given()) {
      return prove(migration);
    }
    VerifyRequest request = request();
    VerificationReport report =
        new LiveRun(session, migration, common.json()).watch(() -> migration.verify(request));
    if (common.json()) {
      session.console().out().println(Json.verification(report));
    } else {
      new VerifyText(session.console().outTerminal())
          .lines(report, session.again())
          .forEach(session.console().out()::println);
    }
    return report.holds() ? ExitCodes.DONE : ExitCodes.DIFFERENCES;
  }

  private int prove(Migration migration) {
    List<String> tables = selfTest.tables();
    SelfTestReport report =
        new LiveRun(session, migration, common.json()).watch(() -> migration.selfTest(tables));
    if (common.json()) {
      session.console().out().println(SelfTestJson.of(report));
    } else {
      new SelfTestText(session.console().outTerminal())
          .lines(report)
          .forEach(session.console().out()::println);
    }
    return report.proved() ? ExitCodes.DONE : ExitCodes.FAILED;
  }
}
