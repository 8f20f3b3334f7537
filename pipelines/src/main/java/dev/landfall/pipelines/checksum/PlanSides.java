package dev.landfall.pipelines.checksum;

import com.google.auto.value.AutoValue;
import dev.landfall.pipelines.api.Slice;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.PooledFn;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.PassLedger;
import dev.landfall.transforms.ledger.Step;
import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.partition.ChunkPlanner;
import dev.landfall.transforms.partition.ChunkSize;
import dev.landfall.transforms.partition.TargetLayout;
import dev.landfall.transforms.partition.TargetPlanner;
import dev.landfall.transforms.sql.SourceChunkSql;
import dev.landfall.transforms.types.KeyText;
import dev.landfall.validation.digest.CellRule;
import dev.landfall.validation.digest.Pieces;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * Plans both sides of tables, given in groups by their positions in the mapping, and stores the
 * plans in the ledger, each group's by one transaction. Gives the size of each group. A table that
 * the run has planned already keeps its plan, so that repeating this does no harm; once the run has
 * ended it fails.
 */
@AutoValue
public abstract class PlanSides
    extends PTransform<PCollection<List<Integer>>, PCollection<Integer>> {
  abstract ConnectionSettings getSource();

  abstract MigrationKey getMigration();

  abstract Mapping getMapping();

  abstract ChunkSize getSize();

  abstract @Nullable Slice getSlice();

  /**
   * Plans tables of that mapping.
   *
   * @param slice the share of all rows to plan, null for all; the tables must then come as one
   *     group
   */
  public static PlanSides of(
      ConnectionSettings source,
      MigrationKey migration,
      Mapping mapping,
      ChunkSize size,
      @Nullable Slice slice) {
    return new AutoValue_PlanSides(source, migration, mapping, size, slice);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("source", getSource().display()).withLabel("Source"));
    builder.add(DisplayData.item("migration", getMigration().name()).withLabel("Migration"));
    builder.add(DisplayData.item("tables", getMapping().tables().size()).withLabel("Tables"));
    Slice slice = getSlice();
    if (slice != null) {
      builder.add(DisplayData.item("slice", slice.toString()).withLabel("Share of all rows"));
    }
  }

  @Override
  public PCollection<Integer> expand(PCollection<List<Integer>> tables) {
    return tables.apply("Plan", ParDo.of(new PlanFn(this))).setCoder(VarIntCoder.of());
  }

  static final class PlanFn extends PooledFn<List<Integer>, Integer> {
    private static final long serialVersionUID = 1L;

    private final ConnectionSettings source;
    private final MigrationKey migration;
    private final Mapping mapping;
    private final ChunkSize size;
    private final @Nullable Slice slice;

    PlanFn(PlanSides spec) {
      this.source = spec.getSource();
      this.migration = spec.getMigration();
      this.mapping = spec.getMapping();
      this.size = spec.getSize();
      this.slice = spec.getSlice();
    }

    @ProcessElement
    public void plan(@Element List<Integer> tables, OutputReceiver<Integer> out)
        throws SQLException {
      ComparisonLedger ledger = new ComparisonLedger(migration, mapping);
      Set<Integer> planned = ledger.planned();
      List<Integer> unplanned = tables.stream().filter(t -> !planned.contains(t)).toList();
      Step.of(migration, Step.Kind.ROWS).add(tables.size() - unplanned.size(), 0, 0);
      if (slice != null) {
        if (planned.isEmpty()) {
          planSlice(ledger, tables, slice);
        }
      } else if (!unplanned.isEmpty()) {
        plan(ledger, unplanned);
      }
      out.output(tables.size());
      // Reading may take its time before it tells of itself.
      Step.of(migration, Step.Kind.ROWS).write();
    }

    private void tell(int tables, List<Chunk> source, List<Chunk> target) {
      long rows =
          Stream.concat(source.stream(), target.stream()).mapToLong(Chunk::getEstimatedRows).sum();
      Step.of(migration, Step.Kind.ROWS).add(tables, 0, rows);
    }

    private void plan(ComparisonLedger ledger, List<Integer> tables) throws SQLException {
      List<TargetPosition> targets = mapping.targets();
      List<Integer> positions = new ArrayList<>();
      for (int i = 0; i < targets.size(); i++) {
        if (tables.contains(targets.get(i).table())) {
          positions.add(i);
        }
      }
      List<TargetLayout> layouts = layouts(positions.stream().map(targets::get).toList());
      Map<Integer, SourceTable> unplanned = new TreeMap<>();
      for (int table : tables) {
        unplanned.put(table, mapping.table(table).source());
      }
      Map<Integer, List<Chunk>> source;
      List<Chunk> targetChunks = new ArrayList<>();
      List<ComparisonLedger.Comparison> comparisons = new ArrayList<>();
      try (Connection connection = Pools.of(this.source, Pools.Use.GENERAL).getConnection()) {
        source = new ChunkPlanner(connection, size).plan(unplanned);
        for (int i = 0; i < positions.size(); i++) {
          TargetPosition target = targets.get(positions.get(i));
          List<Chunk> chunks = chunks(mapping, target, source);
          List<Chunk> side = side(mapping, size, positions.get(i), target, layouts.get(i), chunks);
          targetChunks.addAll(side);
          int buckets = buckets(mapping, target, chunks, side);
          comparisons.add(
              new ComparisonLedger.Comparison(
                  positions.get(i),
                  target,
                  buckets,
                  cells(connection, target, chunks, side, buckets)));
        }
      }
      List<Chunk> sourceChunks = source.values().stream().flatMap(List::stream).toList();
      ledger.savePlans(sourceChunks, targetChunks, comparisons);
      tell(tables.size(), sourceChunks, targetChunks);
    }

    /** Of all tables that write a target. */
    static List<Chunk> chunks(
        Mapping mapping, TargetPosition target, Map<Integer, List<Chunk>> source) {
      return mapping.writers(target).stream()
          .map(TargetPosition::table)
          .distinct()
          .flatMap(table -> Objects.requireNonNull(source.get(table)).stream())
          .toList();
    }

    /** The chunks of a target, by those of the tables that write it. */
    static List<Chunk> side(
        Mapping mapping,
        ChunkSize size,
        int position,
        TargetPosition target,
        TargetLayout layout,
        List<Chunk> chunks) {
      TargetPlanner planner = new TargetPlanner(mapping.table(target.table()), size);
      return mapping.isMerged(target)
          ? planner.planMerged(
              position, layout, chunks.stream().mapToLong(Chunk::getEstimatedRows).sum())
          : planner.plan(position, mapping.target(target), layout, chunks);
    }

    private void planSlice(ComparisonLedger ledger, List<Integer> tables, Slice share)
        throws SQLException {
      PassLedger passes = new PassLedger(migration);
      PassLedger.Pass pass = passes.open();
      List<TargetLayout> layouts = layouts(mapping.targets());
      try (Connection connection = Pools.of(source, Pools.Use.GENERAL).getConnection()) {
        SlicePlan plan = new SlicePlan(mapping, new ChunkPlanner(connection, size), size, layouts);
        plan.plan(tables, pass, share);
        ledger.savePlans(
            plan.source(),
            plan.target(),
            plan.comparisons(),
            target -> passes.save(target, pass, plan.parts()));
        tell(tables.size(), plan.source(), plan.target());
      }
    }

    private List<TargetLayout> layouts(List<TargetPosition> targets) throws SQLException {
      try (Connection connection =
          Pools.of(migration.target(), Pools.Use.GENERAL).getConnection()) {
        return TargetLayout.of(
            connection, targets.stream().map(t -> mapping.target(t).name()).toList());
      }
    }

    private CellRule cells(
        Connection connection,
        TargetPosition target,
        List<Chunk> chunks,
        List<Chunk> side,
        int buckets)
        throws SQLException {
      int count =
          CellRule.countFor(
              chunks.stream().mapToLong(Chunk::getEstimatedRows).sum(),
              Math.max(chunks.size(), side.size()),
              buckets,
              mapping.targets().size());
      if (count == 1) {
        return CellRule.NONE;
      }
      SourceTable table = mapping.table(target.table()).source();
      if (side.get(0).getCut() != Chunk.Cut.KEY || !byNumber(table, chunks.get(0))) {
        return new CellRule(count, -1, null, null);
      }
      int column =
          mapping.target(target).columns().stream()
              .map(ColumnMapping::name)
              .toList()
              .indexOf(side.get(0).getKey().get(0));
      try (Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(SourceChunkSql.bounds(table, chunks.get(0).getKey().get(0)))) {
        row.next();
        return new CellRule(count, column, floor(row.getString(1)), floor(row.getString(2)));
      }
    }

    private static boolean byNumber(SourceTable table, Chunk chunk) {
      KeyText text = table.column(chunk.getKey().get(0)).orElseThrow().type().keyText();
      return text == KeyText.INTEGER || text == KeyText.DECIMAL;
    }

    private static @Nullable BigInteger floor(@Nullable String number) {
      return number == null
          ? null
          : new BigDecimal(number).setScale(0, RoundingMode.FLOOR).unscaledValue();
    }

    /** Chunks of several tables have the same numbers, so those tables are compared by bucket. */
    static int buckets(
        Mapping mapping, TargetPosition position, List<Chunk> source, List<Chunk> target) {
      return !mapping.isMerged(position) && TargetPlanner.alike(source, target)
          ? 0
          : Pieces.bucketsFor(source.stream().mapToLong(Chunk::getEstimatedRows).sum());
    }
  }
}
