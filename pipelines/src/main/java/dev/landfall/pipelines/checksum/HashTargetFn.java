package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.schema.Mapping;
import dev.landfall.transforms.schema.Mapping.TargetPosition;
import java.sql.SQLException;

/** Hashes batches of the target's side, whose tables are positions among all targets. */
final class HashTargetFn extends HashFn<RowBatch> {
  private static final long serialVersionUID = 1L;

  private final TargetQueries targets;

  HashTargetFn(MigrationKey migration, Mapping mapping, Round round) {
    super(migration, mapping, round);
    this.targets = new TargetQueries(mapping);
  }

  @ProcessElement
  public void process(@Element RowBatch batch, MultiOutputReceiver out) throws SQLException {
    TargetPosition target = targets.position(batch.table());
    hash(target.table(), target.target(), batch.chunk(), batch.rows(), out);
    DigestFn.tell(batch, out);
  }
}
