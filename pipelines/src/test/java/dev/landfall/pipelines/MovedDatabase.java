package dev.landfall.pipelines;

import dev.landfall.embedded.EmbeddedMySql;
import dev.landfall.embedded.FreshDatabase;
import dev.landfall.embedded.SharedServers;
import dev.landfall.pipelines.api.PipelineLauncher;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.pipelines.checksum.FindingLedger;
import dev.landfall.pipelines.define.BrokenRows;
import dev.landfall.pipelines.define.DefinitionSteps;
import dev.landfall.pipelines.define.Definitions;
import dev.landfall.pipelines.load.BackfillPipeline;
import dev.landfall.pipelines.spec.Environment;
import dev.landfall.pipelines.spec.MappingResolver;
import dev.landfall.pipelines.spec.SpecReader;
import dev.landfall.pipelines.spec.TypeChooser;
import dev.landfall.pipelines.verify.ChecksumPipeline;
import dev.landfall.pipelines.verify.Verification;
import dev.landfall.transforms.catalog.SourceSchemaReader;
import dev.landfall.transforms.choose.TypeMapper;
import dev.landfall.transforms.ddl.TargetDdl;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Connections;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.jdbc.Secret;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.MigrationLedger;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.load.RejectLimit;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.StopSignal;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.partition.ChunkSize;
import dev.landfall.transforms.refresh.CopyRefresh;
import dev.landfall.transforms.refresh.KeyBatch;
import dev.landfall.transforms.refresh.KeyLookup;
import dev.landfall.transforms.refresh.KeyRefresh;
import dev.landfall.transforms.refresh.RefreshedKey;
import dev.landfall.transforms.refresh.RowKey;
import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.PgType;
import dev.landfall.validation.result.Difference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;

/** A source on a real server and a target, moved there by the product's own load. */
public final class MovedDatabase implements AutoCloseable {
  /** The kinds of source servers. */
  public enum Source {
    MARIADB,
    MYSQL;

    FreshDatabase fresh() throws SQLException {
      return switch (this) {
        case MARIADB -> SharedServers.mariadb().freshDatabase("checksum_");
        case MYSQL -> {
          Assumptions.assumeTrue(
              EmbeddedMySql.missing().isEmpty(), () -> EmbeddedMySql.missing().orElse(""));
          yield SharedServers.mysql().freshDatabase("checksum_");
        }
      };
    }
  }

  /** Rows in small chunks, so that small tables have many. */
  static final ChunkSize CHUNKS = new ChunkSize(100, 16 << 20);

  private final FreshDatabase sourceDatabase;
  private final FreshDatabase targetDatabase;
  private final Connection source;
  private final Connection target;
  private final DirectLauncher launcher = new DirectLauncher();
  private final Pools.Lease lease = Pools.lease();
  private Mapping mapping = new Mapping(List.of());
  private MigrationKey migration;

  public MovedDatabase(Source server) throws SQLException {
    sourceDatabase = server.fresh();
    targetDatabase = SharedServers.postgres().freshDatabase("checksum_");
    source = Connections.open(settings(sourceDatabase, ConnectionSettings.Product.MYSQL));
    target = Connections.open(settings(targetDatabase, ConnectionSettings.Product.POSTGRESQL));
    migration =
        new MigrationKey(
            settings(targetDatabase, ConnectionSettings.Product.POSTGRESQL), "shop", 0);
  }

  private static ConnectionSettings settings(
      FreshDatabase database, ConnectionSettings.Product product) {
    return new ConnectionSettings(
        product,
        database.server().host(),
        database.server().port(),
        database.name(),
        database.server().user(),
        Secret.of(database.server().password()),
        Map.of());
  }

  public Mapping mapping() {
    return mapping;
  }

  public MigrationKey migration() {
    return migration;
  }

  /** Runs statements on the source. */
  public void source(String... statements) throws SQLException {
    execute(source, statements);
  }

  /** Runs statements on the target. */
  public void target(String... statements) throws SQLException {
    execute(target, statements);
  }

  private static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** A connection to the target of the caller's own. */
  public Connection connectToTarget() throws SQLException {
    return Connections.open(migration.target());
  }

