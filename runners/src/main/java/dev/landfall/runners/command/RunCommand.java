package dev.landfall.runners.command;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.api.ClusterJob;
import dev.landfall.pipelines.run.DryRun;
import dev.landfall.pipelines.run.NoteSourceMoved;
import dev.landfall.pipelines.run.Task;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.pipelines.spec.SpecReader;
import dev.landfall.runners.cli.Attempts;
import dev.landfall.runners.cli.ExitCodes;
import dev.landfall.runners.cli.Session;
import dev.landfall.runners.cli.TemporaryFiles;
import dev.landfall.runners.document.CommandDocument;
import dev.landfall.runners.flink.DetachedCommand;
import dev.landfall.runners.flink.FlinkLaunchers;
import dev.landfall.transforms.MigrationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Option;

/** A command that takes its time, which may be spent elsewhere. */
abstract class RunCommand extends MigrationCommand {
  @Option(
      names = "--detach",
      description =
          "With --flink-master: hands the command over to the cluster, which carries it out to its"
              + " end, and returns. Takes one slot more")
  private boolean detach;

  @Option(
      names = "--source-moved",
      description =
          "The source is the same database on another server than before, such as a replica that"
              + " took over: notes that server as the one to read from")
  private boolean sourceMoved;

  RunCommand(Session session) {
    super(session);
  }

  @Override
  final int run(Migration migration) {
    check(detach);
    TemporaryFiles.require();
    if (sourceMoved) {
      migration.perform(new NoteSourceMoved());
    }
    if (!detach) {
      return Attempts.noted(migration, command(), () -> attached(migration));
    }
    String master = common.flinkMaster();
    if (!common.flink() || master == null || master.equals("auto")) {
      throw new MigrationException(
          MigrationException.Kind.USAGE,
          "--detach needs a cluster to hand the command over to: --runner flink --flink-master"
              + " HOST:PORT.");
    }
    Task<?> task = task();
    look(migration);
    Spec spec = SpecMigrationFactory.read(common);
    ClusterJob job =
        FlinkLaunchers.detach(
            master,
            detached(task, spec),
            spec.plugins(),
            migration.name(),
            () -> prepare(migration),
            sent -> String.valueOf(migration.snapshot().holder()).contains(sent.id()));
    show(job);
    return ExitCodes.DONE;
  }

  private DetachedCommand detached(Task<?> task, Spec spec) {
    Path file = common.config();
    Integer parallelism = common.parallelism();
    return new DetachedCommand(
        task,
        file == null ? null : SpecReader.content(file),
        file == null ? null : file.toAbsolutePath().toString(),
        spec.files(),
        common.source(),
        common.target(),
        common.beamOptions(),
        parallelism == null ? 0 : parallelism,
        0,
        sourceMoved);
  }

  private void show(ClusterJob job) {
    printer()
        .show(
            () -> new CommandDocument.Submitted(job),
            terminal ->
                List.of(
                    "job " + job.id() + " on Flink at " + job.cluster() + " carries it out",
                    "To follow it:  " + session.again("status", "--watch"),
                    "To stop it:    " + session.again("cancel")));
  }

  /** The command's name. */
  private String command() {
    return Objects.requireNonNull(getClass().getAnnotation(picocli.CommandLine.Command.class))
        .name();
  }

  /** What the command does. */
  abstract Task<?> task();

  /**
   * Refuses options that do not go together.
   *
   * @param detached whether the command is handed over
   */
  void check(boolean detached) {}

  /** Looks for what stands in the command's way, unless {@link #prepare} does. */
  void look(Migration migration) {
    migration.perform(new DryRun(task()));
  }

  /** What has to be done here before the command is handed over. */
  void prepare(Migration migration) {}

  /** Does the work while a person watches, and returns the exit code. */
  abstract int attached(Migration migration);
}
