package dev.landfall.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What MySQL and MariaDB have in common. */
abstract class MySqlFamily extends Distribution {
  /**
   * The administrator, reachable by address: the servers do not resolve names, which would make
   * 127.0.0.1 the account of localhost on some machines only.
   */
  static final List<String> ACCOUNTS =
      List.of(
          "ALTER USER 'root'@'localhost' IDENTIFIED BY '" + EmbeddedServer.PASSWORD + "';",
          "CREATE USER 'root'@'127.0.0.1' IDENTIFIED BY '" + EmbeddedServer.PASSWORD + "';",
          "GRANT ALL ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;");

  /** Options without which the program can't run; the first must be the first of the command. */
  static List<String> basics(Path program, Path base, Path messages) {
    List<String> command = new ArrayList<>(List.of(program.toString(), "--no-defaults"));
    if (Privileges.isRoot()) {
      command.add("--user=root");
    }
    command.add("--basedir=" + base);
    command.add("--lc-messages-dir=" + messages);
    return command;
  }

  /** The directory for temporary tables, beside the data. */
  static Path temporary(Path data) {
    try {
      return Files.createDirectories(data.resolveSibling("temporary"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Options of a server for tests: quick, small, open to its own machine only. */
  static List<String> server(Path data, int port) {
    return List.of(
        "--datadir=" + data,
        // In a directory of all, each server that starts deletes the others' temporary tables.
        "--tmpdir=" + temporary(data),
        "--bind-address=127.0.0.1",
        "--port=" + port,
        "--skip-name-resolve",
        // Relative to the data directory: a socket's path may have 107 characters only.
        "--socket=server.sock",
        "--pid-file=server.pid",
        "--character-set-server=utf8mb4",
        "--local-infile=1",
        "--max-allowed-packet=64M",
        "--max-connections=300",
        "--innodb-buffer-pool-size=256M",
        // A killed server must keep its data, a machine without power need not.
        "--innodb-flush-log-at-trx-commit=2",
        "--performance-schema=OFF",
        "--skip-log-bin");
  }

  @Override
  final String stopSignal() {
    return "TERM";
  }

  @Override
  final void clearLocks(Path data) {
    // The lock files of InnoDB end with the process.
  }

  @Override
  final String user() {
    return "root";
  }

  @Override
  final String adminDatabase() {
    return "";
  }

  @Override
  final String jdbcUrl(int port, String database) {
    return "jdbc:mysql://127.0.0.1:%d/%s?user=%s&password=%s&sslMode=DISABLED&allowPublicKeyRetrieval=true"
        .formatted(port, database, user(), EmbeddedServer.PASSWORD);
  }

  @Override
  final String dataDirectoryQuery() {
    return "SELECT @@datadir";
  }

  @Override
  final String quote(String identifier) {
    return "`" + identifier.replace("`", "``") + "`";
  }

  @Override
  final String dropDatabase(String name) {
    return "DROP DATABASE IF EXISTS " + quote(name);
  }
}
