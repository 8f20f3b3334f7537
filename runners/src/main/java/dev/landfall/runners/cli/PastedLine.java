package dev.landfall.runners.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Command lines that are printed to be pasted: they do what the one that was typed does, and hold
 * no secret. In the place of an address with one stands the environment variable that it came from;
 * where none has it, one that a person has to set, which the shell asks for.
 */
final class PastedLine {
  /** Options whose values are addresses, and the variables that stand for them. */
  private static final Map<String, String> ADDRESSES =
      Map.of("--source", "SOURCE", "--target", "TARGET", "--webhook", "WEBHOOK");

  /** What a webhook's address holds anywhere may be a token. */
  private static final String WEBHOOK = "--webhook";

  private final Map<String, String> environment;

  PastedLine(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** Arguments as a shell takes them. */
  String of(List<String> arguments) {
    List<String> shown = new ArrayList<>();
    String option = "";
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? "" : argument.substring(0, equals);
      if (ADDRESSES.containsKey(name)) {
        shown.add(name + "=" + address(name, argument.substring(equals + 1)));
      } else {
        shown.add(ADDRESSES.containsKey(option) ? address(option, argument) : quoted(argument));
      }
      option = argument;
    }
    return String.join(" ", shown);
  }

  private String address(String option, String value) {
    Optional<String> variable = variable(Objects.requireNonNull(ADDRESSES.get(option)), value);
    if (variable.isPresent()) {
      return "\"$" + variable.get() + "\"";
    }
    boolean secret = option.equals(WEBHOOK) || !Masking.argument(value).equals(value);
    if (!secret) {
      return quoted(value);
    }
    String name = ADDRESSES.get(option);
    // One that is set to something else would be taken without a word; one that is not set is
    // refused by the shell, which says what is asked for here (POSIX, 2.6.2).
    return "\"${"
        + (environment.containsKey(name) ? name + "_URL" : name)
        + ":?set it to the URL given as "
        + option
        + "}\"";
  }

  /** The environment variable that has a value: the usual one, or the first by its name. */
  private Optional<String> variable(String usual, String value) {
    return value.equals(environment.get(usual))
        ? Optional.of(usual)
        : environment.entrySet().stream()
            .filter(e -> e.getValue().equals(value) && e.getKey().matches("[A-Za-z]\\w*"))
            .map(Map.Entry::getKey)
            .sorted()
            .findFirst();
  }

  private static String quoted(String argument) {
    String masked = Masking.argument(argument);
    return masked.matches("[\\w@%+=:,./*\\-]+") ? masked : "'" + masked.replace("'", "'\\''") + "'";
  }
}