  /** The rows that the target answers with, columns separated by bars. */
  public List<String> ask(String sql) throws SQLException {
    return ask(target, sql);
  }

  private static List<String> ask(Connection connection, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        rows.add(String.join("|", row));
      }
    }
    return rows;
  }

  /** The same of the source. */
  public List<String> askSource(String sql) throws SQLException {
    return ask(source, sql);
  }

  /** The position of a source table in the mapping. */
  public int position(String table) {
    return mapping.tables().stream().map(t -> t.source().name().table()).toList().indexOf(table);
  }

  /**
   * Refreshes the keys that the newest verification found different, and deletes what only the
   * target has.
   *
   * @return what became of each, in order
   */
  public List<String> repair() throws SQLException {
    List<String> outcomes = new ArrayList<>();
    MigrationKey verification = migration;
    Map<Mapping.TargetPosition, List<List<String>>> keys = new LinkedHashMap<>();
    for (Difference difference : new FindingLedger(verification, mapping).named()) {
      keys.computeIfAbsent(position(difference.targetTable()), p -> new ArrayList<>())
          .add(new ArrayList<>(difference.key().values()));
    }
    startRun();
    for (Map.Entry<Mapping.TargetPosition, List<List<String>>> table : keys.entrySet()) {
      List<RefreshedKey> refreshed;
      if (mapping.target(table.getKey()).key().isEmpty()) {
        refreshed =
            new CopyRefresh(mapping, table.getKey(), migration, null)
                .run(source, target, table.getValue(), /* deletes= */ true);
      } else {
        List<RowKey> batch =
            new KeyLookup(mapping, table.getKey())
                .keys()
                .ofTarget(source, table.getValue(), rows -> {});
        refreshed =
            new KeyRefresh(mapping, migration, null)
                .run(source, target, new KeyBatch(table.getKey(), batch, /* deletes= */ true));
      }
      refreshed.forEach(
          key ->
              outcomes.add(
                  mapping.target(key.position()).name()
                      + key.key().values().toString()
                      + " "
                      + key.action()
                      + (key.reason() == null ? "" : ": " + key.reason())));
    }
    outcomes.sort(Comparator.naturalOrder());
    return outcomes;
  }

  private Mapping.TargetPosition position(TableName target) {
    return mapping.targets().stream()
        .filter(position -> mapping.target(position).name().equals(target))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Moves all tables of the source: target tables, rows, keys and indexes.
   *
   * @param mappings the part of the spec of that name, empty for none
   */
  public void move(Path directory, String mappings) throws SQLException, IOException {
    move(directory, mappings, UnaryOperator.identity());
  }

  /**
   * The same through another mapping.
   *
   * @param shape makes it of the one that the spec says
   */
  public void move(Path directory, String mappings, UnaryOperator<Mapping> shape)
      throws SQLException, IOException {
    SourceCatalog catalog = catalog();
    for (SourceTable table : catalog.tables()) {
      source("ANALYZE TABLE `" + table.name().table() + "`");
    }
    catalog = catalog();
    Path spec =
        Files.writeString(
            directory.resolve("shop.yaml"),
            "name: shop\nsource: mysql://db/shop\ntarget: postgres://pg/shop\n" + mappings);
    mapping =
        shape.apply(
            MappingResolver.resolve(
                SpecReader.read(spec, Environment.of(Map.of())), catalog, chooser(catalog)));
    try (Connection connection = Connections.open(migration.target())) {
      MigrationLedger ledger = new MigrationLedger(connection, "shop");
      ledger.install();
      ledger.add(
          "shop",
          new MigrationLedger.Fixed(List.of(), Set.of(), Set.of(), Set.of(), Set.of()),
          new Mapping(List.of()));
    }
    startRun();
    Definitions definitions =
        new Definitions(
            migration.target(),
            TargetDdl.of(mapping, catalog),
            () -> false,
            new BrokenRows(migration.target(), migration.target(), migration.name()),
            event -> {},
            new DefinitionSteps(
                migration,
                () ->
                    new Snapshot(
                        "shop",
                        Snapshot.Phase.NEW,
                        null,
                        Instant.EPOCH,
                        null,
                        null,
                        null,
                        List.of())));
    definitions.applyPre();
    load();
    definitions.applyPost();
  }

  private SourceCatalog catalog() throws SQLException {
    return SourceSchemaReader.read(source, sourceDatabase.name(), name -> true);
  }

  private static TypeChooser chooser(SourceCatalog catalog) {
    TypeMapper types = new TypeMapper(catalog, Set.of());
    return new TypeChooser() {
      @Override
      public Chosen choose(SourceTable table, SourceColumn column) {
        TypeMapper.Mapped mapped = types.map(table, column);
        return new Chosen(mapped.type(), mapped.conversion());
      }

      @Override
      public PgType parse(String type) {
        return PgType.parse(type);
      }

      @Override
      public Optional<Conversion> conversion(SourceColumn column, PgType type) {
        return column.type().fit(type).conversion();
      }
    };
  }

  private void load() {
    var pipeline = launcher.create(PipelineLauncher.Work.LOAD, "load");
    BackfillPipeline.expand(
        pipeline,
        new BackfillPipeline.Settings(
            settings(sourceDatabase, ConnectionSettings.Product.MYSQL),
            migration,
            mapping,
            IntStream.range(0, mapping.tables().size()).boxed().toList(),
            CHUNKS,
            2,
            Duration.ofSeconds(5),
            // A limit would stop the load where rejects come before other chunks.
            RejectLimit.ofRows(Long.MAX_VALUE)));
    launcher.start(pipeline, PipelineLauncher.JobListener.NONE).await();
  }

  /** Begins a run; the next comparisons are part of it. */
  public void startRun() throws SQLException {
    long run =
        Query.of(
                target,
                "INSERT INTO landfall.run (migration, command, activity, holder)"
                    + " VALUES ('shop', 'verify', 'VERIFY', 'a test') RETURNING id")
            .number();
    migration = new MigrationKey(migration.target(), migration.name(), run);
  }

  /** What nobody writes to while it is compared need not be looked at again. */
  public static final VerifyRequest ONE_LOOK = VerifyRequest.builder().setLooks(0).build();

  /** The same with digests that the databases compute. */
  public static final VerifyRequest PUSHED_DOWN = ONE_LOOK.toBuilder().setPushdown(true).build();

  /** Compares both sides in a run of its own, as asked for. */
  public VerificationReport verify(VerifyRequest request) throws SQLException {
    return verify(StopSignal.NEVER, request);
  }

  public VerificationReport verify(StopSignal stop, VerifyRequest request) throws SQLException {
    startRun();
    ChecksumPipeline.Settings rows = settings(stop, 1_000);
    return Verification.run(
        launcher.jobs(),
        new ChecksumPipeline.Settings(
            rows.source(),
            rows.migration(),
            rows.mapping(),
            rows.chunkSize(),
            rows.lanes(),
            rows.stop(),
            rows.maxDifferences(),
            request.readLimit(),
            /* remote= */ false,
            request.slice(),
            request.pushdown()),
        request);
  }

  /** Compares both sides in a run of its own. */
  public VerificationReport verify() throws SQLException {
    return verify(StopSignal.NEVER, 1_000);
  }

  public VerificationReport verify(StopSignal stop, int maxDifferences) throws SQLException {
    startRun();
    return Verification.run(launcher.jobs(), settings(stop, maxDifferences), ONE_LOOK);
  }

  /** The same, with digests that the databases compute. */
  public VerificationReport verifyByPushdown() throws SQLException {
    return verify(PUSHED_DOWN);
  }

  public ChecksumPipeline.Settings settings(StopSignal stop, int maxDifferences) {
    return new ChecksumPipeline.Settings(
        settings(sourceDatabase, ConnectionSettings.Product.MYSQL),
        migration,
        mapping,
        CHUNKS,
        2,
        stop,
        maxDifferences);
  }

  @Override
  public void close() throws SQLException {
    lease.close();
    source.close();
    target.close();
    sourceDatabase.close();
    targetDatabase.close();
  }
}
