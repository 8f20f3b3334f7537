package dev.landfall.transforms.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.convert.ConvertedBatch;
import dev.landfall.transforms.convert.TableConverter;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Connections;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Secret;
import dev.landfall.transforms.ledger.ChunkLedger;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.MigrationLedger;
import dev.landfall.transforms.ledger.RunLedger;
import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.KeyRange;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceIndex;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.read.ChunkBatches;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.read.RowBatchCoder;
import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.PgType;
import dev.landfall.transforms.value.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.jspecify.annotations.Nullable;

/** A target database with a ledger, and batches of {@code shop.users} to load into it. */
final class LoadBed implements AutoCloseable {
  static final TableName SOURCE = new TableName("shop", "users");

  final FreshDatabase database;
  final Connection target;
  private final Mapping mapping;
  private MigrationKey migration;

  /** A bed whose target tables are to be made by {@code ddl}. */
  LoadBed(TableMapping table, String... ddl) throws SQLException {
    database = Servers.target();
    target = Servers.open(database);
    Servers.execute(target, ddl);
    mapping = new Mapping(List.of(table));
    MigrationLedger ledger = new MigrationLedger(target, "m");
    ledger.install();
    ledger.add(
        "shop",
        new MigrationLedger.Fixed(List.of(), Set.of(), Set.of(), Set.of(), Set.of()),
        mapping);
    migration =
        new MigrationKey(settings(), "m", new RunLedger(target, "m").startRun("backfill", "me"));
  }

  ConnectionSettings settings() {
    EmbeddedServer server = database.server();
    return new ConnectionSettings(
        ConnectionSettings.Product.POSTGRESQL,
        server.host(),
        server.port(),
        database.name(),
        server.user(),
        Secret.of(server.password()),
        Map.of());
  }

  MigrationKey migration() {
    return migration;
  }

  Mapping mapping() {
    return mapping;
  }

  /** A second run of the migration, which ends the one before it; the bed goes on in that one. */
  MigrationKey nextRun() throws SQLException {
    MigrationKey before = migration;
    migration =
        new MigrationKey(
            before.target(),
            before.name(),
            new RunLedger(target, before.name()).startRun("backfill", "me again"));
    return before;
  }

  /** Plans that many chunks, numbered from 0. */
  void plan(int chunks) throws SQLException {
    new ChunkLedger(migration, ChunkLedger.Plan.LOAD)
        .storePlans(
            LongStream.range(0, chunks)
                .mapToObj(n -> Chunk.ofRange(0, n, List.of("id"), KeyRange.ALL, 10))
                .toList());
  }

  /** Loads chunks through the transforms, each given by its batches. */
  void load(RowBatch[]... chunks) {
    load(RejectLimit.DEFAULT, chunks);
  }

  void load(RejectLimit limit, RowBatch[]... chunks) {
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(
            Create.of(Arrays.stream(chunks).map(Arrays::asList).toList())
                .withCoder(ListCoder.of(RowBatchCoder.of())))
        .apply(ParDo.of(new ReduceFn(LoadChunk.into(migration, mapping).withRejectLimit(limit))));
    pipeline.run().waitUntilFinish();
  }

  /** Loads a chunk with that, in this thread. */
  static LoadedChunk reduce(LoadChunk load, RowBatch... chunk)
      throws SQLException, InterruptedException {
    Iterator<RowBatch> batches = Arrays.asList(chunk).iterator();
    return load.reduce(
        new ChunkBatches() {
          @Override
          public Chunk chunk() {
            return Chunk.ofTable(chunk[0].table(), chunk.length);
          }

          @Override
          public boolean hasNext() {
            return batches.hasNext();
          }

          private @Nullable Rows last;

          /** As a reader, it uses the arrays of the batch before again. */
          @Override
          public RowBatch next() {
            if (last != null) {
              Arrays.fill(last.bytes(), (byte) '#');
              Arrays.fill(last.ends(), 0);
            }
            RowBatch batch = batches.next();
            Rows rows = batch.rows();
            last = Rows.of(rows.columns(), rows.size(), rows.bytes().clone(), rows.ends().clone());
            return new RowBatch(batch.table(), batch.chunk(), batch.sequence(), batch.last(), last);
          }
        });
  }

