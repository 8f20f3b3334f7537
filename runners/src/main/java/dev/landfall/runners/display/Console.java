package dev.landfall.runners.display;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * The two streams of a command, and what each can show. Results go to {@code out}, everything that
 * only accompanies the work to {@code err}.
 */
public record Console(
    PrintStream out, Terminal outTerminal, PrintStream err, Terminal errTerminal) {
  /** A file or a pipe has no width; this one holds every column. */
  private static final String FILE_SIZE = "0 140";

  /** The process's own streams, always in UTF-8: names and values are data. */
  public static Console ofProcess() {
    String size = System.getProperty("landfall.tty", "");
    boolean outIsTerminal = Boolean.getBoolean("landfall.tty.out");
    Terminal file = Terminal.of("", System.getenv()).resized(FILE_SIZE);
    return new Console(
        stream(FileDescriptor.out),
        outIsTerminal ? Terminal.of(size, System.getenv()) : file,
        stream(FileDescriptor.err),
        Terminal.of(size, System.getenv()));
  }

  /** Standard output as a writer. */
  public PrintWriter outWriter() {
    return new PrintWriter(out, true, StandardCharsets.UTF_8);
  }

  /** Standard error as a writer. */
  public PrintWriter errWriter() {
    return new PrintWriter(err, true, StandardCharsets.UTF_8);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
