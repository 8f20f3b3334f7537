package dev.landfall.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MySqlDistributionTest {
  @Test
  void namesTheMissingLibraryAndItsPackage() {
    assertThat(
            MySqlDistribution.explain(
                "/tmp/bin/mysqld: error while loading shared libraries: libaio.so.1: cannot open"
                    + " shared object file: No such file or directory"))
        .isEqualTo(
            "MySQL 8.0.15 needs the system library libaio.so.1, which this machine does not have."
                + " Install it: apt-get install libaio1 libnuma1 (from Debian 13 on libaio1t64,"
                + " with a link libaio.so.1 to its libaio.so.1t64)");
  }

  @Test
  void showsWhateverElseTheProgramSays() {
    assertThat(MySqlDistribution.explain("Illegal instruction"))
        .isEqualTo("MySQL 8.0.15 can't be started here; it printed:\nIllegal instruction");
  }
}
