package dev.landfall.runners.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibleTest {
  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
  private final PrintStream stream =
      new PrintStream(Visible.stream(terminal), true, StandardCharsets.UTF_8);

  private String shown() {
    return terminal.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "a\u001b[2Jb, a\\u001B[2Jb",
    "a\u009b31mb, a\\u009B31mb",
    "a\u007f\u0007b, a\\u007F\\u0007b",
    "a\rb, a\\u000Db",
    "a\u061cb\u200e\u200f, a\\u061Cb\\u200E\\u200F",
    "a\u202eb\u2066c\u2069, a\\u202Eb\\u2066c\\u2069",
    "a\u200b\ufeffb, a\\u200B\\uFEFFb",
    "a\ufdd0b\ufdd1, a\\uFDD0b\\uFDD1",
    "naïve 日本 שלום 👩\u200d🚀 𝄞, naïve 日本 שלום 👩\u200d🚀 𝄞",
  })
  void dataIsSeenAndSteersNothing(String data, String expected) {
    stream.println(data);
    assertThat(shown()).isEqualTo(expected + "\n");
  }

  @Test
  void whatSteersTheTerminalIsLandfallsOwn() {
    Style style = new Style(new Terminal(true, 80, 24, true, true));
    stream.println(style.bad("x\u001b[32m"));
    assertThat(shown()).isEqualTo("\u001b[31mx\\u001B[32m\u001b[0m\n");
  }

  @Test
  void piecesOfAnyLengthAreOneText() {
    // Longer than a print stream's buffers, with characters and codes at every place of their ends.
    String line = ("ü€👩" + Visible.ESCAPE + "[1m").repeat(2000);
    for (int i = 0; i < 5; i++) {
      stream.println("x".repeat(i) + line);
    }
    String expected = "ü€👩\u001b[1m".repeat(2000);
    assertThat(shown().lines()).allMatch(l -> l.endsWith(expected)).hasSize(5);
    terminal.reset();
    for (byte b : ("ü€👩" + Visible.ESCAPE + "[0m").getBytes(StandardCharsets.UTF_8)) {
      stream.write(b);
      stream.flush();
    }
    assertThat(shown()).isEqualTo("ü€👩\u001b[0m");
  }

  @Test
  void whatIsNeverEndedIsShownInTheEnd() {
    stream.print("a\ufdd0");
    stream.close();
    assertThat(shown()).isEqualTo("a\\uFDD0");
  }
}
