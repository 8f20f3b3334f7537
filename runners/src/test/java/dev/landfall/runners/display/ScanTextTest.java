package dev.landfall.runners.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.catalog.OddCount;
import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.Policy;
import dev.landfall.transforms.model.Policy.Outcome;
import dev.landfall.transforms.model.TableName;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScanTextTest {
  private static OddCount count(String column, OddValue odd, long rows, Policy policy) {
    return new OddCount(new TableName("shop", "orders"), column, odd, rows, policy);
  }

  @Test
  void isATableOfCommentsAndASum() {
    Policy refuse = Policy.of(Outcome.REFUSE);
    assertThat(
            ScanText.lines(
                List.of(
                    count("shipped", OddValue.ZERO_DATE, 12345, Policy.of(Outcome.NULL)),
                    count("shipped", OddValue.PARTIAL_DATE, 7, refuse),
                    // One column of the source in two targets.
                    count("bad\nname", OddValue.NUL, 20, refuse),
                    count("bad\nname", OddValue.NUL, 20, new Policy(Outcome.VALUE, "a\n;b")),
                    count(
                        "a_name_that_is_longer_than_any_column_of_this_table",
                        OddValue.EMPTY_ENUM,
                        1,
                        Policy.of(Outcome.KEEP)))))
        .containsExactly(
            "-- Odd values in the source",
            "",
            "-- column                                            odd value        rows  rule",
            "-- shop.orders.shipped                               zero date      12,345  zeroDate: null",
            "-- shop.orders.shipped                               partial date        7  partialDate: refuse",
            "-- shop.orders.bad name                              NUL character      20  nul: refuse",
            "-- shop.orders.bad name                              NUL character      20  nul: {value: \"a ;b\"}",
            "-- shop.orders.a_name_that_is_longer_than_any_column_of_this_table",
            "--                                                   enum index 0        1  emptyEnum: keep",
            "",
            "-- 12,373 odd values in 3 columns; at most 27 rows would be refused");
  }

  @Test
  void saysWhenNothingIsRefusedOrFound() {
    assertThat(ScanText.sum(List.of(count("a", OddValue.NUL, 1, Policy.of(Outcome.STRIP)))))
        .isEqualTo("1 odd value in 1 column; no row would be refused for one");
    assertThat(ScanText.lines(List.of()))
        .containsExactly("-- Odd values in the source", "", "-- nothing odd was found");
  }
}
