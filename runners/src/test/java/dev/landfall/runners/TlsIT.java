package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.EmbeddedPostgres;
import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.embedded.ServerSettings;
import dev.landfall.embedded.SharedServers;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a certificate is said, and which one it is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsIT {
  private static final String SOURCE = "mysql://root@127.0.0.1:1/shop";

  @TempDir private static Path directory;
  private Pair pair;
  private EmbeddedServer server;

  @BeforeAll
  void start() throws Exception {
    for (String name :
        new String[] {"server.crt", "server.key", "other.crt", "client.crt", "client.p12"}) {
      try (InputStream in =
          Objects.requireNonNull(TlsIT.class.getResourceAsStream("/tls/" + name))) {
        Files.copy(in, directory.resolve(name));
      }
    }
    Files.setPosixFilePermissions(
        directory.resolve("server.key"), PosixFilePermissions.fromString("rw-------"));
    Files.writeString(
        directory.resolve("hba"),
        """
        hostssl all certified 127.0.0.1/32 scram-sha-256 clientcert=verify-ca
        host all all 127.0.0.1/32 scram-sha-256
        """);
    server =
        EmbeddedPostgres.start(
            ServerSettings.defaults()
                .withArguments(
                    "--ssl=on",
                    "--ssl-cert-file=" + directory.resolve("server.crt"),
                    "--ssl-key-file=" + directory.resolve("server.key"),
                    "--ssl-ca-file=" + directory.resolve("client.crt"),
                    "--hba-file=" + directory.resolve("hba")));
    pair = Pair.make(SharedServers.mariadb(), server);
    Db.run(pair.target(), "CREATE ROLE certified SUPERUSER LOGIN PASSWORD 'pw-Quay17'");
  }

  @AfterAll
  void stop() throws Exception {
    pair.close();
    server.close();
  }

  private String at(String user, String parameters) {
    return "postgresql://%s:%s@127.0.0.1:%d/%s?%s"
        .formatted(
            user,
            EmbeddedServer.PASSWORD,
            server.port(),
            pair.target().name(),
            parameters.replace("DIR", directory.toString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "postgres | sslmode=verify-ca&sslrootcert=DIR/other.crt | the server's certificate is not"
            + " signed by an authority that is trusted here. Check sslmode, sslrootcert,",
        "postgres | sslmode=verify-full&sslrootcert=DIR/server.crt | the server's certificate is not"
            + " for the host 127.0.0.1. Check sslmode, sslrootcert,",
        "certified | sslmode=require | FATAL: connection requires a valid client certificate. Check"
            + " sslmode, sslrootcert, sslcert and sslkey",
        "certified | sslmode=require&sslkey=DIR/client.p12&sslpassword=p12pass | FATAL: connection"
            + " requires a valid client certificate. The driver takes the entry \"user\" of a"
            + " PKCS-12 file and no other, and DIR/client.p12 has mykey. Rename it: keytool"
            + " -changealias",
      })
  void saysWhatIsWrong(String user, String parameters, String message) {
    assertThat(
            Cli.run("status", "--source", SOURCE, "--target", at(user, parameters))
                .exits(6)
                .message())
        .contains(" can't be reached: " + message.replace("DIR", directory.toString()));
  }

  @Test
  void saysItOfTheSourceToo() {
    assertThat(
            Cli.run(
                    "schema",
                    "--source",
                    pair.source().url().replaceAll("sslMode=\\w+", "sslMode=VERIFY_CA"),
                    "--target",
                    at("postgres", "sslmode=verify-ca&sslrootcert=DIR/server.crt"))
                .exits(6)
                .message())
        .contains("the server's certificate ")
        .contains("Check sslMode, trustCertificateKeyStoreUrl");
  }
}
