package dev.landfall.runners.command;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.SpecMigration;
import dev.landfall.pipelines.api.PipelineLauncher;
import dev.landfall.pipelines.spec.Environment;
import dev.landfall.pipelines.spec.LoadSettings;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.pipelines.spec.SpecReader;
import dev.landfall.runners.cli.CommonOptions;
import dev.landfall.runners.cli.MigrationFactory;
import dev.landfall.runners.direct.DirectLauncher;
import dev.landfall.runners.flink.FlinkLaunchers;
import java.nio.file.Path;

/** Reads the spec that a command line names and opens its migration. */
public final class SpecMigrationFactory implements MigrationFactory {
  @Override
  public Migration open(CommonOptions options) {
    Spec spec = read(options);
    return SpecMigration.of(spec, launcher(options, spec));
  }

  private static PipelineLauncher launcher(CommonOptions options, Spec spec) {
    LoadSettings load = spec.load();
    Integer asked = options.parallelism();
    int parallelism = asked == null ? load.parallelism() : asked;
    return options.flink()
        ? FlinkLaunchers.open(
            options.flinkMaster(),
            options.beamOptions(),
            spec.plugins(),
            parallelism,
            load.outage())
        : new DirectLauncher(options.beamOptions(), parallelism);
  }

  /** The spec that the options name. */
  public static Spec read(CommonOptions options) {
    Environment environment = Environment.ofProcess();
    String source = options.source();
    String target = options.target();
    Path file = options.config();
    if (file != null) {
      return SpecReader.read(file, source, target, environment);
    }
    if (source == null || target == null) {
      throw new IllegalStateException("neither a spec nor both URLs: the options check that");
    }
    return SpecReader.ofUrls(source, target, environment);
  }
}
