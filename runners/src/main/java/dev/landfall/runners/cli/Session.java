package dev.landfall.runners.cli;

import dev.landfall.runners.display.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What all commands of one command line share.
 *
 * @param arguments the command line as typed
 * @param beamOptions what stood behind {@code --}
 * @param factory opens the migration
 * @param console where to write
 * @param pasted prints command lines
 */
public record Session(
    List<String> arguments,
    List<String> beamOptions,
    MigrationFactory factory,
    Console console,
    PastedLine pasted) {
  public Session {
    arguments = List.copyOf(arguments);
    beamOptions = List.copyOf(beamOptions);
  }

  /** What the commands of a command line of this process share. */
  public Session(
      List<String> arguments, List<String> beamOptions, MigrationFactory factory, Console console) {
    this(arguments, beamOptions, factory, console, new PastedLine(System.getenv()));
  }

  /** The options that every command has, with what stood behind {@code --}. */
  public CommonOptions commonOptions() {
    return new CommonOptions(beamOptions);
  }

  /** The command line as it was typed, without passwords. */
  public String typed() {
    return program() + " " + pasted.of(arguments);
  }

  /**
   * The command line that goes on with the same migration: the same one, without passwords and
   * without what is done once: {@code --restart} with its {@code --yes}, {@code --source-moved}.
   */
  public String again() {
    return againWith("");
  }

  /** The same with further flags, separated by blanks. */
  public String againWith(String flags) {
    List<String> same = new ArrayList<>(arguments);
    int end = same.indexOf("--");
    same.addAll(
        end < 0 ? same.size() : end,
        Stream.of(flags.split(" ", -1)).filter(f -> !f.isEmpty()).toList());
    return line(same);
  }

  /**
   * Another command of the same migration: with what all commands take, those flags, and nothing
   * else.
   */
  public String again(String command, String... flags) {
    List<String> other = new ArrayList<>();
    other.add(command);
    other.addAll(List.of(flags));
    for (int i = 1; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("--")) {
        other.addAll(arguments.subList(i, arguments.size()));
        break;
      }
      String name =
          argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument;
      if (OF_ALL_COMMANDS.contains(name)) {
        other.add(argument);
        if (name.equals(argument) && i + 1 < arguments.size()) {
          other.add(arguments.get(++i));
        }
      }
    }
    return line(other);
  }

  /** Options with a value that all commands of a migration take, as {@link CommonOptions} says. */
  private static final Set<String> OF_ALL_COMMANDS =
      Set.of(
          "-c",
          "--config",
          "--source",
          "--target",
          "--runner",
          "--flink-master",
          "--parallelism",
          "--log");

  /** What the person typed to start this: the launcher says so. */
  public static String program() {
    return System.getProperty("landfall.command", "landfall");
  }

  private static final Set<String> ONCE = Set.of("--restart", "--yes", "--source-moved");

  private String line(List<String> arguments) {
    return program() + " " + pasted.of(arguments.stream().filter(a -> !ONCE.contains(a)).toList());
  }
}
