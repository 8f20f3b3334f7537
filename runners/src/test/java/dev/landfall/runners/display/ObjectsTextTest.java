package dev.landfall.runners.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.model.SchemaObject;
import dev.landfall.transforms.model.SchemaObject.Kind;
import dev.landfall.transforms.model.SchemaObject.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectsTextTest {
  @Test
  void aTableThenTheTextsThenTheSum() {
    List<SchemaObject> objects =
        List.of(
            new SchemaObject(Kind.TABLE, "orders", Outcome.SAME, "", null),
            new SchemaObject(Kind.COLUMN, "orders.id", Outcome.SAME, "", null),
            new SchemaObject(
                Kind.COLUMN, "orders.size", Outcome.CONVERTED, "enum becomes text", null),
            new SchemaObject(
                Kind.INDEX,
                "orders.an_index_with_a_name_of_many_words",
                Outcome.CONVERTED,
                "is a GIN index on to_tsvector('simple', …); MATCH … AGAINST has to be written anew",
                null),
            new SchemaObject(
                Kind.TRIGGER,
                "before\nDROP TABLE t;",
                Outcome.LEFT,
                "triggers are not translated",
                "CREATE TRIGGER x\n\rBEGIN\r\n  SELECT 1;\nEND"));

    List<String> lines = ObjectsText.lines(objects);

    assertThat(String.join("\n", lines))
        .isEqualTo(
            """
            -- What becomes of each object

            -- kind     name                              outcome      note
            -- table    orders                            same
            -- column   orders.size                       converted    enum becomes text
            -- index    orders.an_index_with_a_name_of_many_words
            --                                            converted    is a GIN index on to_tsvector('simple',
            --                                                         …); MATCH … AGAINST has to be written
            --                                                         anew
            -- trigger  before DROP TABLE t;              left to you  triggers are not translated

            -- trigger before DROP TABLE t;, left to you:
            --     CREATE TRIGGER x
            --
            --     BEGIN
            --       SELECT 1;
            --     END

            -- 5 objects: 2 same, 2 converted, 1 left to you""");
    assertThat(lines).allSatisfy(line -> assertThat(line).matches("|-- .*|--"));
  }
}
