package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.SharedServers;
import dev.landfall.runners.cli.ExitCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values that MySQL takes and PostgreSQL does not know: none is lost or changed without a word. */
class OddDefaultsIT {
  /** The row is rejected with its key, and a verification calls it missing. */
  private static final String REJECTED = "rejected";

  /** NULL in the target, which is counted. */
  private static final String COUNTED_NULL = "NULL, counted";

  /**
   * One value in a nullable column.
   *
   * @param outcome {@link #REJECTED}, {@link #COUNTED_NULL} or the target's text
   */
  private record Odd(String declared, String literal, String outcome) {}

  private static final List<Odd> ODD =
      List.of(
          new Odd("date", "'0000-00-00'", COUNTED_NULL),
          new Odd("datetime", "'0000-00-00 00:00:00'", COUNTED_NULL),
          new Odd("datetime(6)", "'0000-00-00 00:00:00'", COUNTED_NULL),
          new Odd("timestamp", "'0000-00-00 00:00:00'", COUNTED_NULL),
          new Odd("date", "'2009-00-12'", REJECTED),
          new Odd("date", "'2009-12-00'", REJECTED),
          new Odd("datetime", "'2009-00-12 10:00:00'", REJECTED),
          new Odd("date", "'2009-02-31'", REJECTED),
          new Odd("datetime", "'2009-04-31 10:00:00'", REJECTED),
          new Odd("date", "'0000-05-05'", REJECTED),
          new Odd("datetime", "'0000-05-05 10:00:00'", REJECTED),
          new Odd("date", "'0009-12-04'", "0009-12-04"),
          new Odd("varchar(20)", "'nul\\0byte'", REJECTED),
          new Odd("text", "'\\0'", REJECTED),
          new Odd("json", "'{\"a\": \"\\\\u0000\"}'", REJECTED),
          new Odd("enum('a','b')", "'c'", ""),
          new Odd("enum('','b')", "'c'", ""),
          new Odd("tinyint(1)", "2", "2"),
          new Odd("varbinary(20)", "'nul\\0byte'", "\\x6e756c0062797465"),
          // Encoded twice is still a text.
          new Odd("varchar(20)", "'J\u00c3\u00bcrgen'", "J\u00c3\u00bcrgen"));

  @ParameterizedTest
  @EnumSource(SourceServer.class)
  void eachHasItsOutcome(SourceServer server) throws Exception {
    try (Pair pair = Pair.make(server.get(), SharedServers.postgres())) {
      List<String> statements = new ArrayList<>(List.of("SET sql_mode = 'ALLOW_INVALID_DATES'"));
      for (int i = 0; i < ODD.size(); i++) {
        Odd odd = ODD.get(i);
        statements.add(
            "CREATE TABLE %s (id int PRIMARY KEY, v %s NULL)".formatted(table(i), odd.declared));
        statements.add("INSERT INTO %s VALUES (1, %s)".formatted(table(i), odd.literal));
      }
      Db.run(pair.source(), statements.toArray(String[]::new));
      String spec = pair.spec("load: {rejects: 100}").toString();

      Cli.run("migrate", "-c", spec).exits(ExitCodes.DIFFERENCES);

      List<String> outcomes = new ArrayList<>();
      for (int i = 0; i < ODD.size(); i++) {
        outcomes.add(outcome(pair, i));
      }
      assertThat(outcomes).containsExactlyElementsOf(ODD.stream().map(Odd::toString).toList());
      assertThat(Verdicts.differences(pair.target()))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, ODD.size())
                  .filter(i -> ODD.get(i).outcome.equals(REJECTED))
                  .mapToObj(i -> Verdicts.missing("public." + table(i), "{\"id\": \"1\"}"))
                  .toList());
    }
  }

  private static String table(int i) {
    return "odd_%02d".formatted(i);
  }

  /** What became of a value, in the form of the list above. */
  private static String outcome(Pair pair, int i) throws Exception {
    Odd odd = ODD.get(i);
    List<String> values =
        Verdicts.texts(
            pair.target(),
            "SELECT CASE WHEN v IS NULL THEN 'NULL, ' || CASE WHEN EXISTS (SELECT FROM"
                + " landfall.disposition WHERE target_table = 'public.%s' AND rows = 1)"
                    .formatted(table(i))
                + " THEN 'counted' ELSE 'not counted' END ELSE format('%s', v) END FROM "
                + table(i)
                + " UNION ALL SELECT 'rejected' FROM landfall.reject WHERE table_name LIKE '%."
                + table(i)
                + "' AND key = '{\"id\": \"1\"}'");
    return new Odd(odd.declared, odd.literal, String.join(" and ", values)).toString();
  }
}
