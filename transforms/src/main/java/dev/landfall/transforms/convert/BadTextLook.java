package dev.landfall.transforms.convert;

import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.Policy.Outcome;
import dev.landfall.transforms.types.SourceCharset;
import dev.landfall.transforms.value.Utf8;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Finds texts that the source could not convert; texts that are not UTF-8 although the source sends
 * them as such only where a rule wants something else than a reject, since PostgreSQL refuses them.
 */
final class BadTextLook extends Look {
  private final SourceCharset charset;
  private final boolean all;

  BadTextLook(RuledColumn column) {
    super(column, OddValue.BAD_TEXT);
    this.charset = SourceCharset.of(column.source().characterSet());
    this.all = isTreated(column);
  }

  /** Whether texts have to be looked at whole. */
  static boolean isTreated(RuledColumn column) {
    return column.policy(OddValue.BAD_TEXT).outcome() != Outcome.REFUSE;
  }

  @Override
  boolean isOdd(byte[] bytes, int start, int end) {
    return isMarked(bytes, start, end) || (all && Utf8.firstBad(bytes, start, end) >= 0);
  }

  private boolean isMarked(byte[] bytes, int start, int end) {
    return charset.marks() && MarkedText.is(bytes, start, end);
  }

  @Override
  void treat(Value value) {
    if (!isOdd(value.bytes(), value.start(), value.end())) {
      return;
    }
    switch (policy(OddValue.BAD_TEXT).outcome()) {
      case STRIP, REPLACE -> settle(value, OddValue.BAD_TEXT, mended(value));
      case REFUSE, NULL, VALUE, BYTES, KEEP, DECODE -> settle(value, OddValue.BAD_TEXT);
    }
  }

  private byte @org.jspecify.annotations.Nullable [] mended(Value value) {
    byte[] replacement = replacement(OddValue.BAD_TEXT);
    if (isMarked(value.bytes(), value.start(), value.end())) {
      MarkedText marked = MarkedText.of(value.bytes(), value.start(), value.end());
      return charset == SourceCharset.WIDE
          ? marked.with(replacement, wide(), unit())
          : marked.with(replacement);
    }
    return mended(value.bytes(), value.start(), value.end(), replacement);
  }

  private int unit() {
    return "utf32".equals(column().source().characterSet()) ? 4 : 2;
  }

  private Charset wide() {
    return switch (String.valueOf(column().source().characterSet())) {
      case "utf16le" -> StandardCharsets.UTF_16LE;
      case "utf32" -> Charset.forName("UTF-32BE");
      default -> StandardCharsets.UTF_16BE;
    };
  }

  private static byte[] mended(byte[] bytes, int start, int end, byte[] replacement) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(end - start);
    int at = start;
    while (at < end) {
      int length = Utf8.length(bytes, at, end);
      if (length > 0) {
        out.write(bytes, at, length);
        at += length;
      } else {
        out.writeBytes(replacement);
        at += ~length;
      }
    }
    return out.toByteArray();
  }
}
