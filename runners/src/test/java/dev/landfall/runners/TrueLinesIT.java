package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is said of a migration is so when it is said, whatever runs came in between. */
class TrueLinesIT {
  private static final String MOMENT = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC";

  @Test
  void aRunThatComparedNothingSaysSo() throws Exception {
    try (Pair pair = Pair.make()) {
      Db.run(
          pair.source(),
          "CREATE TABLE a (id int PRIMARY KEY, v int)",
          "CREATE TABLE b (id int PRIMARY KEY, v int)",
          "INSERT INTO a SELECT seq, seq FROM seq_1_to_50",
          "INSERT INTO b SELECT seq, seq FROM seq_1_to_7");
      Path spec = pair.spec();
      String config = spec.toString();
      assertThat(Cli.migrate(spec).exits(0).out())
          .contains(
              "This run compared nothing. The two sides were never compared. To compare both sides"
                  + " as they are now:\n  landfall verify ");
      assertThat(Cli.run("migrate", "-c", config).exits(0).out())
          .contains("Both sides are equal. 0 rows of 57 moved by this run in ");
      Db.run(pair.target(), "TRUNCATE a");

      for (String again : new String[] {"backfill", "migrate --no-verify"}) {
        Cli.Result result = Cli.run((again + " -c " + config).split(" ")).exits(0);
        assertThat(result.out())
            .doesNotContain("Both sides are equal")
            .containsPattern(
                "This run compared nothing\\. Last compared on "
                    + MOMENT
                    + " \\(every row\\): of 2 tables 2 equal\\. To compare both sides as they are"
                    + " now:\n  landfall verify ");
      }
      assertThat(Cli.run("backfill", "--json", "-c", config).exits(0).out())
          .contains("\"comparedLevel\":\"checksum\"", "\"comparedByNewestRun\":false");

      // A verification is a run; what moved the migration on is another.
      assertThat(Cli.run("verify", "--self-test", "--table", "nix", "-c", config).exits(2).err())
          .contains("There is no target table nix");
      Cli.run("schema", "--apply", "post", "-c", config).exits(0);
      assertThat(Cli.status(spec).out()).startsWith("move  done  2 of 2 chunks");

      // What could not start is in the history, and nothing is said of what it would have done.
      Cli.Result refused =
          Cli.run("migrate", "-c", pair.spec("mappings: [{table: b, to: c}]").toString()).exits(2);
      assertThat(refused.err())
          .contains("was begun with another mapping")
          .doesNotContain("are committed already");
      assertThat(Cli.run("history", "-n", "1", "-c", config).exits(0).out())
          .containsPattern("migrate .* usage\n +Migration \"move\" was begun with another mapping");

      // Less close looks take nothing from what is known, unless they find something.
      assertThat(Cli.run("verify", "--level", "count", "-c", config).exits(3).out())
          .contains("counting does not tell which rows differ", "50 new differences.")
          .doesNotContain("repair", "look at these keys");
      assertThat(Cli.status(spec).out())
          .containsPattern(
              "Last compared on .* \\(some tables by their numbers of rows only\\): of 2 tables 1"
                  + " equal, 1 with 50 differences\\.");
      Cli.run("verify", "-c", config).exits(3);
      assertThat(Cli.run("verify", "--level", "count", "-c", config).exits(3).out())
          .contains("None of the differences is new.");
      Cli.run("verify", "--level", "sample", "1", "-c", config).exits(3);
      assertThat(Cli.status(spec).out())
          .containsPattern("Last compared .* \\(every row\\): of 2 tables 1 equal, 1 with 50 diff");
      Cli.run("verify", "-c", config).exits(3);
      Cli.run("repair", "--execute", "-c", config).exits(0);
      Cli.run("verify", "-c", config).exits(0);
      Cli.run("verify", "--level", "sample", "1", "-c", config).exits(0);
      assertThat(Cli.run("status", "--json", "-c", config).out())
          .contains("\"comparedLevel\":\"checksum\"", "\"comparedByNewestRun\":true");
      Cli.run("verify", "--self-test", "-c", config).exits(0);
      Cli.run("verify", "--self-test", "--table", "a", "-c", config).exits(0);
      assertThat(Cli.status(spec).out())
          .containsPattern("Last compared .* \\(every row\\): of 2 tables 2 equal\\.");
      assertThat(Cli.run("report", "--json", "-c", config).exits(0).out())
          .contains("\"sentence\":\"Every row and every mapped column of 2 tables (57 rows) was")
          .containsPattern(
              "\"selfTest\":\\{\"passed\":true,\"run\":\\d+,\"tables\":\\[\\{\"target\":\"public.b\""
                  + ".*\\{\"target\":\"public.a\"");
    }
  }
}