  /** Loads chunks as the reading step does. */
  private static final class ReduceFn extends DoFn<List<RowBatch>, LoadedChunk> {
    private static final long serialVersionUID = 1L;

    private final LoadChunk load;

    ReduceFn(LoadChunk load) {
      this.load = load;
    }

    @ProcessElement
    public void process(@Element List<RowBatch> chunk, OutputReceiver<LoadedChunk> out)
        throws SQLException, InterruptedException {
      out.output(reduce(load, chunk.toArray(RowBatch[]::new)));
    }
  }

  /** One chunk's load over a connection of its own. */
  ChunkLoad chunkLoad(Connection connection, RowBatch first) {
    return new ChunkLoad(
        connection,
        new ChunkClaim(
            migration,
            SOURCE.toString(),
            0,
            first.chunk(),
            ChunkClaim.STALLED,
            LoadChunk.DEFAULT_OUTAGE),
        migration,
        mapping.table(0),
        mapping.table(0).targets().stream().map(CopyWriter::new).toArray(CopyWriter[]::new),
        first);
  }

  ConvertedBatch convert(RowBatch batch) {
    return new TableConverter(mapping.table(0)).convert(batch);
  }

  /** Until somebody has looked who holds a claimed chunk, and waits for that one. */
  void awaitWaiting() throws SQLException {
    await(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle'"
            + " AND pid <> pg_backend_pid() AND query LIKE '%pg_stat_progress_copy%'");
  }

  /** Until the query has a row. */
  void await(String sql) throws SQLException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (rows(sql).isEmpty()) {
      assertThat(System.nanoTime()).as(sql).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  Connection connect() throws SQLException {
    return Connections.open(settings());
  }

  List<String> rows(String sql) throws SQLException {
    return Servers.rows(target, sql);
  }

  /** Each chunk as {@code number|committed|read|loaded|filtered|rejected}. */
  List<String> chunks() throws SQLException {
    return rows(
        "SELECT number, committed IS NOT NULL, rows_read, rows_loaded, rows_filtered,"
            + " rows_rejected FROM landfall.chunk ORDER BY number");
  }

  @Override
  public void close() throws SQLException {
    Pools.closeAll();
    target.close();
    database.close();
  }

  // ---- values

  static SourceColumn column(String name, String type, boolean nullable) {
    return new SourceColumn(
        name, type, type, nullable, null, false, false, null, null, null, null, null, null, null,
        false, "");
  }

  /** A mapping of users, whose columns are {@code name type} and whose key is the first. */
  static TableMapping mapping(List<SourceColumn> columns, TargetTable... targets) {
    SourceIndex key =
        new SourceIndex(
            SourceIndex.PRIMARY,
            true,
            "BTREE",
            List.of(new SourceIndex.Part(columns.get(0).name(), null, null, false)));
    return new TableMapping(
        new SourceTable(SOURCE, columns, List.of(key), List.of(), null, "", 10, 100),
        columns,
        List.of(targets));
  }

  static ColumnMapping to(String name, String type, int source, Conversion conversion) {
    return ColumnMapping.read(name, PgType.parse(type), true, source, conversion);
  }

  static TargetTable table(boolean existing, String name, ColumnMapping... columns) {
    return new TargetTable(
        new TableName("public", name), List.of(columns), List.of(columns[0].name()), existing);
  }

  /** Rows of texts; null is NULL. */
  static Rows rowsOf(List<List<@Nullable String>> rows) {
    Rows.Builder builder = Rows.builder(rows.get(0).size());
    rows.forEach(row -> row.forEach(builder::addText));
    return builder.build();
  }

  /** A chunk as one batch. */
  static RowBatch[] whole(long chunk, List<List<@Nullable String>> rows) {
    return pieces(chunk, rows, rows.size());
  }

  /** A chunk as batches of {@code size} rows. */
  static RowBatch[] pieces(long chunk, List<List<@Nullable String>> rows, int size) {
    List<RowBatch> batches = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += size) {
      int to = Math.min(from + size, rows.size());
      batches.add(
          new RowBatch(
              0, chunk, batches.size(), to == rows.size(), rowsOf(rows.subList(from, to))));
    }
    return batches.toArray(RowBatch[]::new);
  }
}
