package dev.landfall.pipelines.spec;

import dev.landfall.pipelines.spec.ColumnRule.Recipe;
import dev.landfall.transforms.compute.Formula;
import dev.landfall.transforms.compute.Plugged;
import dev.landfall.transforms.compute.Plugins;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the plug-ins that a spec names, and tries whether they take what it says to them. */
final class PluginResolver {
  private final List<String> jars;
  private final Mistakes mistakes;

  PluginResolver(Spec spec, Mistakes mistakes) {
    this.jars = spec.plugins().stream().map(Path::toString).toList();
    this.mistakes = mistakes;
  }

  /** What it makes; empty, with the mistake noted, when there is no such plug-in. */
  Optional<Formula> resolve(Recipe.Plugin recipe) {
    String name = recipe.name().value();
    Plugins plugins = Plugins.of(jars);
    List<Plugins.Known> called = plugins.called(name);
    if (called.size() != 1) {
      mistakes.add(recipe.name().at(), called.isEmpty() ? missing(name, plugins) : several(called));
      return Optional.empty();
    }
    Plugins.Known known = called.get(0);
    try {
      known.make(recipe.with().value());
      return Optional.of(new Plugged(name, recipe.with().value(), known.version(), jars));
    } catch (RuntimeException | LinkageError e) {
      mistakes.add(
          recipe.with().at(),
          "plug-in " + name + " can't be used like this: " + Plugins.words(e) + ".");
      return Optional.empty();
    }
  }

  private String missing(String name, Plugins plugins) {
    Collection<String> names = plugins.names();
    StringBuilder what = new StringBuilder("there is no plug-in \"" + name + "\".");
    what.append(NearestName.suggestion(name, names));
    List<String> broken = plugins.broken();
    if (!broken.isEmpty()) {
      what.append(" Some can't be used: ").append(String.join("; ", broken)).append('.');
    }
    if (names.isEmpty() && broken.isEmpty()) {
      what.append(
          jars.isEmpty()
              ? " None was found: name its jar, plugins: [plug-in.jar], or set "
                  + PluginsReader.VARIABLE
                  + "."
              : " None was found in "
                  + jars.stream()
                      .map(jar -> String.valueOf(Path.of(jar).getFileName()))
                      .collect(Collectors.joining(", "))
                  + ": there is no "
                  + Plugins.SERVICE
                  + ".");
    }
    return what.toString();
  }

  private static String several(List<Plugins.Known> called) {
    return "several plug-ins have this name: "
        + called.stream().map(Plugins.Known::place).collect(Collectors.joining(", "))
        + ". Leave one of their jars out.";
  }
}
