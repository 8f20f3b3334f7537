package dev.landfall.transforms.convert;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.types.PgInterval;
import dev.landfall.transforms.types.PgTime;
import dev.landfall.transforms.types.PgTimestamp;
import dev.landfall.transforms.types.PgType;
import dev.landfall.transforms.value.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of a row of which something is made, as plain moves of the columns have them. */
final class Inputs {
  /** So much of a value is shown. */
  private static final int SHOWN = 60;

  private final List<String> names;
  private final ValueConverter[] converters;
  private final @Nullable String[] texts;
  private final Rows.Builder scratch;

  /** Which are times that may have a fraction of a second. */
  private final boolean[] fractions;

  /**
   * @param read the columns that are read
   * @param columns the inputs
   * @param converters of those, in their order
   */
  Inputs(List<SourceColumn> read, List<ColumnMapping> columns, List<ValueConverter> converters) {
    this.names = columns.stream().map(c -> read.get(c.source().positions().get(0)).name()).toList();
    this.converters = converters.toArray(new ValueConverter[0]);
    this.texts = new @Nullable String[columns.size()];
    this.fractions = new boolean[columns.size()];
    for (int i = 0; i < fractions.length; i++) {
      PgType type = columns.get(i).type();
      fractions[i] =
          type instanceof PgTimestamp || type instanceof PgInterval || type instanceof PgTime;
    }
    this.scratch = Rows.builder(Math.max(1, columns.size()), 1, 64);
  }

  /**
   * Takes those of a row.
   *
   * @return why one of them is none, or null
   */
  @Nullable Refusal read(Rows in, int row) {
    scratch.truncate(0);
    boolean converted = false;
    for (int i = 0; i < converters.length; i++) {
      ValueConverter converter = converters[i];
      if (converter.asRead()) {
        texts[i] = in.text(row, converter.position());
        scratch.addNull();
      } else {
        Refusal refusal = converter.append(in, row, scratch);
        if (refusal != null) {
          return refusal.in(converter.column());
        }
        converted = true;
      }
    }
    if (converted) {
      Rows made = scratch.build();
      for (int i = 0; i < converters.length; i++) {
        if (!converters[i].asRead()) {
          texts[i] = made.text(0, i);
        }
      }
    }
    for (int i = 0; i < texts.length; i++) {
      if (fractions[i]) {
        texts[i] = shortest(texts[i]);
      }
    }
    return null;
  }

  /** A time as PostgreSQL prints it: MySQL prints the zeros behind its fraction too. */
  private static @Nullable String shortest(@Nullable String time) {
    if (time == null || time.indexOf('.') < 0) {
      return time;
    }
    int end = time.length();
    while (time.charAt(end - 1) == '0') {
      end--;
    }
    return time.substring(0, time.charAt(end - 1) == '.' ? end - 1 : end);
  }

  /** Those of all rows that have them. */
  List<@Nullable String[]> all(Rows in) {
    List<@Nullable String[]> all = new ArrayList<>(in.size());
    for (int row = 0; row < in.size(); row++) {
      if (read(in, row) == null) {
        all.add(texts.clone());
      }
    }
    return all;
  }

  /** The only one where it is used as it is read; -1 where that is not so. */
  int onlyAsRead() {
    return converters.length == 1 && converters[0].asRead() && !fractions[0]
        ? converters[0].position()
        : -1;
  }

  /** A memory of what was made of them; null where rules are counted, or there are none. */
  @Nullable Memo memo() {
    if (converters.length == 0 || !Arrays.stream(converters).allMatch(ValueConverter::repeats)) {
      return null;
    }
    return new Memo(Arrays.stream(converters).mapToInt(ValueConverter::position).toArray());
  }

  /** What was taken, in order; the same array each time. */
  @Nullable String[] texts() {
    return texts;
  }

  /** What was taken, for the end of a message: {@code ; from total = 12}. */
  String shown() {
    if (texts.length == 0) {
      return "";
    }
    StringBuilder shown = new StringBuilder("; from ");
    for (int i = 0; i < texts.length; i++) {
      shown.append(i == 0 ? "" : ", ").append(names.get(i)).append(" = ").append(shown(texts[i]));
    }
    return shown.toString();
  }

  private static String shown(@Nullable String text) {
    if (text == null) {
      return "NULL";
    }
    return text.codePointCount(0, text.length()) <= SHOWN
        ? "\"" + text + "\""
        : "\"" + text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…\"";
  }
}
