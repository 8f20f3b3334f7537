package dev.landfall.runners;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.logging.ConsoleHandler;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the libraries off the screen: what they warn of goes to a file, which is made only when
 * there is something to write. {@code --verbose} shows what they tell besides.
 */
public final class Logs {
  private Logs() {}

  /** Sets java.util.logging up, which slf4j and the PostgreSQL driver write to. */
  public static void start(@Nullable Path file, boolean verbose) {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(verbose ? Level.INFO : Level.WARNING);
    root.addHandler(new LazyFile(file == null ? usual() : file));
    if (verbose) {
      Handler console = new ConsoleHandler();
      console.setFormatter(new Line());
      root.addHandler(console);
    }
  }

  /** One file for each user: the directory may be everybody's. */
  private static Path usual() {
    return Path.of(
        System.getProperty("java.io.tmpdir"),
        "landfall-" + System.getProperty("user.name") + ".log");
  }

  private static final class Line extends Formatter {
    @Override
    public String format(LogRecord entry) {
      StringWriter text = new StringWriter();
      PrintWriter line = new PrintWriter(text);
      line.println(
          Instant.ofEpochMilli(entry.getMillis())
              + " "
              + entry.getLevel()
              + " "
              + entry.getLoggerName()
              + ": "
              + formatMessage(entry));
      if (entry.getThrown() != null) {
        entry.getThrown().printStackTrace(line);
      }
      return Masking.mask(text.toString());
    }
  }

  private static final class LazyFile extends Handler {
    private final Path file;
    private @Nullable Writer writer;

    LazyFile(Path file) {
      this.file = file;
      setLevel(Level.WARNING);
      setFormatter(new Line());
    }

    @Override
    public synchronized void publish(LogRecord entry) {
      if (!isLoggable(entry)) {
        return;
      }
      try {
        if (writer == null) {
          writer =
              Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        writer.write(getFormatter().format(entry));
        writer.flush();
      } catch (IOException e) {
        // Said once on standard error by the error manager; a log must not stop a migration.
        reportError("Can't write the log " + file, e, ErrorManager.WRITE_FAILURE);
      }
    }

    @Override
    public void flush() {}

    @Override
    public synchronized void close() {
      if (writer != null) {
        try {
          writer.close();
        } catch (IOException e) {
          reportError("Can't close the log " + file, e, ErrorManager.CLOSE_FAILURE);
        }
        writer = null;
      }
    }
  }
}
