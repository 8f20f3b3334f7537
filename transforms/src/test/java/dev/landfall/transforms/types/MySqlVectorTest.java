package dev.landfall.transforms.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.value.Rows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MySqlVectorTest {
  private static String convert(byte[] bytes, int start, int end) {
    Rows.Builder out = Rows.builder(1);
    String reason = new Declared("vector(4)").to("vector").append(bytes, start, end, out);
    return reason == null ? new String(out.build().value(0, 0), StandardCharsets.UTF_8) : reason;
  }

  @Test
  void namesEachFloat() {
    // 1.5, -0, 0.1, the smallest and the greatest, somewhere in an array.
    byte[] bytes =
        ByteBuffer.allocate(25)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) 9)
            .putFloat(1.5f)
            .putFloat(-0f)
            .putFloat(0.1f)
            .putFloat(Float.MIN_VALUE)
            .putFloat(Float.MAX_VALUE)
            .array();

    assertThat(convert(bytes, 1, 21)).isEqualTo("[1.5,-0.0,0.1,1.4E-45,3.4028235E38]");
    assertThat(convert(bytes, 1, 5)).isEqualTo("[1.5]");
    assertThat(convert(bytes, 1, 1)).isEqualTo("[]");
    assertThat(convert(bytes, 1, 4)).isEqualTo("no vector: 3 bytes are no whole number of floats");
  }

  @Test
  void losesNoBit() {
    Random random = new Random(7);
    float[] floats = new float[2_000];
    ByteBuffer bytes = ByteBuffer.allocate(floats.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < floats.length; i++) {
      do {
        floats[i] = Float.intBitsToFloat(random.nextInt());
      } while (!Float.isFinite(floats[i]));
      bytes.putFloat(floats[i]);
    }
    String text = convert(bytes.array(), 0, bytes.capacity());

    String[] numbers = text.substring(1, text.length() - 1).split(",", -1);
    assertThat(Arrays.stream(numbers).map(Float::valueOf).toList())
        .containsExactlyElementsOf(
            java.util.stream.IntStream.range(0, floats.length).mapToObj(i -> floats[i]).toList());
  }
}
