package dev.landfall.transforms.partition;

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
import org.apache.beam.sdk.values.PCollection;

/**
 * Plans tables, given by their positions in the mapping, and stores their chunks in the ledger. A
 * table that has a plan keeps it, and for a run that has ended nothing is planned. Gives the
 * positions again, each when its plan is stored.
 */
public final class PlanChunks extends PTransform<PCollection<Integer>, PCollection<Integer>> {
  private static final long serialVersionUID = 1L;

  private final ConnectionSettings source;
  private final MigrationKey migration;
  private final Mapping mapping;
  private final ChunkSize size;

  private PlanChunks(
      ConnectionSettings source, MigrationKey migration, Mapping mapping, ChunkSize size) {
    this.source = source;
    this.migration = migration;
    this.mapping = mapping;
    this.size = size;
  }

  /** Plans tables of that mapping from that source. */
  public static PlanChunks of(
      ConnectionSettings source, MigrationKey migration, Mapping mapping, ChunkSize size) {
    return new PlanChunks(source, migration, mapping, size);
  }

  @Override
  public PCollection<Integer> expand(PCollection<Integer> tables) {
    return tables
        .apply("Plan", ParDo.of(new PlanFn(source, migration, mapping, size)))
        .setCoder(VarIntCoder.of());
  }

  static final class PlanFn extends PooledFn<Integer, Integer> {
    private static final long serialVersionUID = 1L;

    private final ConnectionSettings source;
    private final MigrationKey migration;
    private final Mapping mapping;
    private final ChunkSize size;

    PlanFn(ConnectionSettings source, MigrationKey migration, Mapping mapping, ChunkSize size) {
      this.source = source;
      this.migration = migration;
      this.mapping = mapping;
      this.size = size;
    }

    @ProcessElement
    public void plan(@Element Integer table, OutputReceiver<Integer> out) throws SQLException {
      ChunkLedger ledger = new ChunkLedger(migration, ChunkLedger.Plan.LOAD);
      if (ledger.wantsPlan(table)) {
        try (Connection connection = Pools.of(source, Pools.Use.GENERAL).getConnection()) {
          ledger.storePlan(
              table, new ChunkPlanner(connection, size).plan(table, mapping.table(table).source()));
        }
      }
      out.output(table);
    }
  }
}
