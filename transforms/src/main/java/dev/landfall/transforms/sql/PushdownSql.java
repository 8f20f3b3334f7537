package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.ValueSource;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Digests of a chunk that each database computes itself: one row for each cell that has rows, with
 * its number, how many rows it has, and the sums of both halves of their hashes, which are MD5 of
 * all columns' texts ({@link PushdownColumn}). The sums are exact numbers; modulo 2^64 they are
 * alike on both sides, though one takes a half for a number with a sign.
 */
public final class PushdownSql {
  private PushdownSql() {}

  /**
   * A grid over the numbers of a key's first column.
   *
   * @param low where the first cell begins
   * @param width how many numbers a cell has
   * @param count how many cells there are; the first and the last one are open
   */
  public record Grid(BigInteger low, BigInteger width, int count) {
    private String cell(String column, String quotient) {
      return "CASE WHEN "
          + column
          + " < "
          + low.add(width)
          + " THEN 0 WHEN "
          + column
          + " >= "
          + low.add(width.multiply(BigInteger.valueOf(count - 1L)))
          + " THEN "
          + (count - 1)
          + " ELSE "
          + quotient
          + " END";
    }
  }

  /** Why the databases can't compute a table's digests themselves, for people to read. */
  public static Optional<String> obstacle(TableMapping mapping) {
    if (mapping.targets().size() > 1) {
      return Optional.of("it becomes " + mapping.targets().size() + " tables");
    }
    if (!mapping.targets().get(0).takesAllRows()) {
      return Optional.of("only " + mapping.targets().get(0).rows(mapping.read()) + " are moved");
    }
    for (ColumnMapping column : mapping.targets().get(0).columns()) {
      Optional<SourceColumn> source = mapping.sourceOf(column);
      if (source.isEmpty()) {
        return Optional.of(
            "column "
                + column.name()
                + (column.source() instanceof ValueSource.Computed computed
                    ? " is made of others: " + computed.words(mapping.read())
                    : " is a constant"));
      }
      Optional<String> obstacle = PushdownColumn.obstacle(source.get(), column);
      if (obstacle.isPresent()) {
        return Optional.of("column " + source.get().name() + ": " + obstacle.get());
      }
    }
    return Optional.empty();
  }

  /** The digests of a chunk of the source; the columns are cell, rows, upper and lower sum. */
  public static BoundQuery source(TableMapping mapping, Chunk chunk, @Nullable Grid grid) {
    TargetTable target = mapping.targets().get(0);
    String cell = "0";
    if (grid != null) {
      String key = Identifiers.mysql(chunk.getKey().get(0));
      SourceColumn column = mapping.source().column(chunk.getKey().get(0)).orElseThrow();
      // Integers have no differences beyond their range (MySQL manual 11.1.7). Without the rest
      // the quotient is a whole number, which nothing rounds.
      String above =
          "("
              + (column.dataType().equals("decimal") ? key : "CAST(" + key + " AS DECIMAL(65,0))")
              + " - "
              + grid.low()
              + ")";
      cell =
          grid.cell(
              key,
              "(" + above + " - MOD(" + above + ", " + grid.width() + ")) DIV " + grid.width());
    }
    String texts =
        target.columns().stream()
            .map(c -> new PushdownColumn(mapping.sourceOf(c).orElseThrow(), c).onSource())
            .collect(Collectors.joining(", "));
    BoundQuery rows =
        SourceChunkSql.select(
            cell + " AS cell, MD5(CONCAT(" + texts + ")) AS hash",
            mapping.source(),
            chunk,
            List.of());
    return new BoundQuery(
        "SELECT cell, COUNT(*), SUM("
            + half("SUBSTRING(hash, 1, 16)")
            + "), SUM("
            + half("SUBSTRING(hash, 17, 16)")
            + ") FROM ("
            + rows.sql()
            + ") hashed GROUP BY cell",
        rows.parameters());
  }

  private static String half(String digits) {
    return "CAST(CONV(" + digits + ", 16, 10) AS UNSIGNED)";
  }

  /** The digests of a chunk of the target; columns alike. */
  public static BoundQuery target(TableMapping mapping, Chunk chunk, @Nullable Grid grid) {
    TargetTable target = mapping.targets().get(0);
    String cell = "0";
    if (grid != null) {
      String key = Identifiers.postgres(chunk.getKey().get(0));
      cell = grid.cell(key, "div(" + key + "::numeric - " + grid.low() + ", " + grid.width() + ")");
    }
    String texts =
        target.columns().stream()
            .map(c -> new PushdownColumn(mapping.sourceOf(c).orElseThrow(), c).onTarget())
            .collect(Collectors.joining(" || "));
    BoundQuery rows =
        TargetChunkSql.select(
            cell + " AS cell, md5(convert_to(" + texts + ", 'UTF8')) AS hash",
            target,
            chunk,
            List.of());
    return new BoundQuery(
        "SELECT cell::text, count(*)::text, sum("
            + halfThere("substr(hash, 1, 16)")
            + ")::text, sum("
            + halfThere("substr(hash, 17, 16)")
            + ")::text FROM ("
            + rows.sql()
            + ") hashed GROUP BY cell",
        List.of());
  }

  private static String halfThere(String digits) {
    return "('x' || " + digits + ")::bit(64)::bigint";
  }
}
