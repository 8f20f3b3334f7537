package dev.landfall.pipelines.checksum;

import dev.landfall.validation.difference.Difference;
import dev.landfall.validation.digest.Digest;
import dev.landfall.validation.digest.DigestKey;
import dev.landfall.validation.digest.TableKey;
import dev.landfall.validation.report.RowCounts;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;

/** What comes of digesting a side, apart from the digests. */
final class Digested {
  /** Sums of row hashes. */
  static final TupleTag<KV<DigestKey, Digest>> DIGESTS = new TupleTag<>("digests") {};

  /** Position and number of each chunk that was read to its end. */
  static final TupleTag<KV<Integer, Long>> CHUNKS = new TupleTag<>("chunks") {};

  /** Counts of source rows that no conversion could make rows of the target: they are missing. */
  static final TupleTag<KV<TableKey, RowCounts>> REJECTED = new TupleTag<>("rejected") {};

  /** The first of those rows. */
  static final TupleTag<Difference> REJECTED_ROWS = new TupleTag<>("rejectedRows") {};

  private Digested() {}
}
