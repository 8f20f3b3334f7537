package dev.landfall.transforms.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.transforms.value.Rows;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RowBatchCoderTest {
  private static void assertRoundTrip(RowBatch batch) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RowBatchCoder.of().encode(batch, out);
    out.write(42);
    ByteArrayInputStream in = new ByteArrayInputStream(out.toByteArray());
    RowBatch copy = RowBatchCoder.of().decode(in);

    assertThat(in.read()).as("what comes behind is left").isEqualTo(42);
    assertThat(copy.table()).isEqualTo(batch.table());
    assertThat(copy.chunk()).isEqualTo(batch.chunk());
    assertThat(copy.sequence()).isEqualTo(batch.sequence());
    assertThat(copy.last()).isEqualTo(batch.last());
    assertThat(copy.rows().columns()).isEqualTo(batch.rows().columns());
    assertThat(copy.rows().size()).isEqualTo(batch.rows().size());
    for (int row = 0; row < copy.rows().size(); row++) {
      for (int column = 0; column < copy.rows().columns(); column++) {
        assertThat(copy.rows().value(row, column)).isEqualTo(batch.rows().value(row, column));
      }
    }
  }

  @Test
  void batchesComeBack() throws IOException {
    Rows rows =
        Rows.builder(3)
            .addNull()
            .addText("")
            .add(new byte[] {0, -1, 10})
            .addText("😀")
            .addText("x".repeat(100_000))
            .addNull()
            .build();
    assertRoundTrip(new RowBatch(7, 1L << 40, 3, false, rows));
    assertRoundTrip(new RowBatch(0, 0, 0, true, Rows.builder(2).build()));
    assertRoundTrip(new RowBatch(0, 0, 0, true, Rows.builder(1).addNull().build()));
    assertRoundTrip(new RowBatch(0, 0, 0, true, Rows.builder(1).addText("").build()));
  }

  @Test
  void buildersTakeBackUnfinishedRows() {
    Rows.Builder builder = Rows.builder(2, 1, 1);
    builder.addText("a").addText("b").addText("half");
    builder.append('x');
    builder.truncate(1);
    builder.addNull().addText("d");
    Rows rows = builder.build();
    assertThat(rows.size()).isEqualTo(2);
    assertThat(rows.text(0, 0) + rows.text(0, 1) + rows.text(1, 1)).isEqualTo("abd");
    assertThat(rows.isNull(1, 0)).isTrue();
    assertThat(rows.byteCount()).isEqualTo(3);
    assertThatThrownBy(() -> builder.truncate(3)).isInstanceOf(IllegalArgumentException.class);
    builder.addText("half");
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the last row has 1 of 2 values");
    assertThatThrownBy(() -> Rows.builder(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
