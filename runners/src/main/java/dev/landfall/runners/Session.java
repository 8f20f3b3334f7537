package dev.landfall.runners;

import dev.landfall.runners.display.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What all commands of one command line share.
 *
 * @param arguments the command line as typed
 * @param beamOptions what stood behind {@code --}
 * @param factory opens the migration
 * @param console where to write
 */
public record Session(
    List<String> arguments, List<String> beamOptions, MigrationFactory factory, Console console) {
  public Session {
    arguments = List.copyOf(arguments);
    beamOptions = List.copyOf(beamOptions);
  }

  /** The options that every command has, with what stood behind {@code --}. */
  public CommonOptions commonOptions() {
    return new CommonOptions(beamOptions);
  }

  /**
   * The command line that goes on with the same migration: the same one, passwords masked, without
   * {@code --restart} and its {@code --yes}.
   */
  String again() {
    return line(arguments);
  }

  /** Another command of the same migration: with what all commands take, and nothing else. */
  String again(String command) {
    List<String> other = new ArrayList<>();
    other.add(command);
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

  private static String line(List<String> arguments) {
    return program()
        + " "
        + withoutSecrets(arguments).stream()
            .filter(a -> !a.equals("--restart") && !a.equals("--yes"))
            .map(Session::quoted)
            .collect(Collectors.joining(" "));
  }

  /** A webhook's address may hold a token anywhere. */
  private static List<String> withoutSecrets(List<String> arguments) {
    List<String> shown = new ArrayList<>();
    boolean address = false;
    for (String argument : arguments) {
      if (argument.startsWith("--webhook=")) {
        shown.add("--webhook=***");
      } else {
        shown.add(address ? "***" : argument);
      }
      address = argument.equals("--webhook");
    }
    return shown;
  }

  private static String quoted(String argument) {
    String masked = Masking.argument(argument);
    return masked.matches("[\\w@%+=:,./*\\-]+") ? masked : "'" + masked.replace("'", "'\\''") + "'";
  }
}
