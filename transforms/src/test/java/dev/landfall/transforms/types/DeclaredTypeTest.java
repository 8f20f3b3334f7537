package dev.landfall.transforms.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.model.SourceColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeclaredTypeTest {
  /** Columns as the catalogues of both products declare them. */
  private static final List<String> COLUMNS =
      List.of(
          "tinyint(1)",
          "tinyint(1) unsigned",
          "tinyint(4)",
          "int(10) unsigned",
          "int",
          "bigint(20) unsigned",
          "bigint unsigned zerofill",
          "decimal(10,2)",
          "decimal(10,2) unsigned",
          "float(7,3)",
          "enum('a,b','(1)')",
          "point srid 4326",
          "geometry",
          "geomcollection",
          "year(4)",
          "bit(1)",
          "bit(8)",
          "datetime(6)",
          "varchar(36)");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tinyint(1)|tinyint(1)",
        "BOOL|tinyint(1)",
        "tinyint|tinyint(1), tinyint(1) unsigned, tinyint(4)",
        "tinyint(1) unsigned|tinyint(1) unsigned",
        "int|int(10) unsigned, int",
        "integer(11) unsigned|int(10) unsigned",
        "bigint  unsigned|bigint(20) unsigned, bigint unsigned zerofill",
        "numeric( 10, 2 )|decimal(10,2), decimal(10,2) unsigned",
        "decimal(10,2) unsigned|decimal(10,2) unsigned",
        "decimal(10,3)|",
        "float|float(7,3)",
        "enum|enum('a,b','(1)')",
        "point|point srid 4326",
        "geometry|point srid 4326, geometry, geomcollection",
        "geometrycollection|geomcollection",
        "year|year(4)",
        "bit|bit(1), bit(8)",
        "bit(1)|bit(1)",
        "datetime|datetime(6)",
        "varchar(36)|varchar(36)",
        "set|",
        "colour|unknown",
        "'int; drop'|unknown",
      })
  void coversColumns(String written, String covered) {
    Optional<DeclaredType> type = DeclaredType.parse(written);

    assertThat(
            type.map(t -> COLUMNS.stream().filter(c -> t.covers(column(c))).toList())
                .map(c -> String.join(", ", c))
                .orElse("unknown"))
        .isEqualTo(covered == null ? "" : covered);
  }

  /** Each row: the type that wins comes last. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "geometry|point",
        "tinyint|tinyint(1)",
        "bigint|bigint unsigned",
        "bit|bit(1)",
        "decimal|decimal unsigned|decimal(10,2)|decimal(10,2) unsigned"
      })
  void ordersBySpecificity(String row) {
    List<DeclaredType> types =
        Arrays.stream(row.split("[|]", -1)).map(t -> DeclaredType.parse(t).orElseThrow()).toList();

    assertThat(types).isSortedAccordingTo(DeclaredType.leastSpecificFirst());
    List<DeclaredType> reversed = new ArrayList<>(types);
    Collections.reverse(reversed);
    assertThat(reversed.stream().sorted(DeclaredType.leastSpecificFirst()))
        .containsExactlyElementsOf(types);
  }

  private static SourceColumn column(String columnType) {
    return new SourceColumn(
        "c",
        columnType.replaceAll("[ (].*", ""),
        columnType,
        true,
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
  }
}
