package dev.landfall.validation.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.validation.result.TableKey;
import dev.landfall.validation.result.TableKeyCoder;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

class DigestTest {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(128);

  @Test
  void sumsModuloTwoToThe128() {
    Random random = new Random(3);
    Digest digest = Digest.EMPTY;
    DigestSum sum = new DigestSum();
    BigInteger expected = BigInteger.ZERO;
    for (int i = 0; i < 1000; i++) {
      // All ones now and then, so that sums carry and wrap.
      long high = i % 7 == 0 ? -1 : random.nextLong();
      long low = i % 3 == 0 ? -1 : random.nextLong();
      digest = digest.add(high, low);
      sum.add(high, low);
      expected = expected.add(number(high, low)).mod(MODULUS);
    }
    assertThat(digest.count()).isEqualTo(1000);
    assertThat(number(digest.high(), digest.low())).isEqualTo(expected);
    assertThat(sum.digest()).isEqualTo(digest);
  }

  @Test
  void neitherOrderNorSplittingMatters() {
    Digest a = Digest.EMPTY.add(-1, -1);
    Digest b = Digest.EMPTY.add(5, -2).add(7, 9);
    Digest c = Digest.EMPTY.add(-9, 3);
    assertThat(a.merge(b)).isEqualTo(b.merge(a));
    assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
    assertThat(a.merge(Digest.EMPTY)).isEqualTo(a);
    assertThat(a.add(5, -2).add(7, 9)).isEqualTo(a.merge(b));
  }

  @Test
  void survivesItsCoder() throws CoderException {
    for (Digest digest : List.of(Digest.EMPTY, new Digest(3, -1, Long.MIN_VALUE))) {
      assertThat(copy(DigestCoder.of(), digest)).isEqualTo(digest);
    }
    DigestKey key = new DigestKey(1000, 1, Long.MAX_VALUE);
    assertThat(copy(DigestKeyCoder.of(), key)).isEqualTo(key);
    assertThat(copy(TableKeyCoder.of(), key.tableKey())).isEqualTo(new TableKey(1000, 1));
  }

  @Test
  void bucketsCoverTheirRangeEvenly() {
    Random random = new Random(4);
    int[] rows = new int[48];
    for (int i = 0; i < 48_000; i++) {
      rows[Pieces.bucket(random.nextLong(), rows.length)]++;
    }
    assertThat(Arrays.stream(rows)).allMatch(count -> count > 800 && count < 1200);
    assertThat(Pieces.bucket(-1, 48)).isEqualTo(47);
    assertThat(Pieces.bucket(0, 48)).isZero();
  }

  @Test
  void tablesAreByChunkUnlessSaidOtherwise() {
    Pieces pieces = Pieces.byChunk().withBuckets(0, 1, 64).withBuckets(3, 0, 16);
    assertThat(pieces.buckets(0, 0)).isZero();
    assertThat(pieces.buckets(0, 1)).isEqualTo(64);
    assertThat(pieces.buckets(3, 0)).isEqualTo(16);
    assertThatThrownBy(() -> pieces.withBuckets(0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bucketsGrowWithTheRootOfTheRows() {
    assertThat(Pieces.bucketsFor(0)).isEqualTo(16);
    assertThat(Pieces.bucketsFor(2_000_000)).isEqualTo(35);
    assertThat(Pieces.bucketsFor(10_000_000_000L)).isEqualTo(1024);
  }

  private static <T> T copy(Coder<T> coder, T value) throws CoderException {
    return CoderUtils.decodeFromByteArray(coder, CoderUtils.encodeToByteArray(coder, value));
  }

  private static BigInteger number(long high, long low) {
    return new BigInteger(Long.toUnsignedString(high))
        .shiftLeft(64)
        .add(new BigInteger(Long.toUnsignedString(low)));
  }
}
