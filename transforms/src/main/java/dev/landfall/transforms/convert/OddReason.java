package dev.landfall.transforms.convert;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.Policy;
import dev.landfall.transforms.model.Policy.Outcome;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.SourceCharset;
import dev.landfall.transforms.value.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says why an odd value makes its row a reject, and what a spec would have to say instead. */
public final class OddReason {
  /** So many bytes of a text are shown. */
  private static final int SHOWN = 40;

  private OddReason() {}

  /**
   * Why PostgreSQL refused a value of a column, where a rule is about that.
   *
   * @param sqlState PostgreSQL's
   * @param value the value as it was read
   */
  public static Optional<String> ofRefusal(
      String sqlState,
      TableMapping mapping,
      TargetTable target,
      ColumnMapping column,
      byte[] value) {
    Optional<SourceColumn> source = mapping.sourceOf(column);
    if (source.isEmpty()) {
      return Optional.empty();
    }
    // Appendix A of PostgreSQL's manual: character_not_in_repertoire, invalid_datetime_format,
    // datetime_field_overflow.
    @Nullable OddValue odd =
        switch (sqlState) {
          case "22021" -> text(value);
          case "22007", "22008" ->
              column.conversion().equals(Conversion.DATE)
                  ? OddDates.of(value, 0, value.length)
                  : null;
          default -> null;
        };
    if (odd == null
        || column.rules().effective(odd, column.nullable()).outcome() != Outcome.REFUSE) {
      return Optional.empty();
    }
    boolean key = target.key().contains(column.name());
    return Optional.of(of(odd, column, source.get(), key, value));
  }

  private static @Nullable OddValue text(byte[] value) {
    if (Utf8.firstBad(value, 0, value.length) >= 0) {
      return OddValue.BAD_TEXT;
    }
    return NulLook.find(value, 0, value.length) >= 0 ? OddValue.NUL : null;
  }

  /** The reason for a value that was refused for being odd in that way. */
  static String of(
      OddValue odd, ColumnMapping column, SourceColumn source, boolean key, byte[] value) {
    return what(odd, column, source, value) + advice(odd, column, source, key);
  }

  private static String what(
      OddValue odd, ColumnMapping column, SourceColumn source, byte[] value) {
    String text = shortened(new String(value, StandardCharsets.UTF_8));
    return switch (odd) {
      case ZERO_DATE, PARTIAL_DATE, IMPOSSIBLE_DATE ->
          odd.words() + " " + text + ", which PostgreSQL does not know";
      case OUT_OF_RANGE ->
          OddDates.of(value, 0, value.length) == OddValue.OUT_OF_RANGE
                  && column.conversion().equals(Conversion.DATE)
              ? "date " + text + " of the year 0, which PostgreSQL does not know"
              : "value " + text + ", which does not fit " + column.type();
      case NUL ->
          "NUL character at byte "
              + (NulLook.find(value, 0, value.length) + 1)
              + " of a text, which PostgreSQL's texts can't hold";
      case BAD_TEXT -> badText(source, value);
      case TWICE_ENCODED -> "text that was encoded twice";
      case EMPTY_ENUM -> "empty text at index 0 of the enum, which stands for a wrong value";
    };
  }

  private static String badText(SourceColumn source, byte[] value) {
    String set = Objects.requireNonNullElse(source.characterSet(), "UTF-8");
    if (SourceCharset.of(source.characterSet()).marks() && MarkedText.is(value, 0, value.length)) {
      byte[] stored = MarkedText.of(value, 0, value.length).stored();
      return stored == null
          ? "bytes that are no text of the character set "
              + set
              + ", too many for the source's max_allowed_packet"
          : "bytes that are no text of the character set " + set + " (" + hex(stored, 0) + ")";
    }
    int bad = Utf8.firstBad(value, 0, value.length);
    return "bytes that are no text of the character set "
        + set
        + " (from byte "
        + (bad + 1)
        + " "
        + hex(value, Math.max(bad, 0))
        + ")";
  }

  private static String advice(
      OddValue odd, ColumnMapping column, SourceColumn source, boolean key) {
    Optional<Policy> set = column.rules().policy(odd);
    if (set.filter(p -> p.outcome() == Outcome.NULL).isPresent()) {
      return "; `rules: {"
          + odd.key()
          + ": null}` can't load NULL, because the target's column is NOT NULL"
          + (source.nullable() ? "" : "; `nullable: true` for the column would let it be");
    }
    if (set.filter(p -> p.outcome() == Outcome.STRIP || p.outcome() == Outcome.REPLACE)
        .isPresent()) {
      return "; the source does not tell which of its bytes are no text, so nothing can be taken"
          + " out of it: `rules: {badText: {value: …}}` would load a value of yours";
    }
    boolean nullable = column.nullable() && !key;
    String notNull = source.nullable() ? "" : ", in a column that is NOT NULL";
    return switch (odd) {
      case NUL -> "; `rules: {nul: strip}` would leave it out";
      case BAD_TEXT -> "; `rules: {badText: strip}` would leave them out";
      case EMPTY_ENUM -> "; `rules: {emptyEnum: keep}` would keep it";
      case TWICE_ENCODED -> "";
      case ZERO_DATE, PARTIAL_DATE, IMPOSSIBLE_DATE, OUT_OF_RANGE ->
          (nullable ? "" : notNull)
              + (key
                  ? "; `rules: {" + odd.key() + ": {value: …}}` would load a value of yours"
                  : "; `rules: {"
                      + odd.key()
                      + ": null}` would load NULL"
                      + (nullable ? "" : " and let the column be NULL"));
    };
  }

  private static String hex(byte[] bytes, int from) {
    int to = Math.min(bytes.length, from + SHOWN);
    return "\\x"
        + HexFormat.of().formatHex(bytes, from, to)
        + (to < bytes.length ? "… of " + bytes.length + " bytes" : "");
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= SHOWN
        ? text
        : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…";
  }

  /** A value as the source stores it, without the mark of one that could not be converted. */
  static byte[] stored(TableMapping mapping, int position, byte[] value) {
    SourceColumn source = mapping.read().get(position);
    if (mapping.readsStoredBytes(position)
        || !SourceCharset.of(source.characterSet()).marks()
        || !MarkedText.is(value, 0, value.length)) {
      return value;
    }
    byte[] stored = MarkedText.of(value, 0, value.length).stored();
    return stored == null ? Arrays.copyOf(value, 1) : stored;
  }
}
