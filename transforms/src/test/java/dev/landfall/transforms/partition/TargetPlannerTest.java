package dev.landfall.transforms.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.KeyRange;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceIndex;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.sql.BoundQuery;
import dev.landfall.transforms.sql.PushdownSql;
import dev.landfall.transforms.sql.SourceChunkSql;
import dev.landfall.transforms.sql.TargetChunkSql;
import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.PgType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetPlannerTest {
  private static final TargetLayout INDEXED = layout(true, 10, List.of(List.of("key", "other")));

  private static TargetLayout layout(
      boolean readableByBlock, long blocks, List<List<String>> indexes) {
    return new TargetLayout(readableByBlock, blocks, blocks * 8192, 0, indexes);
  }

  private static TableMapping mapping(String sourceType, String targetType) {
    SourceColumn id =
        new SourceColumn(
            "id",
            sourceType,
            sourceType,
            false,
            null,
            false,
            false,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            false,
            "");
    SourceTable source =
        new SourceTable(
            new TableName("shop", "t"),
            List.of(id),
            List.of(
                new SourceIndex(
                    "PRIMARY",
                    true,
                    "BTREE",
                    List.of(new SourceIndex.Part("id", null, null, false)))),
            List.of(),
            null,
            "",
            0,
            0);
    ColumnMapping key =
        ColumnMapping.read("key", PgType.parse(targetType), false, 0, Conversion.NONE);
    return new TableMapping(
        source,
        List.of(id),
        List.of(
            new TargetTable(new TableName("public", "T"), List.of(key), List.of("key"), false)));
  }

  /** Two chunks of a hundred rows that meet at a bound. */
  private static List<Chunk> source(String bound) {
    return List.of(
        Chunk.ofRange(3, 0, List.of("id"), new KeyRange(null, List.of(bound)), 100),
        Chunk.ofRange(3, 1, List.of("id"), new KeyRange(List.of(bound), null), 100));
  }

  private static List<Chunk> plan(
      TableMapping mapping, TargetLayout layout, List<Chunk> sourceChunks) {
    return new TargetPlanner(mapping, new ChunkSize(100, 1 << 20))
        .plan(7, mapping.targets().get(0), layout, sourceChunks);
  }

  @ParameterizedTest
  @CsvSource({
    "int, integer, 5, true",
    "int, numeric(20), 5, true",
    "bigint, bigint, 9223372036854775807, true",
    "bigint, bigint, 9223372036854775808, false",
    "bigint, numeric(20), 18446744073709551615, true",
    "int, text, 5, false",
    "decimal, numeric, 1.50, true",
    "varbinary, bytea, 00FF, true",
    "varchar, text, a, false",
    "date, date, 2020-02-29, true",
    "date, date, 2020-00-29, false",
    "date, date, 0000-00-00, false",
    "datetime, timestamp, 2020-02-29 01:02:03, true",
    "datetime, timestamptz, 2020-02-29 01:02:03, true",
    "datetime, date, 2020-02-29 01:02:03, false",
  })
  void theTargetHasTheSourcesRangesWhereBothOrderAlike(
      String sourceType, String targetType, String bound, boolean alike) {
    List<Chunk> sourceChunks = source(bound);

    List<Chunk> chunks = plan(mapping(sourceType, targetType), INDEXED, sourceChunks);

    assertThat(chunks.get(0).getCut()).isEqualTo(alike ? Chunk.Cut.KEY : Chunk.Cut.BLOCKS);
    assertThat(TargetPlanner.alike(sourceChunks, chunks)).isEqualTo(alike);
    if (alike) {
      assertThat(chunks)
          .containsExactly(
              Chunk.ofRange(7, 0, List.of("key"), new KeyRange(null, List.of(bound)), 100),
              Chunk.ofRange(7, 1, List.of("key"), new KeyRange(List.of(bound), null), 100));
    }
  }

  @Test
  void withoutAnIndexBlocksAreRead() {
    List<Chunk> chunks =
        plan(mapping("int", "integer"), layout(true, 10, List.of(List.of("x"))), source("5"));

    assertThat(chunks)
        .containsExactly(
            Chunk.ofBlocks(7, 0, new KeyRange(null, List.of("5")), 100),
            Chunk.ofBlocks(7, 1, new KeyRange(List.of("5"), null), 100));
  }

  @Test
  void aTargetThatHasNoBlocksOfItsOwnIsReadWhole() {
    assertThat(plan(mapping("varchar", "text"), layout(false, 0, List.of()), source("a")))
        .containsExactly(Chunk.ofTable(7, 200));
  }

  @Test
  void smallTablesAreOnePieceWhateverTheirKey() {
    List<Chunk> one = List.of(Chunk.ofRange(3, 0, List.of("id"), KeyRange.ALL, 50));

    List<Chunk> chunks = plan(mapping("varchar", "text"), layout(true, 2, List.of()), one);

    assertThat(chunks).containsExactly(Chunk.ofTable(7, 50));
    assertThat(TargetPlanner.alike(one, chunks)).isTrue();
  }

  @Test
  void aTargetMuchLargerThanItsSourceIsNotReadByRangesThatMayHoldItAll() {
    assertThat(
            plan(
                mapping("int", "integer"),
                layout(true, 128 * 17, List.of(List.of("key"))),
                source("5")))
        .hasSize(17)
        .allMatch(c -> c.getCut() == Chunk.Cut.BLOCKS);
  }

  @ParameterizedTest
  @CsvSource({
    ", , ''",
    "5, , ' WHERE ROW(\"key\") >= ROW(CAST(''5'' AS bigint))'",
    "5, 9, ' WHERE ROW(\"key\") >= ROW(CAST(''5'' AS bigint))"
        + " AND ROW(\"key\") < ROW(CAST(''9'' AS bigint))'",
  })
  void rangesAreRowComparisons(@Nullable String start, @Nullable String end, String where) {
    TableMapping mapping = mapping("int", "integer");
    KeyRange range =
        new KeyRange(start == null ? null : List.of(start), end == null ? null : List.of(end));

    BoundQuery query =
        TargetChunkSql.read(
            mapping.targets().get(0), Chunk.ofRange(7, 0, List.of("key"), range, 1));

    assertThat(query.sql()).isEqualTo("SELECT \"key\" FROM \"public\".\"T\"" + where);
  }

  @Test
  void byteaIsReadAsTextAndBlocksAsTupleIds() {
    BoundQuery query =
        TargetChunkSql.read(
            mapping("varbinary", "bytea").targets().get(0),
            Chunk.ofBlocks(7, 0, new KeyRange(List.of("5"), List.of("9")), 1));

    assertThat(query)
        .isEqualTo(
            new BoundQuery(
                "SELECT \"key\"::text FROM \"public\".\"T\""
                    + " WHERE ctid >= CAST('(5,0)' AS tid) AND ctid < CAST('(9,0)' AS tid)",
                List.of()));
  }

  @Test
  void rangesWithinAChunkAreAQueryEach() {
    TableMapping mapping = mapping("decimal", "numeric(20,0)");
    Chunk chunk = Chunk.ofRange(7, 0, List.of("key"), new KeyRange(List.of("5"), List.of("90")), 1);
    List<KeyRange> ranges =
        List.of(
            new KeyRange(null, List.of("10")),
            new KeyRange(List.of("20"), List.of("18446744073709551615")),
            new KeyRange(List.of("80"), null));
    String select =
        "SELECT \"key\" FROM \"public\".\"T\" WHERE ROW(\"key\") >= ROW(CAST('5' AS numeric))"
            + " AND ROW(\"key\") < ROW(CAST('90' AS numeric))";

    assertThat(TargetChunkSql.read(mapping.targets().get(0), chunk, ranges))
        .isEqualTo(
            new BoundQuery(
                select
                    + " AND ROW(\"key\") < ROW(CAST('10' AS numeric)) UNION ALL "
                    + select
                    + " AND ROW(\"key\") >= ROW(CAST('20' AS numeric))"
                    + " AND ROW(\"key\") < ROW(CAST('18446744073709551615' AS numeric)) UNION ALL "
                    + select
                    + " AND ROW(\"key\") >= ROW(CAST('80' AS numeric))",
                List.of()));
    assertThat(
            SourceChunkSql.read(
                mapping, Chunk.ofRange(7, 0, List.of("id"), chunk.range(), 1), ranges))
        .isEqualTo(
            new BoundQuery(
                "SELECT `id` FROM `shop`.`t` WHERE (`id` >= ? AND `id` < ?) AND ((`id` < ?)"
                    + " OR (`id` >= ? AND `id` < ?) OR (`id` >= ?))",
                Stream.of("5", "90", "10", "20", "18446744073709551615", "80")
                    .<Object>map(BigDecimal::new)
                    .toList()));
  }

  @Test
  void digestsThatTheDatabasesCompute() {
    TableMapping mapping = mapping("int", "integer");
    KeyRange range = new KeyRange(List.of("5"), List.of("90"));
    PushdownSql.Grid grid = new PushdownSql.Grid(BigInteger.valueOf(-5), BigInteger.valueOf(10), 4);

    assertThat(PushdownSql.source(mapping, Chunk.ofRange(7, 0, List.of("id"), range, 1), grid))
        .isEqualTo(
            new BoundQuery(
                "SELECT cell, COUNT(*), SUM(CAST(CONV(SUBSTRING(hash, 1, 16), 16, 10) AS"
                    + " UNSIGNED)), SUM(CAST(CONV(SUBSTRING(hash, 17, 16), 16, 10) AS UNSIGNED))"
                    + " FROM (SELECT CASE WHEN `id` < 5 THEN 0 WHEN `id` >= 25 THEN 3 ELSE"
                    + " ((CAST(`id` AS DECIMAL(65,0)) - -5) - MOD((CAST(`id` AS DECIMAL(65,0)) -"
                    + " -5), 10)) DIV 10 END AS cell, MD5(CONCAT(CASE WHEN `id` IS NULL THEN 'n,'"
                    + " ELSE CONCAT(CAST(`id` AS CHAR), ',') END)) AS hash FROM `shop`.`t`"
                    + " WHERE `id` >= ? AND `id` < ?) hashed GROUP BY cell",
                List.of(new BigDecimal(5), new BigDecimal(90))));
    assertThat(PushdownSql.target(mapping, Chunk.ofRange(7, 0, List.of("key"), range, 1), grid))
        .isEqualTo(
            new BoundQuery(
                "SELECT cell::text, count(*)::text, sum(('x' || substr(hash, 1,"
                    + " 16))::bit(64)::bigint)::text, sum(('x' || substr(hash, 17,"
                    + " 16))::bit(64)::bigint)::text FROM (SELECT CASE WHEN \"key\" < 5 THEN 0"
                    + " WHEN \"key\" >= 25 THEN 3 ELSE div(\"key\"::numeric - -5, 10) END AS"
                    + " cell, md5(convert_to(coalesce(\"key\"::text || ',', 'n,'), 'UTF8')) AS"
                    + " hash FROM \"public\".\"T\" WHERE ROW(\"key\") >= ROW(CAST('5' AS bigint))"
                    + " AND ROW(\"key\") < ROW(CAST('90' AS bigint))) hashed GROUP BY cell",
                List.of()));
  }
}
