package dev.landfall.transforms.partition;

import com.google.auto.value.AutoValue;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.PooledFn;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.ledger.ChunkLedger;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.model.Mapping;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;

/**
 * Plans tables, given by their positions in the mapping, and stores their chunks in the ledger. A
 * table that has a plan keeps it, and for a run that has ended nothing is planned. Gives the
 * positions again, each when its plan is stored.
 */
@AutoValue
public abstract class PlanChunks extends PTransform<PCollection<Integer>, PCollection<Integer>> {

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
  public PCollection<Integer> expand(PCollection<Integer> tables) {
    return tables.apply("Plan", ParDo.of(new PlanFn(this))).setCoder(VarIntCoder.of());
  }

  static final class PlanFn extends PooledFn<Integer, Integer> {
    private static final long serialVersionUID = 1L;

    private final PlanChunks spec;

    PlanFn(PlanChunks spec) {
      this.spec = spec;
    }

    @ProcessElement
    public void plan(@Element Integer table, OutputReceiver<Integer> out) throws SQLException {
      ChunkLedger ledger = new ChunkLedger(spec.getMigration(), ChunkLedger.Plan.LOAD);
      if (ledger.wantsPlan(table)) {
        try (Connection connection =
            Pools.of(spec.getSource(), Pools.Use.GENERAL).getConnection()) {
          ledger.storePlan(
              table,
              new ChunkPlanner(connection, spec.getSize())
                  .plan(table, spec.getMapping().table(table).source()));
        }
      }
      out.output(table);
    }
  }
}
