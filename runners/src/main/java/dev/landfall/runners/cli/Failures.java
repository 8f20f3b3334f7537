package dev.landfall.runners.cli;

import dev.landfall.runners.display.Console;
import dev.landfall.runners.document.CommandDocument;
import dev.landfall.transforms.MigrationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says that a command failed: once, without a stack trace, without a secret. */
public final class Failures {
  private Failures() {}

  /** Prints what happened, and as a document on standard output for {@code --json}. */
  public static int report(Throwable thrown, boolean json, Console console) {
    MigrationException known = MigrationException.in(thrown);
    String message = Masking.mask(known == null ? unexpected(thrown) : text(known));
    int code = known == null ? ExitCodes.FAILED : ExitCodes.of(known.kind());
    Logs.note("exit code " + code + ": " + message);
    console.err().println("landfall: " + message);
    new Printer(console, json)
        .document(
            () -> CommandDocument.Failed.of(known == null ? null : known.kind(), message, code));
    return code;
  }

  private static String text(MigrationException known) {
    return known.getMessage() == null ? known.kind().toString() : known.getMessage();
  }

  private static String unexpected(Throwable thrown) {
    String what = String.valueOf(thrown).lines().findFirst().orElse("");
    try {
      Path trace = Files.createTempFile("landfall-trace-", ".log");
      StringWriter text = new StringWriter();
      thrown.printStackTrace(new PrintWriter(text));
      Files.writeString(trace, Masking.mask(text.toString()));
      return "unexpected failure: " + what + " (the full trace is in " + trace + ")";
    } catch (IOException e) {
      return "unexpected failure: " + what + " (the trace could not be written: " + e + ")";
    }
  }
}
