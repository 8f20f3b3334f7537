package dev.landfall.transforms.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Secret;
import dev.landfall.transforms.jdbc.SqlStates;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.read.ChunkBatches;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.types.Conversion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker in a process of its own is frozen, another loads its chunk, and then it wakes up. */
@Timeout(120)
class FrozenWorkerTest {
  private static final int ROWS = 1_000;

  /** With that many rows far more than what the sockets between worker and server hold. */
  private static final int WIDTH = 20_000;

  /** So slow that the worker can be met in the middle. */
  private static final String[] TABLE = {
    "CREATE TABLE users (id int, name text)",
    """
    CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_sleep(0.002);
      RETURN NEW;
    END $$
    """,
    "CREATE TRIGGER dawdle BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION dawdle()"
  };

  private static RowBatch[] chunk(int rowsPerBatch) {
    String wide = "x".repeat(WIDTH);
    return LoadBed.pieces(
        0,
        IntStream.range(0, ROWS).mapToObj(i -> List.of(String.valueOf(i), wide)).toList(),
        rowsPerBatch);
  }

  /**
   * Loads the chunk with a {@link LoadChunk} from a file, in batches of so many rows, until there
   * is no outage. Says when it comes to the second batch, and takes that when it is told to.
   */
  static final class Worker {
    private Worker() {}

    public static void main(String[] arguments) throws Exception {
      LoadChunk load;
      try (ObjectInputStream in =
          new ObjectInputStream(Files.newInputStream(Path.of(arguments[0])))) {
        load = (LoadChunk) in.readObject();
      }
      RowBatch[] chunk = chunk(Integer.parseInt(arguments[1]));
      boolean done = false;
      while (!done) {
        try {
          System.out.println("read " + load.reduce(new Slow(chunk)).getRead());
          done = true;
        } catch (SQLException e) {
          System.out.println(SqlStates.classify(e));
        }
      }
      Pools.closeAll();
    }
  }

  private static final class Slow implements ChunkBatches {
    private final RowBatch[] batches;
    private int taken;

    Slow(RowBatch[] batches) {
      this.batches = batches;
    }

    @Override
    public Chunk chunk() {
      return Chunk.ofTable(batches[0].table(), batches.length);
    }

    @Override
    public boolean hasNext() {
      return taken < batches.length;
    }

    @Override
    public RowBatch next() {
      if (taken == 1) {
        System.out.println("second");
        try {
          System.in.read();
        } catch (IOException e) {
          throw new java.io.UncheckedIOException(e);
        }
      }
      return batches[taken++];
    }
  }

  @Test
  void frozenInTheMiddleOfACopy() throws Exception {
    try (LoadBed bed = bed()) {
      Process worker = start(bed, ROWS);
      try (BufferedReader output = worker.inputReader()) {
        bed.await(
            "SELECT 1 FROM pg_stat_progress_copy WHERE datname = current_database()"
                + " AND tuples_processed > 20");
        signal(worker, "STOP");
        loadInItsPlace(bed);
        signal(worker, "CONT");

        // By itself: it finds its session ended, tries again, and finds the chunk committed.
        assertThat(output.readLine()).isEqualTo("read 0");
        assertThat(output.readLine()).isNull();
        assertThat(worker.waitFor()).isZero();
      } finally {
        worker.destroyForcibly();
      }
      assertLoaded(bed);
    }
  }

  @Test
  void frozenBetweenTwoBatches() throws Exception {
    try (LoadBed bed = bed()) {
      Process worker = start(bed, ROWS / 2);
      try (BufferedReader output = worker.inputReader()) {
        assertThat(output.readLine()).isEqualTo("second");
        signal(worker, "STOP");
        loadInItsPlace(bed);
        signal(worker, "CONT");
        worker.outputWriter().append("go on\n").flush();

        assertThat(output.readLine()).isEqualTo("TRANSIENT");
        assertThat(output.readLine()).isEqualTo("read 0");
        assertThat(worker.waitFor()).isZero();
      } finally {
        worker.destroyForcibly();
      }
      assertLoaded(bed);
    }
  }

  private static LoadBed bed() throws SQLException {
    LoadBed bed =
        new LoadBed(
            LoadBed.mapping(
                List.of(
                    LoadBed.column("id", "int", false), LoadBed.column("name", "varchar", true)),
                LoadBed.table(
                    false,
                    "users",
                    LoadBed.to("id", "integer", 0, Conversion.NONE),
                    LoadBed.to("name", "text", 1, Conversion.TEXT))),
            TABLE);
    bed.plan(1);
    return bed;
  }

  private static LoadChunk loader(LoadBed bed) {
    return loader(bed, bed.migration());
  }

  private static LoadChunk loader(LoadBed bed, MigrationKey migration) {
    return LoadChunk.into(migration, bed.mapping()).withStalled(Duration.ofSeconds(1));
  }

  /** The same migration for a process that has to find the password itself. */
  private static MigrationKey elsewhere(MigrationKey migration) {
    ConnectionSettings here = migration.target();
    return new MigrationKey(
        new ConnectionSettings(
            here.product(),
            here.host(),
            here.port(),
            here.database(),
            here.user(),
            Secret.of(EmbeddedServer.PASSWORD, new InEnvironment()),
            here.properties()),
        migration.name(),
        migration.run());
  }

  private static final class InEnvironment implements Secret.Source {
    private static final long serialVersionUID = 1L;

    @Override
    public String what() {
      return "The password";
    }

    @Override
    public Optional<String> find(Consumer<String> mistakes) {
      return Optional.ofNullable(System.getenv(VARIABLE));
    }
  }

  private static final String VARIABLE = "LANDFALL_TEST_PASSWORD";

  private static Process start(LoadBed bed, int rowsPerBatch) throws IOException {
    Path file = Files.createTempFile("landfall-load-", ".ser");
    try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(file))) {
      out.writeObject(loader(bed, elsewhere(bed.migration())));
    }
    file.toFile().deleteOnExit();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Worker.class.getName(),
            file.toString(),
            String.valueOf(rowsPerBatch));
    builder.environment().put(VARIABLE, EmbeddedServer.PASSWORD);
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void signal(Process process, String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(kill.exitValue()).isZero();
  }

  private static void loadInItsPlace(LoadBed bed) throws Exception {
    assertThat(bed.chunks()).containsExactly("0|f|0|0|0|0");
    assertThat(LoadBed.reduce(loader(bed), chunk(ROWS)).getLoaded()).isEqualTo(ROWS);
    assertThat(bed.rows("SELECT kind FROM landfall.event WHERE kind NOT LIKE 'RUN%'"))
        .containsExactly("TAKEOVER");
  }

  private static void assertLoaded(LoadBed bed) throws SQLException {
    assertThat(bed.rows("SELECT count(*), count(DISTINCT id) FROM users"))
        .containsExactly(ROWS + "|" + ROWS);
    assertThat(bed.chunks()).containsExactly("0|t|%d|%d|0|0".formatted(ROWS, ROWS));
    assertThat(bed.rows("SELECT kind FROM landfall.event WHERE kind NOT LIKE 'RUN%'"))
        .containsExactly("TAKEOVER");
  }
}
