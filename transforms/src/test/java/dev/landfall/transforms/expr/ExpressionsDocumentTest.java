package dev.landfall.transforms.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/expressions.md names what there is, and nothing else. */
final class ExpressionsDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/expressions.md");

  @Test
  void namesEachFunction() throws IOException {
    String text = Files.readString(DOCUMENT);
    assertThat(Functions.names())
        .isNotEmpty()
        .allSatisfy(name -> assertThat(text).containsPattern("\\b" + name + "\\b"));
  }

  @Test
  void saysTheLimits() throws IOException {
    assertThat(Files.readString(DOCUMENT))
        .contains(String.format("%,d characters; all elements", Values.MAX_TEXT))
        .contains(String.format("%,d digits", Values.MAX_DIGITS));
  }

  /** The examples of mistakes, with what is said of them. */
  @Test
  void showsMistakesAsTheyAre() throws IOException {
    String text = Files.readString(DOCUMENT);
    for (String wrong : new String[] {"status = 'A'", "price * ratio"}) {
      assertThat(text).contains(shown(wrong));
    }
  }

  private static String shown(String wrong) {
    try {
      Expression.compile(wrong, Columns.ALL);
      return "no mistake: " + wrong;
    } catch (ExpressionMistake e) {
      return e.shown() + "\n" + e.getMessage();
    }
  }

  @Test
  void hasNoClock() throws IOException {
    Pattern clock = Pattern.compile("(?i)now|today|random|uuid|current");
    assertThat(Functions.names()).noneMatch(name -> clock.matcher(name).find());
  }
}
