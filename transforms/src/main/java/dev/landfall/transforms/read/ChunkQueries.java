package dev.landfall.transforms.read;

import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.sql.BoundQuery;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Says which rows of which columns a chunk is, on one side. */
@FunctionalInterface
public interface ChunkQueries extends Serializable {
  /** The query for the chunk's rows; the order of rows does not matter, that of columns does. */
  BoundQuery query(Chunk chunk) throws SQLException;

  /** Counts rows of the chunk that the query leaves out as no target's; empty where it has all. */
  default Optional<BoundQuery> others(Chunk chunk) throws SQLException {
    return Optional.empty();
  }

  /**
   * Whether the chunk is to be read by PostgreSQL's COPY, which needs no memory for more than one
   * row at a time, and of which the server makes a little more work. Only for queries without
   * parameters.
   *
   * @param connection to the database that the chunk is read from
   */
  default boolean byCopy(Chunk chunk, Connection connection) throws SQLException {
    return false;
  }
}
