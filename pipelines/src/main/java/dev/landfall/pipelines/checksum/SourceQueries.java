package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.KeyRange;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.read.ChunkQueries;
import dev.landfall.transforms.sql.BoundQuery;
import dev.landfall.transforms.sql.WantedSql;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the source's chunks: their digests where it computes them, else the rows that some target
 * may take.
 */
public final class SourceQueries implements ChunkQueries {
  private static final long serialVersionUID = 1L;

  private final Mapping mapping;
  private final @Nullable Pushdown pushdown;
  private final @Nullable WantedRanges wanted;

  private SourceQueries(
      Mapping mapping, @Nullable Pushdown pushdown, @Nullable WantedRanges wanted) {
    this.mapping = mapping;
    this.pushdown = pushdown;
    this.wanted = wanted;
  }

  /** All rows, for a load. */
  public static SourceQueries rows(Mapping mapping) {
    return new SourceQueries(mapping, null, null);
  }

  /** Digests where the source computes them, else rows. */
  public static SourceQueries digests(Mapping mapping, Pushdown pushdown) {
    return new SourceQueries(mapping, pushdown, null);
  }

  /** Rows of some ranges. */
  public static SourceQueries some(Mapping mapping, WantedRanges wanted) {
    return new SourceQueries(mapping, null, wanted);
  }

  @Override
  public BoundQuery query(Chunk chunk) throws SQLException {
    Optional<BoundQuery> digests = digests(chunk);
    return digests.isPresent() ? digests.get() : WantedSql.read(table(chunk), chunk, ranges(chunk));
  }

  @Override
  public Optional<BoundQuery> others(Chunk chunk) throws SQLException {
    return digests(chunk).isPresent()
        ? Optional.empty()
        : WantedSql.others(table(chunk), chunk, ranges(chunk));
  }

  private Optional<BoundQuery> digests(Chunk chunk) throws SQLException {
    return pushdown == null ? Optional.empty() : pushdown.source(chunk);
  }

  private TableMapping table(Chunk chunk) {
    return mapping.table(chunk.getTable());
  }

  private List<KeyRange> ranges(Chunk chunk) throws SQLException {
    return wanted == null ? List.of() : wanted.source(chunk);
  }
}
