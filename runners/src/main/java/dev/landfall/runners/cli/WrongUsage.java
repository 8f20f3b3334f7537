package dev.landfall.runners.cli;

import dev.landfall.pipelines.spec.NearestName;
import dev.landfall.runners.display.Console;
import dev.landfall.runners.document.CommandDocument;
import dev.landfall.transforms.MigrationException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what is wrong with a command line. What somebody typed is repeated only where it is nearly a
 * name that is known: anything else may be a password, or the piece of one that a shell cut off.
 */
public final class WrongUsage {
  private WrongUsage() {}

  /** Prints it, and returns the exit code. */
  public static int report(ParameterException e, List<String> typed, Console console) {
    CommandLine command = e.getCommandLine();
    String message = message(e, typed);
    console.err().println("landfall: " + message);
    console.err().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    new Printer(console, typed.contains("--json"))
        .document(
            () ->
                CommandDocument.Failed.of(MigrationException.Kind.USAGE, message, ExitCodes.USAGE));
    return ExitCodes.USAGE;
  }

  private static String message(ParameterException e, List<String> typed) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unmatched(e.getCommandLine(), unmatched.getUnmatched().get(0), typed);
    }
    if (e instanceof MissingParameterException missing) {
      return missing.getMissing().stream()
          .map(argument -> called(argument) + " needs a value: " + argument.paramLabel())
          .collect(Collectors.joining("; "));
    }
    ArgSpec argument = e.getArgSpec();
    if (argument == null && e.getValue() != null) {
      // Of "help" and what is no command.
      return unmatched(e.getCommandLine(), e.getValue(), typed);
    }
    return argument == null || e instanceof OverwrittenOptionException
        // Of options that do not go together, or come twice: it has nothing but their names.
        ? String.valueOf(e.getMessage())
        : called(argument) + ": " + expected(argument);
  }

  private static String called(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String expected(ArgSpec argument) {
    if (argument.arity().max() == 0) {
      return "this option takes no value.";
    }
    Class<?> type = argument.auxiliaryTypes()[0];
    if (type.isEnum()) {
      Set<String> words = new TreeSet<>();
      for (Object word : type.getEnumConstants()) {
        words.add(word.toString().toLowerCase(Locale.ROOT));
      }
      return "expected one of " + String.join(", ", words) + ".";
    }
    return type == int.class || Number.class.isAssignableFrom(type) || type == long.class
        ? "expected a whole number."
        : "expected " + argument.paramLabel() + ".";
  }

  private static String unmatched(CommandLine command, String argument, List<String> typed) {
    boolean option = argument.startsWith("-");
    int equals = argument.indexOf('=');
    String name = option && equals > 0 ? argument.substring(0, equals) : argument;
    Collection<String> known =
        option
            ? command.getCommandSpec().optionsMap().keySet()
            : command.getSubcommands().keySet().stream().filter(c -> !c.equals("warm-up")).toList();
    return NearestName.typo(name, known)
        .map(
            near ->
                "there is no "
                    + (option ? "option " : "command ")
                    + name
                    + (option ? " here" : "")
                    + ". Did you mean "
                    + near
                    + "?")
        .orElseGet(
            () ->
                "argument "
                    + (typed.indexOf(argument) + 1)
                    + (option
                        ? " is an option that is not known here"
                        : known.isEmpty()
                            ? " belongs to no option"
                            : " belongs to no option, and is no command")
                    + ". It is not repeated, because it may be a password or a part of one: a value"
                    + " with blanks or signs of the shell's (& ; # $) needs quotes.");
  }
}
