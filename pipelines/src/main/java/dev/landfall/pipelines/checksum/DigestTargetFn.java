package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.schema.Mapping;
import dev.landfall.transforms.schema.Mapping.TargetPosition;
import java.sql.SQLException;

/** Digests batches of the target's side, whose tables are positions among all targets. */
final class DigestTargetFn extends DigestFn<RowBatch> {
  private static final long serialVersionUID = 1L;

  private final TargetQueries targets;

  DigestTargetFn(MigrationKey migration, Mapping mapping) {
    super(migration, mapping);
    this.targets = new TargetQueries(mapping);
  }

  @ProcessElement
  public void process(@Element RowBatch batch, MultiOutputReceiver out) throws SQLException {
    TargetPosition target = targets.position(batch.table());
    digester().add(target.table(), target.target(), batch.chunk(), batch.rows());
    tell(batch, out);
  }
}
