package dev.landfall.runners;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.SpecMigration;
import dev.landfall.pipelines.spec.Environment;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.pipelines.spec.SpecReader;
import java.nio.file.Path;

/** Reads the spec that a command line names and opens its migration. */
final class SpecMigrationFactory implements MigrationFactory {
  @Override
  public Migration open(CommonOptions options) {
    Spec spec = read(options);
    return SpecMigration.of(
        spec, new DirectLauncher(options.beamOptions(), spec.load().parallelism()));
  }

  private static Spec read(CommonOptions options) {
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
