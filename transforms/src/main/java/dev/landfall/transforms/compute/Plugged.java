package dev.landfall.transforms.compute;

import dev.landfall.plugin.ColumnPlugin;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.types.PgType;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a plug-in makes of its inputs. It carries the plug-in's name, not its code: that is found
 * again in each process.
 *
 * @param name of the plug-in
 * @param with its arguments
 * @param version of the plug-in, as it was when the mapping was made
 * @param jars where it may be beside the class path
 */
public record Plugged(String name, Map<String, String> with, String version, List<String> jars)
    implements Formula {
  public Plugged {
    with = Collections.unmodifiableMap(new TreeMap<>(with));
    jars = List.copyOf(jars);
  }

  /** A text, which the column's type makes a value of its own. */
  @Override
  public PgType type() {
    return Operator.TEXT;
  }

  @Override
  public boolean nullable(List<Boolean> inputs) {
    return true;
  }

  @Override
  public String words(List<String> inputs) {
    return "plug-in "
        + name
        + "("
        + String.join(", ", inputs)
        + ")"
        + said()
        + ", version "
        + version;
  }

  private String said() {
    return with.isEmpty()
        ? ""
        : with.entrySet().stream()
            .map(entry -> entry.getKey() + ": " + entry.getValue())
            .collect(Collectors.joining(", ", " with {", "}"));
  }

  @Override
  public String policy() {
    return "rows that the plug-in has no value for: refuse";
  }

  /**
   * Makes values.
   *
   * @throws MigrationException of kind USAGE when this process has not that plug-in
   */
  @Override
  public Maker maker() {
    List<Plugins.Known> there = Plugins.of(jars).called(name);
    if (there.size() != 1) {
      throw unusable(there.isEmpty() ? "is not in this process" : "is there twice in this process");
    }
    Plugins.Known known = there.get(0);
    if (!known.version().equals(version)) {
      throw unusable(
          "has version "
              + known.version()
              + " in this process, and the mapping was made with version "
              + version);
    }
    ColumnPlugin plugin;
    try {
      plugin = known.make(with);
    } catch (RuntimeException | LinkageError e) {
      throw unusable("can't be used: " + Plugins.words(e));
    }
    return inputs -> value(plugin, inputs);
  }

  private MigrationException unusable(String why) {
    return new MigrationException(
        Kind.USAGE,
        "Plug-in "
            + name
            + " "
            + why
            + ". Name its jar in the spec's `plugins` or in LANDFALL_PLUGINS, and leave the jar as"
            + " it is until the command has ended.");
  }

  private @Nullable String value(ColumnPlugin plugin, @Nullable String[] inputs)
      throws UnfitException {
    String value;
    try {
      value = plugin.value(Collections.unmodifiableList(Arrays.asList(inputs)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MigrationException(Kind.STOPPED, "Stopped while plug-in " + name + " worked.", e);
    } catch (Exception e) {
      throw new UnfitException("plug-in " + name + ": " + Plugins.words(e));
    } catch (LinkageError | StackOverflowError | AssertionError e) {
      throw new MigrationException(
          Kind.FAILED,
          "Plug-in "
              + name
              + " is broken: "
              + Plugins.words(e)
              + ". Its jar, or one beside it, needs all classes that it uses, in a form that Java "
              + Runtime.version().feature()
              + " takes. What was committed is safe.",
          e);
    }
    if (value != null && !isText(value)) {
      throw new UnfitException(
          "plug-in " + name + " gave a text with a NUL or half a surrogate pair in it");
    }
    return value;
  }

  /** Whether PostgreSQL can hold it. */
  private static boolean isText(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\0' || Character.isLowSurrogate(c)) {
        return false;
      }
      if (Character.isHighSurrogate(c)) {
        i++;
        if (i == value.length() || !Character.isLowSurrogate(value.charAt(i))) {
          return false;
        }
      }
    }
    return true;
  }
}
