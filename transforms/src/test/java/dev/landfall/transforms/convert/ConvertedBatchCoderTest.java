package dev.landfall.transforms.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.read.Rows;
import dev.landfall.transforms.schema.ColumnMapping;
import dev.landfall.transforms.schema.Conversion;
import dev.landfall.transforms.schema.SourceColumn;
import dev.landfall.transforms.schema.SourceIndex;
import dev.landfall.transforms.schema.SourceTable;
import dev.landfall.transforms.schema.TableMapping;
import dev.landfall.transforms.schema.TableName;
import dev.landfall.transforms.schema.TargetTable;
import dev.landfall.transforms.schema.TypeMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.util.CoderUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Converting, and what it gives behind a round trip through the coder. */
class ConvertedBatchCoderTest {
  private static SourceColumn column(String name) {
    return new SourceColumn(
        name, "x", "x", true, null, false, false, null, null, null, null, null, null, null, false,
        "");
  }

  private static ColumnMapping to(
      String name, String type, boolean nullable, int source, Conversion conversion) {
    return new ColumnMapping(
        name, TypeMapper.parse(type), nullable, source, conversion, null, null);
  }

  @SafeVarargs
  private static TableMapping mapping(List<ColumnMapping>... targets) {
    List<SourceColumn> columns = List.of(column("id"), column("v"), column("at"));
    SourceIndex key =
        new SourceIndex(
            "PRIMARY", true, "BTREE", List.of(new SourceIndex.Part("id", null, null, false)));
    List<TargetTable> tables = new ArrayList<>();
    for (List<ColumnMapping> target : targets) {
      tables.add(
          new TargetTable(new TableName("public", "t" + tables.size()), target, List.of(), false));
    }
    return new TableMapping(
        new SourceTable(new TableName("s", "t"), columns, List.of(key), List.of(), null, "", 0, 0),
        columns,
        tables);
  }

  private static List<List<@Nullable String>> texts(Rows rows) {
    List<List<@Nullable String>> all = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      List<@Nullable String> values = new ArrayList<>();
      for (int i = 0; i < rows.columns(); i++) {
        values.add(rows.text(row, i));
      }
      all.add(values);
    }
    return all;
  }

  private static ConvertedBatch convert(TableMapping mapping, Rows rows) throws Exception {
    ConvertedBatch batch = new TableConverter(mapping).convert(new RowBatch(0, 5, 1, true, rows));
    return CoderUtils.clone(ConvertedBatchCoder.of(), batch);
  }

  @Test
  void untouchedRowsStayTheSameArrays() throws Exception {
    TableMapping mapping =
        mapping(
            List.of(
                to("id", "integer", true, 0, Conversion.NONE),
                to("v", "text", true, 1, Conversion.TEXT),
                to("at", "timestamp", false, 2, Conversion.DATE)));
    Rows rows = Rows.builder(3).addText("1").addNull().addText("2024-01-01 00:00:00").build();

    ConvertedBatch batch = convert(mapping, rows);

    assertThat(batch.targets().get(0)).isSameAs(batch.source().rows());
    assertThat(batch.sourceRows()).isNull();
    assertThat(texts(batch.targets().get(0))).isEqualTo(texts(rows));
    assertThat(batch.rejects()).isEmpty();
    assertThat(batch.source().chunk()).isEqualTo(5);
    assertThat(batch.source().sequence()).isEqualTo(1);
  }

  @Test
  void rejectedRowsAreInNoTarget() throws Exception {
    TableMapping mapping =
        mapping(
            List.of(
                to("id", "integer", true, 0, Conversion.NONE),
                to("v", "bytea", true, 1, Conversion.BYTEA)),
            List.of(
                to("at", "timestamp", false, 2, Conversion.DATE),
                to("later", "timestamp", true, 2, Conversion.DATE),
                new ColumnMapping(
                    "c",
                    TypeMapper.parse("text"),
                    true,
                    ColumnMapping.CONSTANT,
                    Conversion.NONE,
                    "k",
                    null)));
    Rows rows =
        Rows.builder(3)
            .addText("1")
            .addText("a\\")
            .addText("2024-01-01 00:00:00")
            .addText("2")
            .addText("b")
            .addText("2009-00-12 00:00:00")
            .addText("3")
            .addNull()
            .addNull()
            .build();

    ConvertedBatch batch = convert(mapping, rows);

    assertThat(texts(batch.targets().get(0)))
        .containsExactly(List.of("1", "\\x615c"), java.util.Arrays.asList("3", null));
    assertThat(texts(batch.targets().get(1)))
        .containsExactly(
            List.of("2024-01-01 00:00:00", "2024-01-01 00:00:00", "k"),
            java.util.Arrays.asList(null, null, "k"));
    assertThat(batch.sourceRow(0)).isZero();
    assertThat(batch.sourceRow(1)).isEqualTo(2);
    assertThat(batch.rejects())
        .containsExactly(
            new Reject(
                Map.of("id", "2"),
                "at",
                "a zero or partial date, which PostgreSQL does not know, in a column that is NOT"
                    + " NULL",
                "2009-00-12 00:00:00"));
  }

  @Test
  void everyConversion() throws Exception {
    TableMapping mapping =
        mapping(
            List.of(
                to("id", "bit(10)", true, 0, Conversion.BIT),
                to("v", "text[]", true, 1, Conversion.SET),
                to("at", "date", true, 2, Conversion.DATE)),
            List.of(to("b", "boolean", true, 0, Conversion.BIT_BOOLEAN)));
    Rows rows =
        Rows.builder(3)
            .add(new byte[] {2, 5})
            .addText("a\"b,c\\d,{e}")
            .addText("0000-00-00")
            .add(new byte[] {0, 0})
            .addText("")
            .addText("2024-12-31")
            .add(new byte[] {1})
            .addNull()
            .addText("2024-12-00")
            .build();

    ConvertedBatch batch = convert(mapping, rows);

    assertThat(texts(batch.targets().get(0)))
        .containsExactly(
            java.util.Arrays.asList("1000000101", "{\"a\\\"b\",\"c\\\\d\",\"{e}\"}", null),
            List.of("0000000000", "{}", "2024-12-31"),
            java.util.Arrays.asList("0000000001", null, null));
    assertThat(texts(batch.targets().get(1)))
        .containsExactly(List.of("t"), List.of("f"), List.of("t"));
    assertThat(batch.dispositions())
        .containsExactly(new Disposition(0, "at", "zero date → NULL", 2));
  }

  @Test
  void emptyBatch() throws Exception {
    TableMapping mapping = mapping(List.of(to("v", "bytea", true, 1, Conversion.BYTEA)));
    ConvertedBatch batch = convert(mapping, Rows.builder(3).build());
    assertThat(batch.targets().get(0).size()).isZero();
    assertThat(batch.targets().get(0).columns()).isEqualTo(1);
  }
}
