package dev.landfall.runners.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

/** Data can't be taken for the page, nor hide in it. */
class ShownTextTest {
  @Test
  void escapesWhatMeansSomething() {
    String hostile = "<script>alert('1')</script> & \"x\" `y` </table>";

    assertThat(ShownText.of(hostile)).doesNotContain("<", ">", "\"", "'", "`");
    assertThat(Jsoup.parse("<p title=\"" + ShownText.of(hostile) + "\">").select("p").attr("title"))
        .isEqualTo(hostile);
  }

  @Test
  void writesOutWhatIsInvisible() {
    assertThat(ShownText.of("a\u0000b\u0007c\u001bd\re\u007ff\u0085g"))
        .isEqualTo("a\u2400b\u2407c\u241bd\u240de\u2421f\\u0085g");
    assertThat(ShownText.of("x\u202ey\u2066z\u200b\ufeff\u200e\u2028"))
        .isEqualTo("x\\u202ey\\u2066z\\u200b\\ufeff\\u200e\\u2028");
    assertThat(ShownText.of("half \ud83d, nothing \uffff"))
        .isEqualTo("half \\ud83d, nothing \\uffff");
  }

  @Test
  void leavesTextsAlone() {
    String text = "tab\tline\nمرحبا 👩\u200d👧 Grüße";

    assertThat(ShownText.of(text)).isEqualTo(text);
  }
}
