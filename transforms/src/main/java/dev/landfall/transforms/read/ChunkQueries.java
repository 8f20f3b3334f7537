package dev.landfall.transforms.read;

import dev.landfall.transforms.partition.Chunk;
import dev.landfall.transforms.sql.BoundQuery;
import java.io.Serializable;

/** Says which rows of which columns a chunk is, on one side. */
@FunctionalInterface
public interface ChunkQueries extends Serializable {
  /** The query for the chunk's rows; the order of rows does not matter, that of columns does. */
  BoundQuery query(Chunk chunk);
}
