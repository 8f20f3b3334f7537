package dev.landfall.runners.direct;

import dev.landfall.runners.document.CommandDocument;
import dev.landfall.runners.document.Documents;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.ConnectionSettings.Product;
import dev.landfall.transforms.jdbc.Connections;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Loads the classes that a run needs, for the class-data archive that the launcher makes after a
 * build: a load of nothing, both drivers as far as a refused connection, a document, and for the
 * rest every class of the packages that a run is known to use.
 */
public final class WarmUp {
  /** Nothing listens on it: port 1 is reserved. */
  private static final int REFUSED = 1;

  private static final List<String> PACKAGES =
      List.of(
          "com/dynatrace/hash4j/hashing/",
          "com/mysql/cj/",
          "com/zaxxer/hikari/",
          "dev/landfall/",
          "org/apache/beam/runners/core/",
          "org/apache/beam/runners/direct/",
          "org/apache/beam/sdk/coders/",
          "org/apache/beam/sdk/io/jdbc/",
          "org/apache/beam/sdk/transforms/",
          "org/apache/beam/sdk/util/",
          "org/apache/beam/sdk/values/",
          "org/postgresql/",
          "org/snakeyaml/engine/",
          "picocli/");

  private WarmUp() {}

  /** Loads them; takes a few seconds. */
  public static void run() {
    connect(Product.MYSQL);
    connect(Product.POSTGRESQL);
    dev.landfall.pipelines.load.WarmUp.run(new DirectLauncher(List.of(), 0));
    Documents.line(new CommandDocument.DemoStopped(true));
    loadPackages();
  }

  private static void connect(Product product) {
    ConnectionSettings nobody =
        new ConnectionSettings(product, "127.0.0.1", REFUSED, "none", "none", null, Map.of());
    try (Connection connection = Connections.open(nobody)) {
      throw new IllegalStateException("A database answered on port 1: " + connection);
    } catch (SQLException e) {
      // Expected: up to here the driver has loaded its classes.
    }
  }

  private static void loadPackages() {
    Path jar =
        Path.of(
            URI.create(
                WarmUp.class.getProtectionDomain().getCodeSource().getLocation().toString()));
    if (!Files.isRegularFile(jar)) {
      return;
    }
    try (JarFile file = new JarFile(jar.toFile())) {
      file.stream()
          .map(JarEntry::getName)
          .filter(name -> name.endsWith(".class") && PACKAGES.stream().anyMatch(name::startsWith))
          .forEach(WarmUp::load);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void load(String entry) {
    String name = entry.substring(0, entry.length() - ".class".length()).replace('/', '.');
    try {
      Class.forName(name, false, WarmUp.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      // Made for a library that is not there; a run does not load it either.
    }
  }
}
