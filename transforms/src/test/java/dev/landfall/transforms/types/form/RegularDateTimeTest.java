package dev.landfall.transforms.types.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.canonical.CanonicalTest;
import dev.landfall.transforms.value.RegularDateTime;
import dev.landfall.transforms.value.ValueBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick way and the other one say the same, or the quick one says nothing. */
class RegularDateTimeTest {
  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);

  @Test
  void knowsEveryDateOfFourDigits() {
    LocalDate end = LocalDate.of(10_000, 1, 1);
    for (LocalDate date = LocalDate.of(1, 1, 1); date.isBefore(end); date = date.plusDays(1)) {
      byte[] text = CanonicalTest.utf8(date.toString());
      assertThat(RegularDateTime.days(text, 0)).isEqualTo(date.toEpochDay());
    }
  }

  @Test
  void agreesOnRandomTimestamps() {
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      LocalDateTime time =
          LocalDateTime.ofEpochSecond(
                  random.nextLong(-60_000_000_000L, 250_000_000_000L), 0, ZoneOffset.UTC)
              .plus(random.nextInt(1_000_000), ChronoUnit.MICROS);
      int digits = random.nextInt(7);
      String text = text(time, digits) + (random.nextBoolean() ? "+00" : "");
      agree(text, true);
      LocalDateTime printed = truncate(time, digits);
      assertThat(micros(text)).as(text).isEqualTo(EPOCH.until(printed, ChronoUnit.MICROS));
    }
  }

  @Test
  void agreesOnDamagedTexts() {
    Random random = new Random(12);
    String noise = "0123456789-:. +TZBC/\u0000é";
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder("2024-03-01 12:34:56");
      text.append(i % 3 == 0 ? ".123450" : "").append(i % 2 == 0 ? "+00" : "");
      if (i % 5 == 0) {
        text.setLength(10);
      }
      for (int change = random.nextInt(3); change >= 0; change--) {
        int at = random.nextInt(text.length());
        char other = noise.charAt(random.nextInt(noise.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.insert(at, other);
          case 1 -> text.setCharAt(at, other);
          default -> text.deleteCharAt(at);
        }
      }
      agree(text.toString(), false);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01 00:00:00,0",
    "1969-12-31 23:59:59.999999,-1",
    "0001-01-01 00:00:00,-62135596800000000",
    "9999-12-31 23:59:59.999999+00,253402300799999999",
    "2024-02-28 00:00:00.5,1709078400500000",
    "2024-02-29 00:00:00,1709164800000000",
    "2000-02-29 00:00:00,951782400000000",
  })
  void knows(String text, long micros) {
    assertThat(micros(text)).isEqualTo(micros);
    agree(text, true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2023-02-29 00:00:00",
        "1900-02-29 00:00:00",
        "0000-00-00 00:00:00",
        "0000-01-01 00:00:00",
        "2024-13-01 00:00:00",
        "2024-04-31 00:00:00",
        "2024-01-01 24:00:00",
        "2024-01-01 23:60:00",
        "2024-01-01 23:59:60",
        "2024-01-01 00:00:00.",
        "2024-01-01 00:00:00.1234567",
        "2024-01-01 00:00:00+01",
        "2024-01-01 00:00:00-00",
        "2024-01-01 00:00:00+00:00",
        "2024-01-01 00:00:00 BC",
        "2024-01-01T00:00:00",
        "2024-01-01",
        "12024-01-01 00:00:00",
        "infinity",
        ""
      })
  void leavesToTheOtherWay(String text) {
    assertThat(micros(text)).isEqualTo(RegularDateTime.IRREGULAR);
    agree(text, false);
  }

  /** Both ways to the bytes, for each of the three types. */
  private static void agree(String text, boolean value) {
    // Framed, so that a look beyond either end would show.
    byte[] framed = CanonicalTest.utf8("9" + text + "9");
    int end = framed.length - 1;
    for (boolean zoned : new boolean[] {false, true}) {
      TimestampForm form = new TimestampForm(zoned);
      ValueBuffer quick = new ValueBuffer();
      ValueBuffer other = new ValueBuffer();
      boolean known = form.append(framed, 1, end, quick);
      assertThat(known).as(text).isEqualTo(form.appendAny(framed, 1, end, other));
      assertThat(known || !value).as(text).isTrue();
      same(text, known, quick, other);
    }
    DateForm form = new DateForm();
    ValueBuffer quick = new ValueBuffer();
    ValueBuffer other = new ValueBuffer();
    if (end > 1) {
      boolean known = form.append(framed, 1, end, quick);
      assertThat(known).as(text).isEqualTo(form.appendAny(framed, 1, end, other));
      same(text, known, quick, other);
    }
  }

  private static void same(String text, boolean known, ValueBuffer quick, ValueBuffer other) {
    if (known) {
      assertThat(CanonicalTest.content(quick)).as(text).isEqualTo(CanonicalTest.content(other));
    }
  }

  private static long micros(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return RegularDateTime.micros(bytes, 0, bytes.length);
  }

  private static LocalDateTime truncate(LocalDateTime time, int digits) {
    long unit = (long) Math.pow(10, 9 - digits);
    return time.minusNanos(time.toLocalTime().toNanoOfDay() % unit);
  }

  private static String text(LocalDateTime time, int digits) {
    String seconds =
        "%04d-%02d-%02d %02d:%02d:%02d"
            .formatted(
                time.getYear(),
                time.getMonthValue(),
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond());
    return digits == 0
        ? seconds
        : seconds + "." + "%09d".formatted(time.getNano()).substring(0, digits);
  }
}
