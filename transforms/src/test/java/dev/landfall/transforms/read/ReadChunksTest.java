package dev.landfall.transforms.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.catalog.Servers.Source;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Secret;
import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.KeyRange;
import dev.landfall.transforms.sql.BoundQuery;
import dev.landfall.transforms.value.Rows;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadChunksTest {
  /** Where batches arrive, by test. */
  private static final Map<String, List<RowBatch>> ARRIVED = new ConcurrentHashMap<>();

  private static final Map<String, List<String>> REDUCED = new ConcurrentHashMap<>();

  @AfterEach
  void closePools() {
    Pools.closeAll();
  }

  private static final class KeepFn extends DoFn<RowBatch, Void> {
    private final String test;

    KeepFn(String test) {
      this.test = test;
    }

    @ProcessElement
    public void keep(@Element RowBatch batch) {
      Objects.requireNonNull(ARRIVED.get(test)).add(batch);
    }
  }

  private static ConnectionSettings settings(FreshDatabase database, boolean target) {
    EmbeddedServer server = database.server();
    return new ConnectionSettings(
        target ? ConnectionSettings.Product.POSTGRESQL : ConnectionSettings.Product.MYSQL,
        server.host(),
        server.port(),
        database.name(),
        server.user(),
        Secret.of(server.password()),
        Map.of());
  }

  private static ReadChunks<RowBatch> chunks(FreshDatabase database, String sql) {
    return ReadChunks.from(settings(database, false), chunk -> new BoundQuery(sql, List.of()));
  }

  private static List<RowBatch> read(ReadChunks<RowBatch> transform, Chunk... chunks) {
    String test = UUID.randomUUID().toString();
    ARRIVED.put(test, new CopyOnWriteArrayList<>());
    Pipeline pipeline = Pipeline.create();
    pipeline.apply(Create.of(List.of(chunks))).apply(transform).apply(ParDo.of(new KeepFn(test)));
    pipeline.run().waitUntilFinish();
    return ARRIVED.remove(test);
  }

  private static Chunk chunk(long number) {
    return Chunk.ofRange(2, number, List.of("id"), KeyRange.ALL, 10);
  }

  private static List<@Nullable String> hex(Rows rows, int row) {
    List<@Nullable String> values = new ArrayList<>();
    for (int column = 0; column < rows.columns(); column++) {
      byte[] value = rows.value(row, column);
      values.add(value == null ? null : HexFormat.of().formatHex(value));
    }
    return values;
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void chunkWithoutRowsIsOneEmptyBatch(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection = Servers.open(database)) {
      Servers.execute(connection, "CREATE TABLE t (id int, v text)");

      assertThat(read(chunks(database, "SELECT id, v FROM t"), chunk(5)))
          .satisfiesExactly(
              batch -> {
                assertThat(batch.table()).isEqualTo(2);
                assertThat(batch.chunk()).isEqualTo(5);
                assertThat(batch.sequence()).isZero();
                assertThat(batch.last()).isTrue();
                assertThat(batch.rows().size()).isZero();
                assertThat(batch.rows().columns()).isEqualTo(2);
              });
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void valuesArriveAsTheServerSendsThem(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection = Servers.open(database)) {
      Servers.execute(
          connection,
          "SET SESSION sql_mode = ''",
          """
          CREATE TABLE t (id int, v varchar(50) CHARACTER SET utf8mb4, l varchar(50) CHARACTER SET
            latin1, b varbinary(300), d datetime(6), ts timestamp(3) NULL, n decimal(30,10), dy date)
          """,
          "INSERT INTO t VALUES (1, NULL, NULL, NULL, NULL, NULL, NULL, NULL),"
              + " (2, '', '', '', '2024-03-10 02:30:00', '2024-03-10 02:30:00', -0.1, '0000-00-00'),"
              + " (3, '日😀\\0\\\\', 'é€', x'00ff0a5c', '0000-00-00 00:00:00', '1970-01-01 00:00:01',"
              + " 12345678901234567890.5, '2009-00-12')");

      List<RowBatch> batches = read(chunks(database, "SELECT * FROM t ORDER BY id"), chunk(0));

      assertThat(batches).hasSize(1);
      Rows rows = batches.get(0).rows();
      assertThat(rows.size()).isEqualTo(3);
      assertThat(hex(rows, 0)).containsExactly(hex("1"), null, null, null, null, null, null, null);
      assertThat(hex(rows, 1))
          .containsExactly(
              hex("2"),
              "",
              "",
              "",
              hex("2024-03-10 02:30:00.000000"),
              hex("2024-03-10 02:30:00.000"),
              hex("-0.1000000000"),
              hex("0000-00-00"));
      assertThat(hex(rows, 2))
          .containsExactly(
              hex("3"),
              hex("日😀\0\\"),
              hex("é€"),
              "00ff0a5c",
              hex("0000-00-00 00:00:00.000000"),
              hex("1970-01-01 00:00:01.000"),
              hex("12345678901234567890.5000000000"),
              hex("2009-00-12"));
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void largeChunkComesInOrderedPieces(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection = Servers.open(database)) {
      Servers.execute(
          connection,
          "CREATE TABLE d (n int)",
          "INSERT INTO d VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9)",
          "CREATE TABLE t (id int PRIMARY KEY, v text)",
          "INSERT INTO t SELECT a.n + 10 * b.n + 100 * c.n, REPEAT('x', 998) FROM d a, d b, d c");

      List<RowBatch> batches =
          read(
              chunks(database, "SELECT id, v FROM t ORDER BY id").withBatchBytes(100_000),
              chunk(0),
              chunk(1));

      for (long number = 0; number < 2; number++) {
        long wanted = number;
        List<RowBatch> pieces = batches.stream().filter(b -> b.chunk() == wanted).toList();
        assertThat(pieces).hasSizeBetween(10, 11);
        int row = 0;
        for (int i = 0; i < pieces.size(); i++) {
          RowBatch piece = pieces.get(i);
          assertThat(piece.sequence()).isEqualTo(i);
          assertThat(piece.last()).isEqualTo(i == pieces.size() - 1);
          assertThat(piece.rows().size()).isPositive();
          assertThat(piece.rows().byteCount()).isLessThan(101_001);
          for (int r = 0; r < piece.rows().size(); r++) {
            assertThat(piece.rows().text(r, 0)).isEqualTo(String.valueOf(row++));
          }
        }
        assertThat(row).isEqualTo(1000);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void budgetThatEndsWithTheLastRowGivesNoEmptyPiece(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection = Servers.open(database)) {
      Servers.execute(
          connection, "CREATE TABLE t (v char(4))", "INSERT INTO t VALUES ('aaaa'), ('bbbb')");

      List<RowBatch> batches =
          read(chunks(database, "SELECT v FROM t ORDER BY v").withBatchBytes(4), chunk(0));

      assertThat(batches).extracting(b -> b.rows().text(0, 0)).containsExactly("aaaa", "bbbb");
      assertThat(batches).extracting(b -> b.rows().size()).containsExactly(1, 1);
      assertThat(batches).extracting(RowBatch::last).containsExactly(false, true);
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void longValues(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection = Servers.open(database)) {
      Servers.execute(
          connection,
          "CREATE TABLE t (id int, v longblob)",
          "INSERT INTO t VALUES (1, REPEAT('a', 5000000)), (2, 'b'), (3, REPEAT('c', 17000000))");

      List<RowBatch> batches =
          read(chunks(database, "SELECT v FROM t ORDER BY id").withBatchBytes(1_000_000), chunk(0));

      assertThat(batches)
          .extracting(b -> b.rows().byteCount())
          .containsExactly(5_000_000, 17_000_001);
      Rows second = batches.get(1).rows();
      assertThat(second.text(0, 0)).isEqualTo("b");
      assertThat(second.text(1, 0)).isEqualTo("c".repeat(17_000_000));
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void boundsAreBound(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection = Servers.open(database)) {
      Servers.execute(
          connection, "CREATE TABLE t (id int, v text)", "INSERT INTO t VALUES (1, 'a'), (2, 'b')");
      ReadChunks<RowBatch> transform =
          ReadChunks.from(
              settings(database, false),
              chunk ->
                  new BoundQuery(
                      "SELECT v FROM t WHERE id = ?",
                      List.of(BigDecimal.valueOf(chunk.getNumber()))));

      assertThat(read(transform, chunk(1), chunk(2), chunk(3)))
          .extracting(b -> b.chunk() + ":" + (b.rows().size() == 0 ? "" : b.rows().text(0, 0)))
          .containsExactlyInAnyOrder("1:a", "2:b", "3:");
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void heldBackChunksGiveNothing(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection = Servers.open(database)) {
      Servers.execute(connection, "CREATE TABLE t (id int)", "INSERT INTO t VALUES (1)");

      ReadChunks<RowBatch> transform = chunks(database, "SELECT id FROM t");
      assertThat(read(transform.withStopSignal(() -> true), chunk(0), chunk(1))).isEmpty();
      assertThat(read(transform.withStopSignal(() -> false), chunk(0), chunk(1))).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void reducedChunksGiveOneElementEach(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection = Servers.open(database)) {
      Servers.execute(
          connection, "CREATE TABLE t (id int, v text)", "INSERT INTO t VALUES (1, 'a'), (1, 'b')");
      ReadChunks<RowBatch> transform =
          ReadChunks.from(
                  settings(database, false),
                  chunk ->
                      new BoundQuery(
                          "SELECT v FROM t WHERE id = ?",
                          List.of(BigDecimal.valueOf(chunk.getNumber()))))
              .withBatchBytes(1);

      assertThat(texts(transform, batches -> all(batches), chunk(1), chunk(2)))
          .containsExactlyInAnyOrder("1.0 a,1.1 b", "2.0 ");
      assertThat(texts(transform, batches -> text(batches.next()), chunk(1), chunk(2)))
          .as("one batch of each is enough for the reduction")
          .containsExactlyInAnyOrder("1.0 a", "2.0 ");
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void reducedChunksUseTheArraysOfABatchAgainForTheNext(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection = Servers.open(database)) {
      Servers.execute(
          connection,
          "CREATE TABLE t (id int PRIMARY KEY, v longtext)",
          "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, NULL), (4, REPEAT('x', 70000)), (5, ''),"
              + " (6, 'c')");

      assertThat(
              texts(
                  chunks(database, "SELECT v FROM t ORDER BY id").withBatchBytes(1),
                  ReadChunksTest::lengthsAndArrays,
                  chunk(1)))
          .as("but not those of a batch that is larger than others")
          .containsExactly("1 again, 1 again, null, 70000, 0, 1");
    }
  }

  /** Of each value its length, and whether it is where the first was. */
  private static String lengthsAndArrays(ChunkBatches batches) throws SQLException {
    List<String> seen = new ArrayList<>();
    byte[] first = null;
    while (batches.hasNext()) {
      Rows rows = batches.next().rows();
      first = first == null ? rows.bytes() : first;
      for (int row = 0; row < rows.size(); row++) {
        byte[] value = rows.value(row, 0);
        seen.add((value == null ? "null" : value.length) + (rows.bytes() == first ? " again" : ""));
      }
    }
    return String.join(", ", seen);
  }

  private static String all(ChunkBatches batches) throws SQLException {
    List<String> texts = new ArrayList<>();
    while (batches.hasNext()) {
      texts.add(text(batches.next()));
    }
    return String.join(",", texts);
  }

  /** Chunk, sequence and only value of a batch. */
  private static String text(RowBatch batch) {
    return batch.chunk()
        + "."
        + batch.sequence()
        + " "
        + (batch.rows().size() == 0 ? "" : batch.rows().text(0, 0));
  }

  private static List<String> texts(
      ReadChunks<RowBatch> transform, ChunkReduction<String> reduction, Chunk... chunks) {
    Pipeline pipeline = Pipeline.create();
    List<String> texts = new CopyOnWriteArrayList<>();
    String test = UUID.randomUUID().toString();
    REDUCED.put(test, texts);
    pipeline
        .apply(Create.of(List.of(chunks)))
        .apply(transform.reducedBy(reduction, StringUtf8Coder.of()))
        .apply(MapElements.into(TypeDescriptors.booleans()).via(t -> REDUCED.get(test).add(t)));
    pipeline.run().waitUntilFinish();
    return texts;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void postgresTexts(boolean byCopy) throws SQLException {
    try (FreshDatabase database = Servers.target();
        Connection connection = Servers.open(database)) {
      Servers.execute(
          connection,
          "CREATE TABLE t (id int, at timestamptz, b bytea, f float8, v text, d interval)",
          "INSERT INTO t SELECT g, NULL, NULL, NULL, NULL, NULL FROM generate_series(1, 4999) g",
          "INSERT INTO t VALUES (5000, '2024-03-10 02:30:00+00', '\\x00ff', 0.1::float8 + 0.2, '',"
              + " '-838:59:59')");
      ReadChunks<RowBatch> transform =
          ReadChunks.from(
              settings(database, true),
              new TargetRead(
                  // A bytea as such would come as its bytes, not as its text.
                  "SELECT id, at, b::text, f, v, d FROM t ORDER BY id", byCopy));

      List<RowBatch> batches = read(transform.withBatchBytes(10_000), chunk(0));

      assertThat(batches.stream().mapToInt(b -> b.rows().size()).sum()).isEqualTo(5000);
      assertThat(batches.subList(0, batches.size() - 1)).noneMatch(RowBatch::last);
      RowBatch end = batches.get(batches.size() - 1);
      assertThat(end.last()).isTrue();
      int row = end.rows().size() - 1;
      assertThat(hex(end.rows(), row))
          .containsExactly(
              hex("5000"),
              hex("2024-03-10 02:30:00+00"),
              hex("\\x00ff"),
              hex("0.30000000000000004"),
              "",
              hex("-838:59:59"));
    }
  }

  private record TargetRead(String sql, boolean copied) implements ChunkQueries {
    @Override
    public BoundQuery query(Chunk chunk) {
      return new BoundQuery(sql, List.of());
    }

    @Override
    public boolean byCopy(Chunk chunk, Connection connection) {
      return copied;
    }
  }

  @Test
  void copySaysTheSameAsACursor() throws SQLException {
    try (FreshDatabase database = Servers.target();
        Connection connection = Servers.open(database)) {
      Servers.execute(
          connection,
          "CREATE TABLE t (a text, b text, c bytea)",
          "INSERT INTO t SELECT chr(g), chr(g) || 'x' || chr(g), decode(lpad(to_hex(g), 4, '0'),"
              + " 'hex') FROM generate_series(1, 300) g",
          "INSERT INTO t VALUES ('', '', ''), (NULL, NULL, NULL), ('\\N', '\\', '\\x5c4e'),"
              + " ('\\.', '\\\\N', NULL), ('N', NULL, 'N')");
      String sql = "SELECT a, b, c::text FROM t";

      List<List<@Nullable String>> byCursor = rows(database, new TargetRead(sql, false));
      assertThat(byCursor).hasSize(305);
      assertThat(rows(database, new TargetRead(sql, true))).isEqualTo(byCursor);
      assertThat(rows(database, new TargetRead(sql + " WHERE false", true))).isEmpty();
      assertThat(rows(database, new TargetRead("SELECT b FROM t", true)))
          .isEqualTo(rows(database, new TargetRead("SELECT b FROM t", false)));
    }
  }

  private static List<List<@Nullable String>> rows(FreshDatabase database, ChunkQueries queries) {
    List<List<@Nullable String>> all = new ArrayList<>();
    for (RowBatch batch : read(ReadChunks.from(settings(database, true), queries), chunk(0))) {
      for (int row = 0; row < batch.rows().size(); row++) {
        all.add(hex(batch.rows(), row));
      }
    }
    return all;
  }
}
