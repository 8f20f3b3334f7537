package dev.landfall.transforms.types.form;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Makes JSON of few different values that is written in many ways, so that equal ones meet. */
public final class JsonTexts {
  private static final List<String> KEYS =
      List.of("\"a\"", "\"b\"", "\"bb\"", "\"\"", "\"\\u0061\"", "\"é\"", "\"\\n\"");

  private static final List<String> SCALARS =
      List.of(
          "1",
          "1.0",
          "10e-1",
          "-0",
          "0.0",
          "1.10",
          "1.1",
          "1e20",
          "100000000000000000000",
          "12345678901234567890.123",
          "null",
          "true",
          "false",
          "\"\"",
          "\"a\"",
          "\"\\u0061\"",
          "\"\\\\ \\\" \\/ \\b\\f\\n\\r\\t\"",
          "\"/\"",
          "\"\\/\"",
          "\"😀\"",
          "\"\\ud83d\\ude00\"");

  private JsonTexts() {}

  /** So many texts, some of them equal to others. */
  public static List<String> some(Random random, int count) {
    List<String> texts = new ArrayList<>(List.of("{}", "[]", " [ ] ", "{ }", "[[]]", "[{}]"));
    while (texts.size() < count) {
      texts.add(one(random, 0));
    }
    return texts;
  }

  /** One text. */
  public static String one(Random random, int depth) {
    int choice = random.nextInt(depth > 3 ? 4 : 10);
    if (choice < 4) {
      return blank(random) + SCALARS.get(random.nextInt(SCALARS.size())) + blank(random);
    }
    List<String> parts = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      String key = choice < 7 ? "" : KEYS.get(random.nextInt(KEYS.size())) + blank(random) + ":";
      parts.add(blank(random) + key + one(random, depth + 1));
    }
    Collections.shuffle(parts, random);
    return choice < 7
        ? "[" + String.join(",", parts) + blank(random) + "]"
        : "{" + String.join(",", parts) + blank(random) + "}";
  }

  private static String blank(Random random) {
    return List.of("", "", "", " ", "\n", "\t ").get(random.nextInt(6));
  }
}
