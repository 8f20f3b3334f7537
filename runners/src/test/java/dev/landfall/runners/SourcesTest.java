package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the sources themselves have to keep to, and no class file tells. */
class SourcesTest {
  private static final int LONGEST = 300;

  /** A literal that begins as a statement does. NULL and rights of the same words are none. */
  private static final Pattern STATEMENT =
      Pattern.compile(
          "\"(SELECT |INSERT INTO|UPDATE [a-z\"]|DELETE FROM|SET (?!NULL|DEFAULT)|SHOW (?!CREATE R)"
              + "|COPY \\(|EXPLAIN|CREATE (?!ROUTINE)|DROP |TRUNCATE|LOCK |ALTER (?!ROUTINE|ROLE or))");

  /** Where SQL is made: what is sent, and what a view or an expression of the source comes to. */
  private static final Pattern ROOMS_OF_SQL =
      Pattern.compile(".*/transforms/(sql|ledger|translate)/.*");

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module : List.of("transforms", "validation", "pipelines", "runners")) {
      Path main = Path.of("..", module, "src", "main", "java");
      try (Stream<Path> files = Files.walk(main)) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    assertThat(sources).hasSizeGreaterThan(500);
    return sources;
  }

  private static String text(Path source) {
    try {
      return Files.readString(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void noFileIsLong() throws IOException {
    assertThat(sources())
        .filteredOn(source -> text(source).lines().count() > LONGEST)
        .as("files of more than %d lines", LONGEST)
        .isEmpty();
  }

  @Test
  void sqlIsInItsRooms() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path source : sources()) {
      if (!ROOMS_OF_SQL.matcher(source.toString()).matches()) {
        Matcher statement = STATEMENT.matcher(text(source));
        while (statement.find()) {
          found.add(source + ": " + statement.group());
        }
      }
    }
    assertThat(found).isEmpty();
  }
}
