package dev.landfall.validation.digest;

import static dev.landfall.validation.TestTables.mapping;
import static dev.landfall.validation.TestTables.rows;
import static dev.landfall.validation.TestTables.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.KeyRange;
import dev.landfall.validation.result.TableKey;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.CoderUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CuttingTest {
  private static final BigInteger MAX_UNSIGNED = new BigInteger("18446744073709551615");

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "9, 0",
    "10, 1",
    "007, 0",
    "99, 9",
    "100, 9",
    "-1, 0",
    "9.99, 0",
    "10.00, 1",
    "999999999999999999, 9",
    "1000000000000000000, 9",
    "18446744073709551615, 9",
    "-18446744073709551615, 0",
    "NaN, 9",
    "Infinity, 9",
    "-Infinity, 0",
    "1e1, 1",
    "'', 9",
  })
  void numbersFallIntoTheGrid(String number, int cell) {
    assertThat(cell(hundred(), number)).isEqualTo(cell);
  }

  @ParameterizedTest
  @CsvSource({
    "-10, 0",
    "-9.5, 0",
    "-9, 0",
    "-5.01, 0",
    "-5, 1",
    "-4.99, 1",
    "-0.5, 1",
    "-0.0, 2",
    "0.5, 2",
    "4.99, 2",
    "5, 3",
    "9.99, 3"
  })
  void numbersBelowZeroAreRoundedDown(String number, int cell) {
    // Twenty numbers, five to a cell.
    Cutting cutting = Cutting.byNumber(4, 0, range("-10", "9"), null, null);
    assertThat(cell(cutting, number)).isEqualTo(cell);
  }

  @Test
  void numbersBeyondALong() {
    Cutting cutting = Cutting.byNumber(16, 0, KeyRange.ALL, BigInteger.ZERO, MAX_UNSIGNED);
    assertThat(cell(cutting, "0")).isZero();
    assertThat(cell(cutting, "9223372036854775807")).isEqualTo(7);
    assertThat(cell(cutting, "9223372036854775808")).isEqualTo(8);
    assertThat(cell(cutting, "18446744073709551615")).isEqualTo(15);
  }

  @Test
  void withoutBoundsOrWithFewNumbersByHash() {
    assertThat(Cutting.byNumber(10, 0, KeyRange.ALL, null, null).byNumber()).isFalse();
    assertThat(Cutting.byNumber(10, 0, range("5", "23"), null, null).byNumber()).isFalse();
    assertThat(Cutting.byNumber(10, 0, range("5", "24"), null, null).byNumber()).isTrue();
    assertThat(Cutting.byHash(10).ranges(bits(3))).isEmpty();
  }

  @Test
  void rangesOfCells() {
    assertThat(hundred().ranges(bits(0, 3, 4, 9)))
        .isEqualTo(
            Optional.of(
                List.of(
                    new KeyRange(null, List.of("10")),
                    new KeyRange(List.of("30"), List.of("50")),
                    new KeyRange(List.of("90"), null))));
    assertThat(hundred().ranges(bits(0, 1, 2, 3, 4, 9))).as("half of it").isEmpty();
  }

  /** What is read for a cell holds every number of it, whatever the grid and the numbers are. */
  @Test
  void everyNumberIsInTheRangesOfItsCell() {
    Random random = new Random(5);
    for (int grid = 0; grid < 300; grid++) {
      BigInteger from = number(random);
      BigInteger to = from.add(new BigInteger(1 + random.nextInt(66), random));
      int count = 2 + random.nextInt(600);
      Cutting cutting = Cutting.byNumber(count, 0, KeyRange.ALL, from, to);
      for (int i = 0; cutting.byNumber() && i < 50; i++) {
        String number = number(random) + "." + random.nextInt(3) * 5;
        int cell = cell(cutting, number);
        BitSet cells = bits(cell);
        if (random.nextBoolean()) {
          for (int other = 0; other < count / 3; other++) {
            cells.set(random.nextInt(count));
          }
        }
        assertThat(cutting.ranges(cells).orElse(List.of(KeyRange.ALL)))
            .as("%s in cell %s from %s to %s", number, cell, from, to)
            .hasSizeLessThanOrEqualTo(128)
            .anyMatch(range -> holds(range, new BigDecimal(number)));
      }
    }
  }

  @Test
  void thereAreFewCellsWhereThereAreManyPieces() {
    assertThat(CellRule.countFor(100, 1, 0, 1)).isEqualTo(1);
    assertThat(CellRule.countFor(400, 1, 0, 1)).isEqualTo(25);
    assertThat(CellRule.countFor(2_000_000, 20, 0, 1)).isEqualTo(512);
    assertThat(CellRule.countFor(2_000_000, 20, 35, 1)).isEqualTo(256);
    assertThat(CellRule.countFor(10_000_000_000L, 100_000, 0, 1)).isEqualTo(10);
    assertThat(CellRule.countFor(10_000_000, 100, 0, 1_000)).isEqualTo(10);
  }

  @Test
  void cellsThatDisagreeAreTold() throws CoderException {
    List<String> source = new ArrayList<>();
    List<String> target = new ArrayList<>();
    for (int id = 0; id < 100; id++) {
      source.add(id + "|n|1");
      target.add(id == 42 ? id + "|other|1" : id + "|n|1.0");
    }
    target.remove(77);
    target.add("101|extra|1");
    PieceDigest one = digest(source);
    PieceDigest other = digest(target);
    assertThat(one.against(digest(source))).isNull();
    assertThat(one.against(other)).isEqualTo(new Disagreement(30, 30, bits(4, 7, 9)));
    assertThat(one.against(PieceDigest.EMPTY))
        .isEqualTo(new Disagreement(100, 0, bits(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)));
    assertThat(PieceDigest.EMPTY.against(other))
        .isNotNull()
        .extracting(Disagreement::targetRows)
        .isEqualTo(100L);
    assertThat(copy(one).against(copy(other))).isEqualTo(one.against(other));

    PieceDigest parts = digest(source.subList(0, 30)).merge(digest(source.subList(30, 100)));
    assertThat(parts.against(one)).isNull();
    assertThat(PieceDigest.EMPTY.merge(parts).merge(PieceDigest.EMPTY).against(other))
        .isEqualTo(one.against(other));
    assertThat(PieceDigest.of(one.all()).against(other))
        .as("one side knows no cells")
        .isEqualTo(new Disagreement(100, 100, null));
    assertThat(PieceDigest.of(one.all()).merge(digest(source)).against(other))
        .as("a part knows no cells")
        .isEqualTo(new Disagreement(200, 100, null));
  }

  private static PieceDigest digest(List<String> texts) {
    List<PieceDigest> digests = new ArrayList<>();
    BatchDigester digester =
        new BatchDigester(
            mapping(users("id")),
            Pieces.byChunk(),
            Map.of(
                new TableKey(0, 0),
                new CellRule(10, 0, BigInteger.ZERO, BigInteger.valueOf(99))
                    .of(Chunk.ofRange(0, 3, List.of("id"), KeyRange.ALL, 100))));
    digester.add(0, 0, 3, rows(3, texts.toArray(String[]::new)));
    digester.drain((key, digest) -> digests.add(digest));
    assertThat(digests).hasSize(1);
    return digests.get(0);
  }

  @Test
  void digestsThatADatabaseComputed() {
    BigInteger end = BigInteger.valueOf(99);
    Cutting cutting = Cutting.byNumber(10, 0, KeyRange.ALL, BigInteger.ZERO, end);
    PieceDigest unsigned =
        pushed(cutting, "0|2|18446744073709551615|18446744073709551613", "7|1|3|5");
    PieceDigest signed = pushed(cutting, "7|1|3|5", "0|2|-1|-3");
    assertThat(unsigned.all()).isEqualTo(new Digest(3, 2, 2));
    assertThat(unsigned.against(signed)).isNull();
    assertThat(unsigned.against(pushed(cutting, "7|1|4|6", "0|2|-1|-3")))
        .isEqualTo(new Disagreement(1, 1, bits(7)));
    assertThat(unsigned.against(pushed(cutting, "7|1|NULL|NULL", "0|2|-1|-3")))
        .as("a row that has no hash")
        .isEqualTo(new Disagreement(1, 1, bits(7)));
    assertThat(unsigned.against(pushed(cutting))).isEqualTo(new Disagreement(3, 0, bits(0, 7)));
    assertThat(pushed(Cutting.NONE, "0|1|1|1").against(pushed(Cutting.NONE, "0|1|1|2")))
        .isEqualTo(new Disagreement(1, 1, null));
    assertThat(pushed(Cutting.NONE).against(pushed(Cutting.NONE))).isNull();
  }

  private static PieceDigest pushed(Cutting cutting, String... answer) {
    List<PieceDigest> digests = new ArrayList<>();
    PushedDigester digester = new PushedDigester(cutting);
    digester.add(2, 0, 5, rows(4, answer));
    digester.drain(
        (piece, digest) -> {
          assertThat(piece).isEqualTo(new DigestKey(2, 0, 5));
          digests.add(digest);
        });
    assertThat(digests).hasSize(1);
    return digests.get(0);
  }

  private static PieceDigest copy(PieceDigest digest) throws CoderException {
    return CoderUtils.decodeFromByteArray(
        PieceDigestCoder.of(), CoderUtils.encodeToByteArray(PieceDigestCoder.of(), digest));
  }

  /** Ten cells of ten numbers. */
  private static Cutting hundred() {
    return Cutting.byNumber(10, 0, range("0", "99"), null, null);
  }

  private static KeyRange range(String start, String end) {
    return new KeyRange(List.of(start), List.of(end));
  }

  private static int cell(Cutting cutting, String number) {
    byte[] text = (" " + number + " ").getBytes(StandardCharsets.UTF_8);
    return cutting.number(text, 1, text.length - 1);
  }

  private static BigInteger number(Random random) {
    BigInteger number = new BigInteger(random.nextInt(66), random);
    return random.nextBoolean() ? number : number.negate();
  }

  private static boolean holds(KeyRange range, BigDecimal number) {
    return compare(number, range.start(), 0) >= 0 && compare(number, range.end(), -1) < 0;
  }

  private static int compare(BigDecimal number, @Nullable List<String> bound, int open) {
    return bound == null ? open : number.compareTo(new BigDecimal(bound.get(0)));
  }

  private static BitSet bits(int... numbers) {
    BitSet bits = new BitSet();
    for (int number : numbers) {
      bits.set(number);
    }
    return bits;
  }
}
