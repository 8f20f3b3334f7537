package dev.landfall.runners.flink;

import dev.landfall.pipelines.api.ClusterJob;
import dev.landfall.pipelines.api.PipelineLauncher;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Opens the launchers for Flink that a command line asks for. */
public final class FlinkLaunchers {
  /** The version that this Landfall is built for; a client of another one is not understood. */
  private static final String VERSION = "1.19.";

  private FlinkLaunchers() {}

  /**
   * A launcher.
   *
   * @param master the cluster's REST address; null for a cluster in this process, {@code auto} for
   *     the one that runs the command itself as an application
   * @param plugins jars that the workers need beside Landfall's
   * @param parallelism how many slots to use, 0 for all that there are
   * @param outage how long a cluster that went away is waited for
   * @throws MigrationException of kind USAGE or UNREACHABLE
   */
  public static PipelineLauncher open(
      @Nullable String master,
      List<String> beamOptions,
      List<Path> plugins,
      int parallelism,
      Duration outage) {
    requireFlink();
    FlinkOptions.of(beamOptions);
    if (master == null || master.equals("auto")) {
      return new LocalFlinkLauncher(
          master == null ? "[local]" : "[auto]",
          beamOptions,
          Slots.of(parallelism, Math.max(2, Runtime.getRuntime().availableProcessors())));
    }
    FlinkCluster cluster = connect(master, beamOptions);
    FlinkCluster.Overview overview = overview(cluster);
    return new FlinkLauncher(
        cluster,
        beamOptions,
        jars(plugins),
        Slots.of(parallelism, Math.max(1, overview.slots())),
        outage,
        null);
  }

  /**
   * Sends a command to a cluster, to be carried out there, and waits until its run has begun.
   *
   * @param master the cluster's REST address
   * @param plugins jars that the workers need beside Landfall's
   * @param migration what the command is about
   * @param begun whether the ledger has a run that such a job holds
   * @return the job that carries it out
   * @throws MigrationException what stopped the command right at its beginning
   */
  public static ClusterJob detach(
      String master,
      DetachedCommand command,
      List<Path> plugins,
      String migration,
      Runnable prepare,
      Predicate<ClusterJob> begun) {
    requireFlink();
    try (FlinkCluster cluster = connect(master, command.beamOptions())) {
      return new Detachment(cluster, overview(cluster), jars(plugins))
          .send(command, migration, prepare, begun);
    }
  }

  private static FlinkCluster connect(String master, List<String> beamOptions) {
    return FlinkCluster.at(
        FlinkAddress.parse(master), FlinkOptions.of(beamOptions).getFlinkConfDir());
  }

  private static FlinkCluster.Overview overview(FlinkCluster cluster) {
    FlinkCluster.Overview overview;
    try {
      overview = cluster.overview();
    } catch (IOException e) {
      throw cluster.unreachable(e, Duration.ZERO);
    }
    if (!overview.version().startsWith(VERSION)) {
      throw new MigrationException(
          Kind.USAGE,
          "The cluster at "
              + cluster.address()
              + " runs Flink "
              + overview.version()
              + ", and this Landfall needs "
              + VERSION
              + "x. Nothing was touched.");
    }
    return overview;
  }

  private static void requireFlink() {
    try {
      Class.forName(
          "org.apache.flink.client.program.rest.RestClusterClient",
          false,
          FlinkLaunchers.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new MigrationException(
          Kind.USAGE,
          "--runner flink needs the classes of a Flink client, which are not in Landfall's jar."
              + " Start it by the launcher ./landfall, by \"flink run\", or with the jars of"
              + " Flink's lib directory on the class path: java -cp"
              + " landfall.jar:$FLINK_HOME/lib/* dev.landfall.runners.Landfall …",
          e);
    }
  }

  /** What the workers need: the jar that this class is in, and those of plug-ins. */
  private static List<String> jars(List<Path> plugins) {
    return Stream.concat(Stream.of(jar()), plugins.stream().map(Path::toString)).toList();
  }

  /** What the job that this process works at came with, for others like it. */
  static List<String> ofThisJob() {
    Path own = Path.of(jar());
    return FlinkLaunchers.class.getClassLoader() instanceof URLClassLoader loader
        ? Stream.concat(
                Stream.of(own),
                Stream.of(loader.getURLs())
                    .filter(url -> url.getProtocol().equals("file"))
                    .map(url -> Path.of(uri(url))))
            .distinct()
            .filter(Files::isRegularFile)
            .map(Path::toString)
            .toList()
        : List.of(own.toString());
  }

  private static URI uri(URL url) {
    return URI.create(url.toString());
  }

  private static String jar() {
    Path jar =
        Path.of(uri(FlinkLaunchers.class.getProtectionDomain().getCodeSource().getLocation()));
    if (!Files.isRegularFile(jar)) {
      throw new MigrationException(
          Kind.USAGE,
          "A Flink cluster needs Landfall as one jar, and "
              + jar
              + " is a directory of classes. Start it by the launcher ./landfall.");
    }
    return jar.toString();
  }
}
