package dev.landfall.pipelines.checksum;

import dev.landfall.validation.digest.DigestKey;
import dev.landfall.validation.result.Difference;
import dev.landfall.validation.result.RowCounts;
import dev.landfall.validation.result.TableKey;
import java.util.List;
import org.apache.beam.sdk.values.KV;

/**
 * What a chunk of one side comes to.
 *
 * @param table the chunk's table, by its position on that side
 * @param chunk the chunk's number
 * @param rows how many rows were read of it; 0 where the database has summed them up
 * @param filtered how many of those go to no target
 * @param pieces what its rows are in the pieces that they belong to
 * @param rejected counts of source rows that no conversion could make rows of the target: they have
 *     no hash there, they are missing
 * @param rejectedRows the first of those rows
 */
record ChunkSummary<T>(
    int table,
    long chunk,
    long rows,
    long filtered,
    List<KV<DigestKey, T>> pieces,
    List<KV<TableKey, RowCounts>> rejected,
    List<Difference> rejectedRows) {
  ChunkSummary {
    pieces = List.copyOf(pieces);
    rejected = List.copyOf(rejected);
    rejectedRows = List.copyOf(rejectedRows);
  }
}
