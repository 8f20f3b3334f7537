package dev.landfall.transforms.types.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.canonical.CanonicalTest;
import dev.landfall.transforms.value.ValueBuffer;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pass and the parser say the same, or the pass says nothing. */
class JsonPassTest {
  private final JsonPass pass = new JsonPass();
  private final JsonTree tree = new JsonTree();

  @Test
  void agreesWithTheParserOnRandomJson() {
    Random random = new Random(7);
    int known = 0;
    for (int i = 0; i < 20_000; i++) {
      String text = JsonTexts.one(random, 0);
      ValueBuffer byTree = new ValueBuffer();
      assertThat(append(tree, text, byTree)).as(text).isTrue();
      known += agrees(text, byTree) ? 1 : 0;
    }
    assertThat(known).as("texts without \\u that the pass does itself").isGreaterThan(12_000);
  }

  @Test
  void neverKnowsWhatTheParserRefuses() {
    Random random = new Random(8);
    String noise = "{}[]\",:\\ 0-+.eEtfn/u\u0001é";
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(JsonTexts.one(random, 0));
      int at = random.nextInt(text.length());
      char other = noise.charAt(random.nextInt(noise.length()));
      if (random.nextBoolean()) {
        text.insert(at, other);
      } else {
        text.deleteCharAt(at);
      }
      ValueBuffer byTree = new ValueBuffer();
      if (append(tree, text.toString(), byTree)) {
        agrees(text.toString(), byTree);
      } else {
        refused++;
        assertThat(append(pass, text.toString(), new ValueBuffer())).as("%s", text).isFalse();
      }
    }
    assertThat(refused).isGreaterThan(5_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "01",
        "1.",
        ".5",
        "+1",
        "-",
        "1e",
        "tru",
        "\"",
        "\"\t\"",
        "[1,]",
        "{\"a\":1,}",
        "{\"a\"}",
        "{a:1}",
        "1 2",
        "[1]]",
        "NaN",
        "'a'",
        "\"\\ud800\"",
        "\"\\x\""
      })
  void isNoJson(String text) {
    assertThat(append(pass, text, new ValueBuffer())).isFalse();
    assertThat(append(tree, text, new ValueBuffer())).isFalse();
  }

  @Test
  void ordersTheKeysOfMariaDb() {
    String text =
        "{\"id\":1,\"name\":\"x\",\"address\":{\"zip\":\"1\",\"city\":\"y\"},\"a\":[],\"id\":2}";
    ValueBuffer byTree = new ValueBuffer();
    assertThat(append(tree, text, byTree)).isTrue();
    assertThat(agrees(text, byTree)).as("done by the pass itself").isTrue();
  }

  @Test
  void leavesLargeObjectsOutOfOrderAndDeepOnesToTheParser() {
    String large =
        IntStream.range(0, 100)
            .mapToObj(i -> "\"" + (char) ('z' - i % 26) + i + "\":" + i)
            .collect(Collectors.joining(",", "{", "}"));
    String deep = "[".repeat(300) + "]".repeat(300);
    for (String text : new String[] {large, deep}) {
      assertThat(append(pass, text, new ValueBuffer())).isFalse();
      assertThat(append(new JsonForm(), text, new ValueBuffer())).isTrue();
    }
    String bottomless = "[".repeat(5_000) + "]".repeat(5_000);
    assertThat(append(new JsonForm(), bottomless, new ValueBuffer())).isFalse();
  }

  /** Whether the pass knows the text; fails when it knows it wrongly. */
  private boolean agrees(String text, ValueBuffer expected) {
    ValueBuffer byPass = new ValueBuffer();
    if (!append(pass, text, byPass)) {
      return false;
    }
    assertThat(CanonicalTest.content(byPass)).as(text).isEqualTo(CanonicalTest.content(expected));
    return true;
  }

  private static boolean append(CanonicalForm form, String text, ValueBuffer out) {
    byte[] bytes = CanonicalTest.utf8("?" + text + "?");
    return form.append(bytes, 1, bytes.length - 1, out);
  }
}
