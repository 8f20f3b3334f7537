package dev.landfall.pipelines.spec;

import dev.landfall.pipelines.spec.shape.Shape;
import java.io.File;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Finds the jars of plug-ins: those that the spec names, and those of the environment. */
final class PluginsReader {
  /** What the spec may say. */
  static final Shape.Items SHAPE = Shape.listOf(Shape.Scalar.NAME).some();

  /** The variable that has more of them. */
  static final String VARIABLE = "LANDFALL_PLUGINS";

  private final Path directory;
  private final Environment environment;
  private final Mistakes mistakes;
  private final Set<Path> jars = new LinkedHashSet<>();

  /**
   * A reader.
   *
   * @param directory what the spec's names of files are relative to
   */
  PluginsReader(Path directory, Environment environment, Mistakes mistakes) {
    this.directory = directory;
    this.environment = environment;
    this.mistakes = mistakes;
  }

  /** The jars, by absolute names, each once. */
  List<Path> read(@Nullable YamlValue plugins) {
    if (plugins != null) {
      for (YamlValue item : plugins.items()) {
        item.name().ifPresent(name -> add(directory, name, item::mistake));
      }
      if (plugins.isList() && plugins.items().isEmpty()) {
        plugins.mistake("no jar is listed; leave plugins out.");
      }
    }
    Location variable = Location.of(VARIABLE);
    for (String name : environment.variable(VARIABLE).orElse("").split(File.pathSeparator, -1)) {
      if (!name.isBlank()) {
        add(Path.of(""), name, what -> mistakes.add(variable, what));
      }
    }
    return List.copyOf(jars);
  }

  private void add(Path relativeTo, String name, Consumer<String> mistake) {
    try {
      jars.addAll(environment.jars(relativeTo.resolve(name).toAbsolutePath().normalize()));
    } catch (NoSuchFileException e) {
      mistake.accept("the jar " + name + " does not exist.");
    } catch (ZipException e) {
      mistake.accept("the file " + name + " is no jar.");
    } catch (IOException e) {
      mistake.accept("the jar " + name + " can't be read (" + e.getMessage() + ").");
    } catch (InvalidPathException e) {
      mistake.accept("this is no name of a file.");
    }
  }
}
