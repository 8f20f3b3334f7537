package dev.landfall.transforms.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Connections;
import dev.landfall.transforms.ledger.LoadLedger;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.types.Conversion;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a load waits for an answer of the target, which is what far ends cost. */
class RoundTripsTest {
  private LoadBed bed;

  @BeforeEach
  void makeBed() throws SQLException {
    bed =
        new LoadBed(
            LoadBed.mapping(
                List.of(LoadBed.column("id", "int", false)),
                LoadBed.table(false, "t", LoadBed.to("id", "integer", 0, Conversion.NONE))),
            "CREATE TABLE t (id int)");
  }

  @AfterEach
  void close() throws SQLException {
    bed.close();
  }

  private Connection open() throws SQLException {
    ConnectionSettings settings = bed.settings();
    return Connections.open(
        new ConnectionSettings(
            settings.product(),
            settings.host(),
            settings.port(),
            settings.database(),
            settings.user(),
            settings.password(),
            Map.of("socketFactory", CountingSockets.class.getName())));
  }

  @Test
  void chunkIsClaimedCopiedMarkedAndCommittedInFour() throws Exception {
    bed.plan(1);
    RowBatch[] chunk = LoadBed.whole(0, List.of(List.of("1"), List.of("2")));
    try (Connection connection = open()) {
      CountingSockets.ROUND_TRIPS.set(0);
      ChunkLoad load = bed.chunkLoad(connection, chunk[0]);
      assertThat(load.begin()).isTrue();
      assertThat(load.load(bed.convert(chunk[0]))).isTrue();
      load.commit();

      // The claim, COPY's beginning and end, the mark with the commit.
      assertThat(CountingSockets.ROUND_TRIPS).hasValue(4);
      assertThat(bed.chunks()).containsExactly("0|t|2|2|0|0");
      assertThat(bed.rows("SELECT id FROM t ORDER BY 1")).containsExactly("1", "2");
    }
  }

  @Test
  void sessionIsOpenedInSix() throws Exception {
    CountingSockets.ROUND_TRIPS.set(0);
    try (Connection connection = open()) {
      // Whether there is TLS, logging in (three for a password), its name, all that is set and
      // read back.
      assertThat(CountingSockets.ROUND_TRIPS).hasValueLessThanOrEqualTo(6);
      assertThat(connection.isValid(10)).isTrue();
    }
  }

  @Test
  void chunkThatIsMarkedAlreadyIsNotCommittedAgain() throws Exception {
    bed.plan(1);
    try (Connection connection = bed.connect()) {
      LoadLedger ledger = new LoadLedger(connection, bed.migration(), 0, 0);
      connection.setAutoCommit(false);
      assertThat(ledger.claim()).isTrue();
      ledger.commit(1, 2, 2, 0, 0, 3);
      assertThat(bed.chunks()).containsExactly("0|t|2|2|0|0");

      connection.createStatement().execute("INSERT INTO t VALUES (7)");
      assertThatThrownBy(() -> ledger.commit(1, 5, 5, 0, 0, 3))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("lost its claim");
      connection.rollback();
      assertThat(bed.chunks()).containsExactly("0|t|2|2|0|0");
      assertThat(bed.rows("SELECT id FROM t")).isEmpty();
    }
  }
}
