package dev.landfall.validation.match;

import static dev.landfall.validation.TestTables.mapping;
import static dev.landfall.validation.TestTables.rows;
import static dev.landfall.validation.TestTables.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.value.Rows;
import dev.landfall.validation.match.KeyedComparison.State;
import dev.landfall.validation.result.Difference;
import dev.landfall.validation.result.RowCounts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyedComparisonTest {
  private static final Rows NONE = Rows.builder(3).build();

  @Test
  void saysOfEachKeyWhatIsSo() {
    List<State> states =
        compare(
            List.of("1", "2", "3", "4", "5"),
            rows(3, "1|Ann|1.50", "2|Bob|NULL", "3|Cid|1"),
            rows(3, "4|Dan|1", "2|Bob|", "1|Ann|1.5"));
    assertThat(states.stream().map(State::counts))
        .containsExactly(
            RowCounts.of(1, 0, 0, 0),
            RowCounts.of(0, 1, 0, 0),
            RowCounts.of(0, 0, 1, 0),
            RowCounts.of(0, 0, 0, 1),
            RowCounts.NONE);
    assertThat(states.stream().map(State::settled))
        .containsExactly(true, false, false, false, true);
    Difference changed = states.get(1).differences().get(0);
    assertThat(changed.kind()).isEqualTo(Difference.Kind.CHANGED);
    assertThat(changed.columns()).containsExactly("balance");
    assertThat(changed.values()).isEqualTo(Map.of("balance", new Difference.Values(null, "")));
    Difference missing = states.get(2).differences().get(0);
    assertThat(missing.kind()).isEqualTo(Difference.Kind.MISSING);
    assertThat(missing.columns()).isEmpty();
    assertThat(missing.values().keySet()).containsExactly("id", "name", "balance");
    assertThat(missing.values().get("name")).isEqualTo(new Difference.Values("Cid", null));
    Difference extra = states.get(3).differences().get(0);
    assertThat(extra.values().get("name")).isEqualTo(new Difference.Values(null, "Dan"));
  }

  @Test
  void rowsThatAreOnlyAlikeDoNotCount() {
    State state = compare(List.of("1"), rows(3, "10|Ann|1"), rows(3, "11|Ann|1")).get(0);
    assertThat(state.counts()).isEqualTo(RowCounts.NONE);
    assertThat(state.sourceHash()).isNull();
    assertThat(state.targetHash()).isNull();
  }

  @Test
  void keysAreTheSameHoweverTheyAreWritten() {
    assertThat(compare(List.of("+01"), rows(3, "1|Ann|1"), NONE).get(0).counts())
        .isEqualTo(RowCounts.of(0, 0, 1, 0));
  }

  @Test
  void countsRowsOfAKeyThatIsNotUnique() {
    State state =
        compare(List.of("1"), rows(3, "1|Ann|1"), rows(3, "1|Ann|1", "1|Ann|1", "1|Bob|1")).get(0);
    assertThat(state.counts()).isEqualTo(RowCounts.of(1, 0, 0, 2));
    assertThat(state.differences()).hasSize(2);
  }

  @Test
  void equalRowsHaveEqualHashes() {
    State equal = compare(List.of("1"), rows(3, "1|Ann|1.0"), rows(3, "1|Ann|1")).get(0);
    assertThat(equal.sourceHash()).matches("[0-9a-f]{32}").isEqualTo(equal.targetHash());
    State different = compare(List.of("1"), rows(3, "1|Ann|1"), rows(3, "1|Ann|2")).get(0);
    assertThat(different.sourceHash()).isNotEqualTo(different.targetHash());
  }

  private static List<State> compare(List<String> keys, Rows source, Rows target) {
    TableMapping table = mapping(users("id")).table(0);
    return new KeyedComparison(table, table.targets().get(0))
        .compare(keys.stream().map(List::of).toList(), source, target);
  }
}
