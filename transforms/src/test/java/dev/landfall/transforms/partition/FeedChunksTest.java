package dev.landfall.transforms.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Secret;
import dev.landfall.transforms.ledger.ChunkLedger;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.MigrationLedger;
import dev.landfall.transforms.ledger.RunLedger;
import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.KeyRange;
import dev.landfall.transforms.model.Mapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.splittabledofn.OffsetRangeTracker;
import org.apache.beam.sdk.values.OutputBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedChunksTest {
  private static final ConcurrentLinkedQueue<String> DONE = new ConcurrentLinkedQueue<>();
  private static final AtomicInteger READ = new AtomicInteger();
  private static final AtomicInteger AHEAD = new AtomicInteger();

  private FreshDatabase database;
  private Connection connection;
  private MigrationKey migration;

  @BeforeEach
  void open() throws SQLException {
    DONE.clear();
    READ.set(0);
    AHEAD.set(0);
    database = Servers.target();
    connection = Servers.open(database);
    MigrationLedger ledger = new MigrationLedger(connection, "m");
    ledger.install();
    ledger.add(
        "s",
        new MigrationLedger.Fixed(List.of(), Set.of(), Set.of(), Set.of(), Set.of()),
        new Mapping(List.of()));
    EmbeddedServer server = database.server();
    migration =
        new MigrationKey(
            new ConnectionSettings(
                ConnectionSettings.Product.POSTGRESQL,
                server.host(),
                server.port(),
                database.name(),
                server.user(),
                Secret.of(server.password()),
                Map.of()),
            "m",
            new RunLedger(connection, "m").startRun("backfill", "me"));
  }

  @AfterEach
  void close() throws SQLException {
    Pools.closeAll();
    connection.close();
    database.close();
  }

  private ChunkLedger load() {
    return new ChunkLedger(migration, ChunkLedger.Plan.LOAD);
  }

  private void plan(ChunkLedger ledger, int table, int chunks) throws SQLException {
    List<Chunk> plan = new ArrayList<>();
    for (int i = 0; i < chunks; i++) {
      plan.add(Chunk.ofHash(table, i, chunks, 1));
    }
    ledger.storePlans(plan);
  }

  private static final class ReadFn extends DoFn<Chunk, Chunk> {
    @ProcessElement
    public void read(@Element Chunk chunk, OutputReceiver<Chunk> out) {
      int ahead = READ.incrementAndGet() - DONE.size();
      AHEAD.accumulateAndGet(ahead, Math::max);
      out.output(chunk);
    }
  }

  private static final class LoadFn extends DoFn<Chunk, Void> {
    @ProcessElement
    public void load(@Element Chunk chunk) {
      DONE.add(chunk.getTable() + "." + chunk.getNumber());
    }
  }

  private void feed(List<Integer> tables, int lanes) {
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(Create.of(1L))
        .apply(FeedChunks.of(migration, ChunkLedger.Plan.LOAD, tables, lanes))
        .apply("Read", ParDo.of(new ReadFn()))
        .apply("Load", ParDo.of(new LoadFn()));
    pipeline.run().waitUntilFinish();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7})
  void everyPendingChunkOnceAtThePaceOfTheWork(int lanes) throws SQLException {
    plan(load(), 0, 40);
    plan(load(), 1, 5);
    plan(load(), 2, 20);
    plan(new ChunkLedger(migration, ChunkLedger.Plan.SOURCE), 2, 9);
    load().settle(connection, List.of(0, 0, 0, 0, 0), List.of(0L, 7L, 8L, 9L, 39L));

    feed(List.of(0, 2), lanes);

    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      if (!List.of(0, 7, 8, 9, 39).contains(i)) {
        expected.add("0." + i);
      }
    }
    for (int i = 0; i < 20; i++) {
      expected.add("2." + i);
    }
    assertThat(DONE).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(AHEAD.get()).as("chunks read and not loaded").isLessThanOrEqualTo(3 * lanes + 3);
  }

  @Test
  void nothingPending() throws SQLException {
    plan(load(), 0, 2);
    load().settle(connection, List.of(0, 0), List.of(0L, 1L));
    feed(List.of(0), 3);
    feed(List.of(), 3);
    feed(List.of(9), 3);
    assertThat(DONE).isEmpty();
    assertThat(load().count(List.of(0)).pending()).isZero();
  }

  @Test
  void lanesShareATurn() throws SQLException {
    plan(load(), 0, 5);
    long turn = load().beginTurn();
    List<Long> taken = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      for (ChunkLedger.Pending pending : load().take(turn, List.of(0), 8, 5_000)) {
        taken.add(pending.chunk().getNumber());
      }
    }
    assertThat(taken).containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(load().take(turn, List.of(0), 8, 5_000)).isEmpty();
  }

  @Test
  void aNewTurnEndsTheOneBefore() throws SQLException {
    plan(load(), 0, 3);
    plan(new ChunkLedger(migration, ChunkLedger.Plan.SOURCE), 0, 1);
    long other = new ChunkLedger(migration, ChunkLedger.Plan.SOURCE).beginTurn();
    long first = load().beginTurn();
    load().take(first, List.of(0), 8, 5_000);

    long second = load().beginTurn();

    assertThat(load().take(first, List.of(0), 8, 5_000)).isEmpty();
    assertThat(load().take(second, List.of(0), 8, 5_000).get(0).chunk().getNumber()).isZero();
    assertThat(
            new ChunkLedger(migration, ChunkLedger.Plan.SOURCE).take(other, List.of(0), 8, 5_000))
        .hasSize(1);
  }

  @Test
  void smallTablesTogether() throws SQLException {
    for (int table = 0; table < 12; table++) {
      load()
          .storePlans(
              List.of(Chunk.create(table, 0, Chunk.Cut.WHOLE, List.of(), null, null, 1, 1_000)));
    }
    plan(load(), 12, 2);
    List<Integer> tables = IntStream.range(0, 13).boxed().toList();
    long turn = load().beginTurn();
    List<Integer> sizes = new ArrayList<>();
    for (int size = take(turn, tables); size > 0; size = take(turn, tables)) {
      sizes.add(size);
    }
    assertThat(sizes).containsExactly(5, 5, 2, 1, 1);
  }

  private int take(long turn, List<Integer> tables) throws SQLException {
    return load().take(turn, tables, 8, 5_000).size();
  }

  /** As the Direct runner does with a lane that took longer than a second. */
  @Test
  void whatIsTakenIsGivenThoughTheRunnerEndsTheLane() throws SQLException {
    for (int table = 0; table < 3; table++) {
      load()
          .storePlans(
              List.of(Chunk.create(table, 0, Chunk.Cut.WHOLE, List.of(), null, null, 1, 1_000)));
    }
    List<Integer> tables = List.of(0, 1, 2);
    long turn = load().beginTurn();
    List<Chunk> given = new ArrayList<>();
    OffsetRangeTracker tracker =
        new OffsetRangeTracker(new OffsetRange(0, Long.MAX_VALUE)) {
          @Override
          public boolean tryClaim(Long position) {
            boolean claimed = super.tryClaim(position);
            trySplit(0);
            return claimed;
          }
        };

    new FeedChunks.FeedFn(FeedChunks.of(migration, ChunkLedger.Plan.LOAD, tables, 1))
        .feed(turn, tracker, receiver(given));

    assertThat(given).extracting(Chunk::getTable).containsExactly(0, 1, 2);
    assertThat(load().take(turn, tables, 8, 5_000)).isEmpty();
  }

  private static DoFn.OutputReceiver<Chunk> receiver(List<Chunk> given) {
    return new DoFn.OutputReceiver<>() {
      @Override
      public void output(Chunk chunk) {
        given.add(chunk);
      }

      @Override
      public OutputBuilder<Chunk> builder(Chunk chunk) {
        throw new UnsupportedOperationException("chunks are given without more");
      }
    };
  }

  @Test
  void plansComeBackAsTheyWereStored() throws SQLException {
    List<Chunk> plan =
        List.of(
            Chunk.ofRange(
                4, 0, List.of("a", "b\"{,}"), new KeyRange(null, List.of("x,y", "{\"\\ '😀}")), 7),
            Chunk.ofRange(
                4,
                1,
                List.of("a", "b\"{,}"),
                new KeyRange(List.of("x,y", "{\"\\ '😀}"), List.of("", "NULL")),
                7),
            Chunk.ofHash(4, 2, 3, 9),
            Chunk.ofBlocks(4, 3, new KeyRange(List.of("0"), null), 1),
            Chunk.create(4, 4, Chunk.Cut.WHOLE, List.of(), null, null, 1, 0));
    assertThat(load().unplanned(List.of(4))).containsExactly(4);
    load().storePlans(plan);
    load().storePlans(plan.subList(0, 1));
    assertThat(load().unplanned(List.of(4))).isEmpty();
    assertThat(load().chunks(4)).isEqualTo(plan);
    assertThat(load().count(List.of(4, 5)).pending()).isEqualTo(5);
    assertThat(load().take(load().beginTurn(), List.of(4), 1, 0).get(0).chunk())
        .isEqualTo(plan.get(0));

    load().settle(connection, List.of(4, 4), List.of(0L, 2L));
    assertThat(load().count(List.of(4)).pending()).isEqualTo(3);
    assertThat(load().take(load().beginTurn(), List.of(4), 1, 0).get(0).chunk())
        .isEqualTo(plan.get(1));
    load().drop(connection);
    assertThat(load().unplanned(List.of(4))).containsExactly(4);
  }
}
