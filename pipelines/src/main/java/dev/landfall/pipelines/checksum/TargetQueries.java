package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.partition.Chunk;
import dev.landfall.transforms.read.ChunkQueries;
import dev.landfall.transforms.schema.Mapping;
import dev.landfall.transforms.schema.Mapping.TargetPosition;
import dev.landfall.transforms.sql.BoundQuery;
import dev.landfall.transforms.sql.TargetChunkSql;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Queries for chunks of the target's side, whose tables are positions among all targets. The list
 * of these is not part of what is sent to workers: a runner may copy a step for each bundle.
 */
public final class TargetQueries implements ChunkQueries {
  private static final long serialVersionUID = 1L;

  private final Mapping mapping;
  private transient @Nullable List<TargetPosition> targets;

  /** Queries for the target tables of that mapping. */
  public TargetQueries(Mapping mapping) {
    this.mapping = mapping;
  }

  @Override
  public BoundQuery query(Chunk chunk) {
    return TargetChunkSql.read(mapping.target(position(chunk.getTable())), chunk);
  }

  /** The target table that a chunk's or batch's table is. */
  synchronized TargetPosition position(int table) {
    List<TargetPosition> known = targets;
    if (known == null) {
      known = mapping.targets();
      targets = known;
    }
    return known.get(table);
  }
}
