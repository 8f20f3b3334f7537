package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.sql.BoundQuery;
import dev.landfall.transforms.sql.PushdownSql;
import dev.landfall.validation.digest.CellRule;
import dev.landfall.validation.digest.Cutting;
import dev.landfall.validation.digest.Pieces;
import dev.landfall.validation.result.TableKey;
import java.io.Serializable;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which tables' digests the databases compute themselves, and how. What agrees by them is equal;
 * what does not is read and matched row by row like everything else.
 */
public final class Pushdown implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Mapping mapping;
  private final ComparisonLedger comparison;
  private final boolean wanted;
  private transient @Nullable Map<Integer, Boolean> known;
  private transient @Nullable Pieces pieces;

  /** For tables of that mapping; for none unless it is wanted. */
  public Pushdown(MigrationKey migration, Mapping mapping, boolean wanted) {
    this.mapping = mapping;
    this.comparison = new ComparisonLedger(migration, mapping);
    this.wanted = wanted;
  }

  /**
   * Whether both databases compute a table's digests, once both sides are planned; always the same.
   */
  synchronized boolean takes(int table) throws SQLException {
    if (!wanted) {
      return false;
    }
    Map<Integer, Boolean> answers = known == null ? new HashMap<>() : known;
    known = answers;
    Boolean answer = answers.get(table);
    if (answer == null) {
      Pieces cut = pieces == null ? comparison.pieces() : pieces;
      pieces = cut;
      answer = unsuited(table).isEmpty() && cut.buckets(table, 0) == 0;
      answers.put(table, answer);
    }
    return answer;
  }

  /** Why the databases can't compute a table's digests, however it is cut. */
  private Optional<String> unsuited(int table) {
    for (TargetPosition target : mapping.writtenBy(table)) {
      if (mapping.isMerged(target)) {
        return Optional.of(
            mapping.writers(target).size()
                + " tables become "
                + mapping.target(target).name()
                + " together");
      }
    }
    return PushdownSql.obstacle(mapping.table(table));
  }

  /** Why the databases do not compute a table's digests; empty when they do. */
  private Optional<String> obstacle(int table) throws SQLException {
    return takes(table)
        ? Optional.empty()
        : Optional.of(
            unsuited(table).orElse("the databases do not order its key alike, or it has none"));
  }

  /**
   * Of each table whose rows are read in spite of a wish, its name and why, in order; none where it
   * is not wanted. Once both sides are planned, and until the verification ends.
   */
  public Map<String, String> obstacles() throws SQLException {
    Map<String, String> obstacles = new LinkedHashMap<>();
    for (int table = 0; wanted && table < mapping.tables().size(); table++) {
      String name = mapping.table(table).source().name().toString();
      obstacle(table).ifPresent(why -> obstacles.put(name, why));
    }
    return obstacles;
  }

  /** How the rows of a chunk fall into cells that a database can tell apart. */
  Cutting cutting(int table, Chunk chunk) throws SQLException {
    return chunk.getEstimatedRows() < CellRule.MIN_ROWS
        ? Cutting.NONE
        : comparison.cuttings(table, chunk).getOrDefault(new TableKey(table, 0), Cutting.NONE);
  }

  /** The query for a chunk's digests on the source; empty for a table whose rows are read. */
  public Optional<BoundQuery> source(Chunk chunk) throws SQLException {
    int table = chunk.getTable();
    return takes(table)
        ? Optional.of(
            PushdownSql.source(
                mapping.table(table), chunk, cutting(table, chunk).grid().orElse(null)))
        : Optional.empty();
  }

  /** The query for a chunk's digests on the target; empty for a table whose rows are read. */
  Optional<BoundQuery> target(int table, Chunk chunk) throws SQLException {
    return takes(table)
        ? Optional.of(
            PushdownSql.target(
                mapping.table(table), chunk, cutting(table, chunk).grid().orElse(null)))
        : Optional.empty();
  }
}
