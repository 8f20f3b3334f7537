package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.convert.ConvertedBatch;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.schema.Mapping;
import java.sql.SQLException;

/** Hashes the rows of every target table of a converted batch. */
final class HashSourceFn extends HashFn<ConvertedBatch> {
  private static final long serialVersionUID = 1L;

  HashSourceFn(MigrationKey migration, Mapping mapping, Round round) {
    super(migration, mapping, round);
  }

  @ProcessElement
  public void process(@Element ConvertedBatch batch, MultiOutputReceiver out) throws SQLException {
    RowBatch source = batch.source();
    for (int target = 0; target < batch.targets().size(); target++) {
      hash(source.table(), target, source.chunk(), batch.targets().get(target), out);
    }
    DigestFn.tell(source, out);
  }
}
