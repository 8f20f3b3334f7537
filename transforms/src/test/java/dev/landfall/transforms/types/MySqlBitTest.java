package dev.landfall.transforms.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.value.Rows;
import org.junit.jupiter.api.Test;

class MySqlBitTest {
  private static String text(String declared, String target, int... bytes) {
    byte[] value = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      value[i] = (byte) bytes[i];
    }
    Rows.Builder out = Rows.builder(1);
    assertThat(new Declared(declared).to(target).append(value, 0, value.length, out)).isNull();
    return String.valueOf(out.build().text(0, 0));
  }

  @Test
  void hasAllOfItsDigitsWhateverHoldsThem() {
    assertThat(text("bit(10)", "bit(10)", 0x02, 0x81)).isEqualTo("1010000001");
    assertThat(text("bit(10)", "varbit(12)", 0x02, 0x81)).isEqualTo("1010000001");
    assertThat(text("bit(10)", "varbit", 0x02, 0x81)).isEqualTo("1010000001");
    assertThat(text("bit(64)", "bit(64)", 0x80, 0, 0, 0, 0, 0, 0, 1))
        .isEqualTo("1" + "0".repeat(62) + "1");
  }

  @Test
  void isTheNumberThatItsBytesAre() {
    assertThat(text("bit(1)", "boolean", 1)).isEqualTo("t");
    assertThat(text("bit(1)", "boolean", 0)).isEqualTo("f");
    assertThat(text("bit(10)", "bytea", 0x02, 0x81)).isEqualTo("\\x0281");
  }
}
