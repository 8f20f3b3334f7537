package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.KeyRange;
import dev.landfall.transforms.model.TableMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads of a chunk only the rows that some target may take, where the source can judge that, and
 * counts the others.
 */
public final class WantedSql {
  private WantedSql() {}

  /** The rows, as {@link SourceChunkSql#read(TableMapping, Chunk, List)} without those. */
  public static BoundQuery read(TableMapping mapping, Chunk chunk, List<KeyRange> ranges) {
    BoundQuery all = SourceChunkSql.read(mapping, chunk, ranges);
    return FilterSql.wanted(mapping).map(wanted -> where(mapping, all, wanted)).orElse(all);
  }

  /** How many rows of the chunk those are not; empty where all are read. */
  public static Optional<BoundQuery> others(
      TableMapping mapping, Chunk chunk, List<KeyRange> ranges) {
    return FilterSql.wanted(mapping)
        .map(
            wanted ->
                where(
                    mapping,
                    SourceChunkSql.select("COUNT(*)", mapping.source(), chunk, ranges),
                    new BoundQuery(wanted.sql() + " IS NOT TRUE", wanted.parameters())));
  }

  private static BoundQuery where(TableMapping mapping, BoundQuery all, BoundQuery condition) {
    String from = " FROM " + Identifiers.mysql(mapping.source().name());
    String where = from + " WHERE ";
    // Of the query's own FROM: those of values that are looked up are before it.
    int at = all.sql().lastIndexOf(where);
    List<Object> parameters = new ArrayList<>(condition.parameters());
    parameters.addAll(all.parameters());
    return new BoundQuery(
        at < 0
            ? all.sql() + " WHERE " + condition.sql()
            : all.sql().substring(0, at + where.length())
                + condition.sql()
                + " AND ("
                + all.sql().substring(at + where.length())
                + ")",
        parameters);
  }
}
