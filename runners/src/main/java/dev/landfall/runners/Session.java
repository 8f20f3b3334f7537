package dev.landfall.runners;

import dev.landfall.runners.display.Console;
import java.util.ArrayList;
import java.util.List;
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
   * {@code --restart}.
   */
  String again() {
    return line(arguments);
  }

  /** The same for another command of the same migration. */
  String again(String command) {
    List<String> other = new ArrayList<>(arguments);
    if (!other.isEmpty()) {
      other.set(0, command);
    }
    other.removeAll(List.of("--no-verify", "--detach"));
    return line(other);
  }

  /** The command line that says what a repair of the same migration would do. */
  String repair() {
    List<String> plain = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).equals("--max-differences")) {
        i++;
      } else if (!arguments.get(i).startsWith("--max-differences=")
          && !arguments.get(i).equals("--json")) {
        plain.add(arguments.get(i));
      }
    }
    return new Session(plain, beamOptions, factory, console).again("repair");
  }

  /** The command line that compares both sides of the same migration, after a repair. */
  String verify() {
    List<String> plain = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).equals("--table")) {
        i++;
      } else if (!arguments.get(i).startsWith("--table=")
          && !List.of("--json", "--execute", "--delete-extra").contains(arguments.get(i))) {
        plain.add(arguments.get(i));
      }
    }
    return new Session(plain, beamOptions, factory, console).again("verify");
  }

  /** What the person typed to start this: the launcher says so. */
  public static String program() {
    return System.getProperty("landfall.command", "landfall");
  }

  private static String line(List<String> arguments) {
    return program()
        + " "
        + withoutSecrets(arguments).stream()
            .filter(a -> !a.equals("--restart"))
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
    String masked = Masking.mask(argument);
    return masked.matches("[\\w@%+=:,./*\\-]+") ? masked : "'" + masked.replace("'", "'\\''") + "'";
  }
}
