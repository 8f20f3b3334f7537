package dev.landfall.validation.digest;

import static dev.landfall.validation.TestTables.rows;
import static dev.landfall.validation.TestTables.users;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.transforms.canonical.RowHasher;
import dev.landfall.transforms.value.Rows;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowHasherTest {
  private final Rows source = rows(3, "1|Ann|1.50", "1|Ann|2.00", "2|Ann|1.50", "1|NULL|1.50");
  private final Rows target = rows(3, "01|Ann|1.5");

  @Test
  void equalRowsHashAlike() {
    RowHasher hasher = new RowHasher(users("id"));
    assertThat(hashes(hasher, target, 0)).isEqualTo(hashes(hasher, source, 0));
  }

  @Test
  void everyColumnCounts() {
    RowHasher hasher = new RowHasher(users("id"));
    List<Long> first = hashes(hasher, source, 0);
    for (int other = 1; other < source.size(); other++) {
      List<Long> hashes = hashes(hasher, source, other);
      assertThat(hashes.get(0)).isNotEqualTo(first.get(0));
      assertThat(hashes.get(1)).isNotEqualTo(first.get(1));
    }
    assertThat(hashes(hasher, source, 1).subList(2, 6))
        .containsExactly(first.get(2), first.get(3), first.get(4), hasher.columnHash(2))
        .doesNotContain(first.get(5));
  }

  @Test
  void theKeyHashIsOfTheKeyOnly() {
    RowHasher byId = new RowHasher(users("id"));
    long key = hashes(byId, source, 0).get(2);
    assertThat(hashes(byId, source, 1).get(2)).isEqualTo(key);
    assertThat(hashes(byId, source, 2).get(2)).isNotEqualTo(key);

    RowHasher byBoth = new RowHasher(users("id", "name"));
    long both = hashes(byBoth, source, 0).get(2);
    assertThat(hashes(byBoth, source, 1).get(2)).isEqualTo(both);
    assertThat(hashes(byBoth, source, 2).get(2)).isNotEqualTo(both);
    assertThat(hashes(byBoth, source, 3).get(2)).isNotEqualTo(both);
  }

  @Test
  void withoutAKeyTheRowIsTheKey() {
    RowHasher hasher = new RowHasher(users());
    assertThat(hashes(hasher, source, 0).get(2)).isEqualTo(hasher.low());
    assertThat(hashes(hasher, source, 1).get(2)).isEqualTo(hasher.low());
  }

  @Test
  void refusesRowsOfAnotherTable() {
    assertThatThrownBy(() -> new RowHasher(users("id")).hash(rows(2, "1|Ann"), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rows of 2 columns for public.users, which has 3");
  }

  /** High, low, key, then the columns. */
  private static List<Long> hashes(RowHasher hasher, Rows rows, int row) {
    hasher.hash(rows, row);
    return List.of(
        hasher.high(),
        hasher.low(),
        hasher.keyHash(),
        hasher.columnHash(0),
        hasher.columnHash(1),
        hasher.columnHash(2));
  }
}
