package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.convert.ConvertedBatch;
import dev.landfall.transforms.convert.Reject;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.schema.Mapping;
import dev.landfall.transforms.schema.TableMapping;
import dev.landfall.validation.digest.TableKey;
import dev.landfall.validation.report.RowCounts;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Digests batches of the source's side: the rows of every target table that they become. Rows that
 * no conversion could make rows of the target have no hash there: they are counted as missing.
 */
final class DigestSourceFn extends DigestFn<ConvertedBatch> {
  private static final long serialVersionUID = 1L;

  private final int maxDifferences;
  private transient @Nullable Map<Integer, Integer> named;

  DigestSourceFn(MigrationKey migration, Mapping mapping, int maxDifferences) {
    super(migration, mapping);
    this.maxDifferences = maxDifferences;
  }

  @ProcessElement
  public void process(@Element ConvertedBatch batch, MultiOutputReceiver out) throws SQLException {
    RowBatch source = batch.source();
    for (int target = 0; target < batch.targets().size(); target++) {
      digester().add(source.table(), target, source.chunk(), batch.targets().get(target));
    }
    if (!batch.rejects().isEmpty()) {
      reject(source.table(), batch.rejects(), out);
    }
    tell(source, out);
  }

  private void reject(int table, List<Reject> rejects, MultiOutputReceiver out) {
    if (named == null) {
      named = new HashMap<>();
    }
    int before = named.getOrDefault(table, 0);
    int naming = Math.min(rejects.size(), maxDifferences - before);
    named.put(table, before + naming);
    TableMapping mapped = mapping().table(table);
    for (int target = 0; target < mapped.targets().size(); target++) {
      out.get(Digested.REJECTED)
          .output(KV.of(new TableKey(table, target), RowCounts.of(0, 0, rejects.size(), 0)));
      for (Reject reject : rejects.subList(0, naming)) {
        out.get(Digested.REJECTED_ROWS)
            .output(RejectedRows.difference(mapped, mapped.targets().get(target), reject));
      }
    }
  }
}
