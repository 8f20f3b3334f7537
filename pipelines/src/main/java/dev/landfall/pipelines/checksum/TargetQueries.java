package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.KeyRange;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.read.ChunkQueries;
import dev.landfall.transforms.sql.BoundQuery;
import dev.landfall.transforms.sql.TargetChunkSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Queries for chunks of the target's side, whose tables are positions among all targets. The list
 * of these is not part of what is sent to workers: a runner may copy a step for each bundle.
 */
public final class TargetQueries implements ChunkQueries {
  private static final long serialVersionUID = 1L;

  private final Mapping mapping;
  private final @Nullable WantedRanges wanted;
  private final @Nullable Pushdown pushdown;
  private transient @Nullable List<TargetPosition> targets;
  private transient @Nullable Map<Integer, Boolean> largeRows;

  /** Queries for the target tables of that mapping. */
  public TargetQueries(Mapping mapping) {
    this(mapping, null, null);
  }

  /**
   * The same for a part of the work.
   *
   * @param wanted what is to be read; null for everything
   * @param pushdown of which tables the database computes digests; null for none
   */
  public TargetQueries(
      Mapping mapping, @Nullable WantedRanges wanted, @Nullable Pushdown pushdown) {
    this.mapping = mapping;
    this.wanted = wanted;
    this.pushdown = pushdown;
  }

  @Override
  public BoundQuery query(Chunk chunk) throws SQLException {
    TargetPosition target = position(chunk.getTable());
    Optional<BoundQuery> digests =
        pushdown == null ? Optional.empty() : pushdown.target(target.table(), chunk);
    if (digests.isPresent()) {
      return digests.get();
    }
    List<KeyRange> ranges = wanted == null ? List.of() : wanted.target(target, chunk);
    return TargetChunkSql.read(mapping.target(target), chunk, ranges);
  }

  /** Tables with rows of any size: thousands of them at a time might not fit into memory. */
  @Override
  public synchronized boolean byCopy(Chunk chunk, Connection connection) throws SQLException {
    Map<Integer, Boolean> known = largeRows;
    if (known == null) {
      known = new HashMap<>();
      largeRows = known;
    }
    Boolean large = known.get(chunk.getTable());
    if (large == null) {
      large = askForLargeRows(chunk.getTable(), connection);
      known.put(chunk.getTable(), large);
    }
    return large;
  }

  private boolean askForLargeRows(int table, Connection connection) throws SQLException {
    String name = Identifiers.postgres(mapping.target(position(table)).name());
    try (PreparedStatement select = connection.prepareStatement(TargetChunkSql.LARGE_ROWS)) {
      select.setString(1, name);
      select.setString(2, name);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
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
