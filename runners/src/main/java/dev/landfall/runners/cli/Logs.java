package dev.landfall.runners.cli;

import dev.landfall.transforms.MigrationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what goes on in a file: what Landfall does (commands, runs, phases, steps, tables, what it
 * decided and how it ended), and what the libraries warn of. {@code --verbose} adds single
 * definitions and what the libraries tell besides, and shows it.
 */
public final class Logs {
  private Logs() {}

  /** Kept, since java.util.logging forgets the level of a logger that nobody holds. */
  private static final Logger OWN = Logger.getLogger("dev.landfall");

  /**
   * Sets java.util.logging up, which slf4j and the PostgreSQL driver write to.
   *
   * @throws MigrationException of kind USAGE when a file is asked for that can't be written
   */
  public static void start(@Nullable Path file, boolean verbose) {
    started = false;
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(verbose ? Level.INFO : Level.WARNING);
    OWN.setLevel(verbose ? Level.FINE : Level.INFO);
    LazyFile log = new LazyFile(file == null ? usual() : file);
    if (file != null) {
      log.open(file);
    }
    root.addHandler(log);
    started = true;
    if (verbose) {
      Handler console = new ConsoleHandler();
      console.setFormatter(new Line());
      root.addHandler(console);
    }
  }

  /** Notes what a command does; nothing before the log is started. */
  public static void note(String text) {
    if (started) {
      OWN.info(text);
    }
  }

  private static volatile boolean started;

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
    private boolean told;

    LazyFile(Path file) {
      this.file = file;
      setLevel(Level.ALL);
      setFormatter(new Line());
    }

    /** Makes sure that it can be written. */
    void open(Path asked) {
      try {
        writer();
      } catch (IOException e) {
        throw new MigrationException(
            MigrationException.Kind.USAGE,
            "The log "
                + Masking.value(asked.toString())
                + " can't be written: "
                + why(e)
                + ". Give --log a file that can be made or added to.",
            e);
      }
    }

    private static String why(IOException e) {
      if (e instanceof NoSuchFileException) {
        return "its directory is not there";
      }
      return e instanceof AccessDeniedException
          ? "permission is denied"
          : String.valueOf(e instanceof FileSystemException f ? f.getReason() : e.getMessage());
    }

    private Writer writer() throws IOException {
      Writer current = writer;
      if (current == null) {
        current =
            Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        writer = current;
      }
      return current;
    }

    @Override
    public synchronized void publish(LogRecord entry) {
      if (!isLoggable(entry)) {
        return;
      }
      try {
        Writer log = writer();
        log.write(getFormatter().format(entry));
        log.flush();
      } catch (IOException e) {
        if (!told) {
          // Once: a log must not stop a migration.
          told = true;
          System.err.println(
              "landfall: the log "
                  + Masking.value(file.toString())
                  + " can't be written: "
                  + why(e));
        }
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
          // Each line was flushed; there is nothing left to lose.
          setLevel(Level.OFF);
        }
        writer = null;
      }
    }
  }
}
