package dev.landfall.transforms.partition;

import com.google.auto.value.AutoValue;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.PooledFn;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.ledger.ChunkLedger;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.SourceTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;

/**
 * Plans tables, given in groups by their positions in the mapping, and stores their chunks in the
 * ledger, each group's by one transaction. A table that has a plan keeps it, and for a run that has
 * ended nothing is planned. Gives the size of each group, when its plans are stored.
 */
@AutoValue
public abstract class PlanChunks
    extends PTransform<PCollection<List<Integer>>, PCollection<Integer>> {

  abstract ConnectionSettings getSource();

  abstract MigrationKey getMigration();

  abstract Mapping getMapping();

  abstract ChunkSize getSize();

  /** Plans tables of that mapping from that source. */
  public static PlanChunks of(
      ConnectionSettings source, MigrationKey migration, Mapping mapping, ChunkSize size) {
    return new AutoValue_PlanChunks(source, migration, mapping, size);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("source", getSource().display()).withLabel("Source"));
    builder.add(DisplayData.item("migration", getMigration().name()).withLabel("Migration"));
    builder.add(DisplayData.item("tables", getMapping().tables().size()).withLabel("Tables"));
    builder.add(DisplayData.item("chunk", getSize().toString()).withLabel("Chunk size"));
  }

  @Override
  public PCollection<Integer> expand(PCollection<List<Integer>> tables) {
    return tables.apply("Plan", ParDo.of(new PlanFn(this))).setCoder(VarIntCoder.of());
  }

  static final class PlanFn extends PooledFn<List<Integer>, Integer> {
    private static final long serialVersionUID = 1L;

    private final PlanChunks spec;

    PlanFn(PlanChunks spec) {
      this.spec = spec;
    }

    @ProcessElement
    public void plan(@Element List<Integer> tables, OutputReceiver<Integer> out)
        throws SQLException {
      ChunkLedger ledger = new ChunkLedger(spec.getMigration(), ChunkLedger.Plan.LOAD);
      Map<Integer, SourceTable> unplanned = new TreeMap<>();
      for (int table : ledger.unplanned(tables)) {
        unplanned.put(table, spec.getMapping().table(table).source());
      }
      if (!unplanned.isEmpty()) {
        try (Connection connection =
            Pools.of(spec.getSource(), Pools.Use.GENERAL).getConnection()) {
          ChunkPlanner planner = new ChunkPlanner(connection, spec.getSize());
          ledger.storePlans(
              planner.plan(unplanned).values().stream().flatMap(List::stream).toList());
        }
      }
      out.output(tables.size());
    }
  }
}
