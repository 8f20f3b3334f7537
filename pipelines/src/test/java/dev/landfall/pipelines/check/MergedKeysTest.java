package dev.landfall.pipelines.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.MovedDatabase.Source;
import dev.landfall.pipelines.SpecBed;
import dev.landfall.pipelines.prepare.Preparation;
import dev.landfall.pipelines.prepare.Prepared;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two tables go into one of the user's own. */
class MergedKeysTest {
  private static final String SPEC =
      "mappings: [{table: a_2023, to: orders}, {table: a_2024, to: others}]\n";

  private static List<String> look(SpecBed bed) throws SQLException {
    Spec spec = bed.spec(SPEC);
    Prepared plain = Preparation.prepare(spec);
    TargetTable orders = plain.mapping().table(0).targets().get(0);
    assertThat(orders.existing()).isTrue();
    TableMapping second = plain.mapping().table(1);
    Mapping merged =
        new Mapping(
            List.of(
                plain.mapping().table(0),
                new TableMapping(second.source(), second.read(), List.of(orders))));
    Prepared prepared =
        new Prepared(
            plain.catalog(),
            plain.target(),
            merged,
            plain.fixed(),
            plain.known(),
            plain.ddl(),
            plain.promised(),
            plain.style(),
            plain.changes());
    return new MergedKeys()
            .look(
                new Surroundings(
                    Purpose.MIGRATE,
                    /* anew= */ false,
                    bed.targetConnection(),
                    spec,
                    prepared,
                    null))
            .stream()
            .map(CheckResult::message)
            .toList();
  }

  @Test
  void theKeyHasToBeUnique() throws SQLException {
    try (SpecBed bed = new SpecBed(Source.MARIADB)) {
      bed.source(
          "CREATE TABLE a_2023 (id int PRIMARY KEY, note varchar(9))",
          "CREATE TABLE a_2024 (id int PRIMARY KEY, note varchar(9))");
      bed.target("CREATE TABLE orders (id int NOT NULL, note varchar(9))");
      String source = bed.sourceName();
      assertThat(look(bed))
          .containsExactly(
              source
                  + ".a_2023 and "
                  + source
                  + ".a_2024 become the table public.orders, which takes two rows of one key, so a"
                  + " row that two of them have would be there twice. Make the key unique there:"
                  + " ALTER TABLE \"public\".\"orders\"\n    ADD CONSTRAINT \"orders_key\" UNIQUE"
                  + " (\"id\");");
      bed.target("ALTER TABLE orders ADD UNIQUE (id)");
      assertThat(look(bed)).isEmpty();
    }
  }
}
