package dev.landfall.validation.result;

import static dev.landfall.validation.TestTables.BIGINT;
import static dev.landfall.validation.TestTables.SHOP_USERS;
import static dev.landfall.validation.TestTables.column;
import static dev.landfall.validation.TestTables.mapping;
import static dev.landfall.validation.TestTables.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TableName;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

class VerificationReportTest {
  private static final TableName ACCOUNTS = new TableName("public", "accounts");
  private static final TableName PROFILES = new TableName("public", "profiles");
  private static final Mapping MAPPING =
      mapping(
          table(ACCOUNTS, List.of("id"), column("id", BIGINT)),
          table(PROFILES, List.of("id"), column("id", BIGINT)));

  @Test
  void equalWhenEveryTableIs() {
    VerificationReport report =
        VerificationReport.of(
            MAPPING,
            Map.of(new TableKey(0, 0), RowCounts.matched(3), new TableKey(0, 1), RowCounts.NONE),
            List.of());
    assertThat(report.equal()).isTrue();
    assertThat(report.tables())
        .containsExactly(
            new TableVerdict(SHOP_USERS, ACCOUNTS, RowCounts.matched(3)),
            new TableVerdict(SHOP_USERS, PROFILES, RowCounts.NONE));
  }

  @Test
  void oneDifferenceIsEnough() {
    VerificationReport report =
        VerificationReport.of(
            MAPPING,
            Map.of(
                new TableKey(0, 0),
                RowCounts.matched(3),
                new TableKey(0, 1),
                RowCounts.matched(2).plus(RowCounts.of(0, 0, 0, 1))),
            List.of());
    assertThat(report.equal()).isFalse();
    assertThat(report.tables().get(0).equal()).isTrue();
    assertThat(report.tables().get(1).rows()).isEqualTo(new RowCounts(2, 3, 2, 0, 0, 1));
  }

  @Test
  void nothingIsCalledEqualThatWasNotCompared() {
    assertThatThrownBy(
            () ->
                VerificationReport.of(
                    MAPPING, Map.of(new TableKey(0, 0), RowCounts.matched(3)), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("public.profiles was not compared");
  }

  @Test
  void countsAddUp() throws CoderException {
    RowCounts counts = RowCounts.of(1, 2, 3, 4);
    assertThat(counts).isEqualTo(new RowCounts(6, 7, 1, 2, 3, 4));
    assertThat(
            CoderUtils.decodeFromByteArray(
                RowCountsCoder.of(), CoderUtils.encodeToByteArray(RowCountsCoder.of(), counts)))
        .isEqualTo(counts);
    assertThatThrownBy(() -> new RowCounts(6, 7, 1, 2, 3, 5))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
