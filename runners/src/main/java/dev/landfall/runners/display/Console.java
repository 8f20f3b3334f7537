package dev.landfall.runners.display;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The two streams of a command, and what each can show. Results go to {@code out}, everything that
 * only accompanies the work to {@code err}.
 */
public record Console(
    PrintStream out, Terminal outTerminal, PrintStream err, Terminal errTerminal) {
  /** The process's own streams, always in UTF-8: names and values are data. */
  public static Console ofProcess() {
    String size = System.getProperty("landfall.tty", "");
    boolean outIsTerminal = Boolean.getBoolean("landfall.tty.out");
    return new Console(
        stream(FileDescriptor.out, outIsTerminal || isTerminal(1)),
        outIsTerminal ? Terminal.of(size, System.getenv()) : Terminal.file(System.getenv()),
        stream(FileDescriptor.err, !size.isEmpty() || isTerminal(2)),
        Terminal.of(size, System.getenv()));
  }

  /** Standard output as a writer for texts of Landfall's own, colours and all. */
  public PrintWriter outWriter() {
    return writer(out);
  }

  /** The same for standard error. */
  public PrintWriter errWriter() {
    return writer(err);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8) {
      @Override
      public void write(String text, int from, int length) {
        String own = text.substring(from, from + length).replace("\u001b", Visible.ESCAPE);
        super.write(own, 0, own.length());
      }
    };
  }

  /** Without the launcher nobody says so, except on Linux. */
  private static boolean isTerminal(int descriptor) {
    try {
      String device = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  /** A file or a pipe gets what there is; a terminal is not steered by it. */
  private static PrintStream stream(FileDescriptor descriptor, boolean terminal) {
    OutputStream stream = new FileOutputStream(descriptor);
    return new PrintStream(
        terminal ? Visible.stream(stream) : stream, true, StandardCharsets.UTF_8);
  }
}
