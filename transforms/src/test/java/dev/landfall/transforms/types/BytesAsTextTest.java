package dev.landfall.transforms.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.value.Rows;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes of a source become PostgreSQL's hex format, however many they are. */
class BytesAsTextTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16, 4095, 4096, 4097, 8192, 100_001})
  void everyByteHasItsTwoDigits(int length) {
    byte[] bytes = new byte[length + 2];
    new Random(length).nextBytes(bytes);
    Rows.Builder rows = Rows.builder(1);
    assertThat(Conversion.BYTEA.append(bytes, 1, length + 1, rows)).isNull();
    assertThat(rows.build().text(0, 0))
        .isEqualTo("\\x" + HexFormat.of().formatHex(bytes, 1, length + 1));
  }
}
