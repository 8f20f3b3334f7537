package dev.landfall.pipelines.checksum;

import dev.landfall.validation.difference.RowHashes;
import dev.landfall.validation.digest.DigestKey;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;

/** What comes of hashing a side row by row. */
final class Hashed {
  /** Rows of pieces that are looked at. */
  static final TupleTag<KV<DigestKey, RowHashes>> HASHES = new TupleTag<>("hashes") {};

  private Hashed() {}
}
