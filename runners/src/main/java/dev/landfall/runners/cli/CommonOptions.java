package dev.landfall.runners.cli;

import dev.landfall.transforms.MigrationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command has, as typed; {@link MigrationFactory} makes sense of them. */
public final class CommonOptions {
  private static final Path USUAL_SPEC = Path.of("landfall.yaml");

  private final List<String> beamOptions;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The migration's spec. Without it and without URLs: ./landfall.yaml")
  private @Nullable Path config;

  @Option(
      names = "--source",
      paramLabel = "URL",
      description = "The source, such as mysql://user:password@host:3306/database")
  private @Nullable String source;

  @Option(
      names = "--target",
      paramLabel = "URL",
      description = "The target, such as postgresql://user:password@host:5432/database")
  private @Nullable String target;

  @Option(
      names = "--runner",
      paramLabel = "RUNNER",
      defaultValue = "direct",
      description = "Where the pipelines run: direct (this machine) or flink")
  private String runner = "direct";

  @Option(
      names = "--flink-master",
      paramLabel = "HOST:PORT",
      description =
          "With --runner flink: the REST address of the cluster's JobManager; without it Flink runs"
              + " in this process, for trying out")
  private @Nullable String flinkMaster;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description =
          "How many chunks to work on at once, on Flink how many slots to take; wins over the"
              + " spec's load.parallelism")
  private @Nullable Integer parallelism;

  @Option(
      names = "--json",
      description = "One JSON document on standard output and nothing else there")
  private boolean json;

  @Option(
      names = {"-v", "--verbose"},
      description = "Logs more, and shows on standard error what Landfall and the libraries log")
  private boolean verbose;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description =
          "The log: what Landfall does and what libraries warn of; otherwise a file in the"
              + " directory for temporary files")
  private @Nullable Path log;

  public CommonOptions(List<String> beamOptions) {
    this.beamOptions = List.copyOf(beamOptions);
  }

  /** The options of a command line that names just that spec. */
  public static CommonOptions ofSpec(Path config) {
    CommonOptions options = new CommonOptions(List.of());
    options.config = config;
    return options;
  }

  /**
   * The spec's file: the one given, or {@code ./landfall.yaml} when there are not both URLs; null
   * when the URLs say it all.
   */
  public @Nullable Path config() {
    return config != null || (source != null && target != null) ? config : USUAL_SPEC;
  }

  /** The spec's file that was named; null for none. */
  public @Nullable Path given() {
    return config;
  }

  /** The source's URL, which wins over the spec's; null for the spec's. May hold a password. */
  public @Nullable String source() {
    return source;
  }

  /** The target's URL, which wins over the spec's; null for the spec's. May hold a password. */
  public @Nullable String target() {
    return target;
  }

  /** What stands behind {@code --}, for Beam. */
  public List<String> beamOptions() {
    return beamOptions;
  }

  /** Whether pipelines run on Flink. */
  public boolean flink() {
    return runner.equalsIgnoreCase("flink");
  }

  /** The REST address of a Flink cluster; null for none. */
  public @Nullable String flinkMaster() {
    return flinkMaster;
  }

  /** How many chunks to work on at once; null for what the spec says. */
  public @Nullable Integer parallelism() {
    return parallelism;
  }

  /** Whether standard output gets a JSON document and nothing else. */
  public boolean json() {
    return json;
  }

  public boolean verbose() {
    return verbose;
  }

  public @Nullable Path log() {
    return log;
  }

  /**
   * Refuses what can't work whatever the databases say.
   *
   * @throws MigrationException of kind USAGE
   */
  public void check() {
    switch (runner.toLowerCase(Locale.ROOT)) {
      case "direct" -> {
        if (flinkMaster != null) {
          throw usage("--flink-master is for --runner flink. Add that, or leave it out.");
        }
      }
      case "flink" -> {}
      default ->
          throw usage(
              "--runner "
                  + Masking.value(runner)
                  + ": there is no such runner. Use direct or flink.");
    }
    if (parallelism != null && parallelism < 1) {
      throw usage("--parallelism " + parallelism + ": expected a number from 1 on.");
    }
    Path spec = config();
    if (spec == null || Files.isRegularFile(spec)) {
      return;
    }
    if (config != null) {
      throw usage(
          "The spec "
              + Masking.value(config.toString())
              + " is not there. Check the path given with -c.");
    }
    throw usage(
        source == null && target == null
            ? "Which migration? Give -c FILE, or --source URL and --target URL, or put a"
                + " landfall.yaml into this directory."
            : "--"
                + (source == null ? "target" : "source")
                + " alone is not enough without a spec: give --"
                + (source == null ? "source" : "target")
                + " URL as well, or -c FILE.");
  }

  private static MigrationException usage(String message) {
    return new MigrationException(MigrationException.Kind.USAGE, message);
  }
}
