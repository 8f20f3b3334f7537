package dev.landfall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PrivilegesTest {
  /** As in a container that forbids user namespaces. */
  @Test
  void postgresRunsAsNobodyWhenRootCanNotUseANamespace() throws Exception {
    assumeTrue(Privileges.isRoot(), "only root can become somebody else");
    try (EmbeddedServer server =
        Launcher.launch(new PostgresDistribution(Privileges.NOBODY), ServerSettings.defaults())) {
      assertThat(Files.readString(Path.of("/proc", Long.toString(server.pid()), "status")))
          .containsPattern("Uid:\\s+65534\\s+65534\\s+65534");
      server.createDatabase("made");
      server.kill();
      server.start();
      server.connect("made").close();
    }
  }

  @Test
  void givesUpRootOnlyWhenRoot() {
    assertThat(Privileges.needed() == Privileges.OWN).isEqualTo(!Privileges.isRoot());
  }
}
