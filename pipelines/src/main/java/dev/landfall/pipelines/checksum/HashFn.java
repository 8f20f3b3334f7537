package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.read.Rows;
import dev.landfall.transforms.schema.Mapping;
import dev.landfall.validation.difference.BatchHasher;
import dev.landfall.validation.difference.RowHashes;
import dev.landfall.validation.digest.DigestKey;
import java.sql.SQLException;
import java.util.Set;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/** Hashes rows of the pieces that are looked at in a round; the ledger says which. */
abstract class HashFn<T> extends DoFn<T, KV<DigestKey, RowHashes>> {
  private static final long serialVersionUID = 1L;

  private final MigrationKey migration;
  private final Mapping mapping;
  private final Round round;
  private transient @Nullable BatchHasher hasher;
  private transient @Nullable Set<DigestKey> wanted;

  HashFn(MigrationKey migration, Mapping mapping, Round round) {
    this.migration = migration;
    this.mapping = mapping;
    this.round = round;
  }

  void hash(int table, int target, long chunk, Rows rows, MultiOutputReceiver out)
      throws SQLException {
    BatchHasher ready = hasher;
    Set<DigestKey> chosen = wanted;
    if (ready == null || chosen == null) {
      ComparisonLedger ledger = new ComparisonLedger(migration);
      chosen = ledger.piecesOf(round.number());
      wanted = chosen;
      ready = new BatchHasher(mapping, ledger.pieces(), round.detail());
      hasher = ready;
    }
    ready.hash(
        table,
        target,
        chunk,
        rows,
        chosen::contains,
        (piece, hashes) -> out.get(Hashed.HASHES).output(KV.of(piece, hashes)));
  }
}
