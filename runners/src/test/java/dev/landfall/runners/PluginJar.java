package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.plugin.ColumnPlugin;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/** Jars of plug-ins, compiled here. */
final class PluginJar {
  private static final Path EXAMPLE = Path.of("..", "docs", "plugin-example", "src", "main");

  private PluginJar() {}

  /** The documentation's example. */
  static Path example(Path directory) throws IOException {
    return make(
        directory,
        "iban.jar",
        Files.readString(EXAMPLE.resolve(Path.of("java", "example", "Iban.java"))),
        Files.readString(
            EXAMPLE.resolve(
                Path.of("resources", "META-INF", "services", ColumnPlugin.class.getName()))));
  }

  /** A plug-in of a class that is called as it is, with that body. */
  static Path of(Path directory, String jar, String name, String body) throws IOException {
    String type = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    return of(directory, jar, type, name, body);
  }

  /** A plug-in of a class with that body. */
  static Path of(Path directory, String jar, String type, String name, String body)
      throws IOException {
    String source =
        """
        package example;
        import java.util.*;
        public class %s implements dev.landfall.plugin.ColumnPlugin {
          public String name() { return "%s"; }
          %s
        }
        """
            .formatted(type, name, body);
    return make(directory, jar, source, "example." + type);
  }

  /** The method that makes values, of what it returns. */
  static String value(String expression) {
    return "public String value(List<String> inputs) { return " + expression + "; }";
  }

  private static Path make(Path directory, String jar, String source, String service)
      throws IOException {
    Path build = Files.createTempDirectory(directory, "build");
    String type = source.replaceAll("(?s).*?public (?:final )?class (\\w+).*", "$1");
    Path file = Files.writeString(build.resolve(type + ".java"), source);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-d",
                build.toString(),
                "-cp",
                System.getProperty("java.class.path")));
    arguments.add(file.toString());
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, arguments.toArray(String[]::new)))
        .isZero();
    Files.delete(file);
    return pack(build, directory.resolve(jar), service);
  }

  /** A jar of what is in a directory. */
  static Path pack(Path classes, Path jar, String service) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
        zip.write(Files.readAllBytes(file));
      }
      if (!service.isEmpty()) {
        zip.putNextEntry(new ZipEntry("META-INF/services/" + ColumnPlugin.class.getName()));
        zip.write(service.getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }
}
