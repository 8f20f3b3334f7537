package dev.landfall.transforms.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.transforms.model.RowFilter;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.types.Conversion;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Events of a log of which one table takes those of users and another those that are paid: a row
 * may go to both, to one, or to none.
 */
class FilteredLoadTest {
  private LoadBed bed;

  @BeforeEach
  void open() throws SQLException {
    bed =
        new LoadBed(
            LoadBed.mapping(
                List.of(
                    LoadBed.column("id", "int", false),
                    LoadBed.column("kind", "varchar", true),
                    LoadBed.column("state", "varchar", true)),
                LoadBed.table(
                        false,
                        "of_users",
                        LoadBed.to("id", "integer", 0, Conversion.NONE),
                        LoadBed.to("state", "text", 2, Conversion.TEXT))
                    .withFilter(new RowFilter.OneOf(1, List.of("user", "admin"))),
                LoadBed.table(
                        false,
                        "paid",
                        LoadBed.to("id", "integer", 0, Conversion.NONE),
                        LoadBed.to("kind", "text", 1, Conversion.TEXT))
                    .withFilter(new RowFilter.OneOf(2, List.of("paid")))),
            "CREATE TABLE of_users (id int, state text)",
            "CREATE TABLE paid (id int UNIQUE, kind text)");
  }

  @AfterEach
  void close() throws SQLException {
    bed.close();
  }

  /** Of four rows one goes to both, one to each, and one to none, which has a NULL. */
  private static List<List<@Nullable String>> events(int from, int to) {
    return IntStream.range(from, to).mapToObj(FilteredLoadTest::event).toList();
  }

  private static List<@Nullable String> event(int id) {
    String number = String.valueOf(id);
    return switch (id % 4) {
      case 0 -> List.of(number, "user", "paid");
      case 1 -> List.of(number, "admin", "open");
      case 2 -> List.of(number, "robot", "paid");
      default -> java.util.Arrays.asList(number, null, "open");
    };
  }

  private void assertLoaded(int events) throws SQLException {
    assertThat(bed.rows("SELECT id FROM of_users ORDER BY id")).isEqualTo(ids(events, 0, 1));
    assertThat(bed.rows("SELECT id FROM paid ORDER BY id")).isEqualTo(ids(events, 0, 2));
  }

  private static List<String> ids(int events, int... rests) {
    return IntStream.range(0, events)
        .filter(id -> IntStream.of(rests).anyMatch(rest -> id % 4 == rest))
        .mapToObj(String::valueOf)
        .toList();
  }

  @Test
  void eachRowIsAccountedForOnce() throws Exception {
    bed.plan(3);
    RowBatch[] whole = LoadBed.whole(0, events(0, 100));
    RowBatch[] pieces = LoadBed.pieces(1, events(100, 240), 40);
    // Nothing of it goes anywhere.
    RowBatch[] nothing = LoadBed.whole(2, List.of(event(243)));

    bed.load(whole, pieces);
    bed.load(pieces, nothing, whole);

    assertLoaded(240);
    assertThat(bed.chunks()).containsExactly("0|t|100|75|25|0", "1|t|140|105|35|0", "2|t|1|0|1|0");
  }

  /** The session of a worker is lost within a chunk, and another run goes on. */
  @Test
  void aLoadThatWasCutOffIsCountedOnce() throws Exception {
    bed.plan(2);
    RowBatch[] first = LoadBed.whole(0, events(0, 100));
    RowBatch[] second = LoadBed.pieces(1, events(100, 200), 40);
    bed.load(first);
    try (Connection lost = bed.connect()) {
      ChunkLoad load = bed.chunkLoad(lost, second[0]);
      assertThat(load.begin()).isTrue();
      load.load(bed.convert(second[0]));
      load.load(bed.convert(second[1]));
      bed.rows(
          "SELECT pg_terminate_backend("
              + lost.unwrap(org.postgresql.PGConnection.class).getBackendPID()
              + ")");
      assertThatThrownBy(load::commit).isInstanceOf(SQLException.class);
    }
    assertThat(bed.chunks()).containsExactly("0|t|100|75|25|0", "1|f|0|0|0|0");
    bed.nextRun();

    bed.load(first, second);

    assertLoaded(200);
    assertThat(bed.chunks()).containsExactly("0|t|100|75|25|0", "1|t|100|75|25|0");
  }

  /** A row that one of its tables refuses is in neither of them, and one of none is no reject. */
  @Test
  void whatOneTableRefusesIsInNone() throws Exception {
    bed.plan(1);
    bed.rows("INSERT INTO paid VALUES (8, 'there'), (10, 'there'), (11, 'there') RETURNING id");

    bed.load(RejectLimit.ofRows(100), LoadBed.whole(0, events(0, 40)));

    assertThat(bed.chunks()).containsExactly("0|t|40|28|10|2");
    assertThat(bed.rows("SELECT key->>'id' FROM landfall.reject ORDER BY id"))
        .containsExactly("8", "10");
    assertThat(bed.rows("SELECT id FROM of_users ORDER BY id"))
        .isEqualTo(ids(40, 0, 1).stream().filter(id -> !id.equals("8")).toList());
    assertThat(bed.rows("SELECT id FROM paid WHERE kind <> 'there' ORDER BY id"))
        .isEqualTo(ids(40, 0, 2).stream().filter(id -> !List.of("8", "10").contains(id)).toList());
    // By the key that each would have in the tables that it goes to.
    assertThat(
            bed.rows(
                "SELECT target_keys[1] IS NULL, target_keys[2] IS NULL FROM landfall.reject"
                    + " ORDER BY id"))
        .containsExactly("f|f", "t|f");
  }
}
