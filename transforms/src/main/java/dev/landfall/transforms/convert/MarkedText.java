package dev.landfall.transforms.convert;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text that the source could not convert to UTF-8, in the form in which {@code SourceSql.column}
 * reads it: FF, converted, FF, converted with other question marks, FF, as stored.
 */
final class MarkedText {
  /** UTF-8 never has this byte. */
  static final byte MARK = (byte) 0xff;

  private static final byte[] UNKNOWN = {(byte) 0xef, (byte) 0xbf, (byte) 0xbd};

  private final byte[] converted;
  private final byte[] told;
  private final byte @Nullable [] stored;

  private MarkedText(byte[] converted, byte[] told, byte @Nullable [] stored) {
    this.converted = converted;
    this.told = told;
    this.stored = stored;
  }

  /** Whether a value of a column that is read so could not be converted. */
  static boolean is(byte[] bytes, int start, int end) {
    return end > start && bytes[start] == MARK;
  }

  static MarkedText of(byte[] bytes, int start, int end) {
    int second = next(bytes, start + 1, end);
    int third = next(bytes, second + 1, end);
    return third >= end
        ? new MarkedText(new byte[0], new byte[0], null)
        : new MarkedText(
            Arrays.copyOfRange(bytes, start + 1, second),
            Arrays.copyOfRange(bytes, second + 1, third),
            Arrays.copyOfRange(bytes, third + 1, end));
  }

  private static int next(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && bytes[at] != MARK) {
      at++;
    }
    return at;
  }

  /** The bytes in the source; null when they are too many to be told. */
  byte @Nullable [] stored() {
    return stored;
  }

  /**
   * The text with something in the place of each sequence of bytes that could not be converted.
   *
   * @return null when the source does not tell which those are
   */
  byte @Nullable [] with(byte[] replacement) {
    if (stored == null || converted.length == 0) {
      return null;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(converted.length);
    int at = 0;
    int in = 0;
    while (at < converted.length && in < told.length) {
      int length = length(converted[at]);
      boolean bad =
          told[in] == '?' || Arrays.equals(told, in, Math.min(in + 3, told.length), UNKNOWN, 0, 3);
      if (bad) {
        out.write(replacement, 0, replacement.length);
      } else if (at + 1 < converted.length || converted[at] != 1) {
        // The last byte 01 is not the text's own.
        out.write(converted, at, Math.min(length, converted.length - at));
      }
      at += length;
      in += length(told[in]);
    }
    return out.toByteArray();
  }

  /**
   * The same for a character set that this process can decode as the source does.
   *
   * @param unit how many bytes at least a character has
   */
  byte @Nullable [] with(byte[] replacement, Charset charset, int unit) {
    if (stored == null) {
      return null;
    }
    CharsetDecoder decoder = charset.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(stored);
    CharBuffer characters = CharBuffer.allocate(stored.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream(stored.length);
    CoderResult result;
    do {
      result = decoder.decode(in, characters, true);
      characters.flip();
      out.writeBytes(characters.toString().getBytes(StandardCharsets.UTF_8));
      characters.clear();
      if (result.isError()) {
        out.writeBytes(replacement);
        // The decoder may call two units malformed of which only the first is none.
        in.position(in.position() + Math.min(unit, in.remaining()));
        decoder.reset();
      }
    } while (result.isError());
    return out.toByteArray();
  }

  private static int length(byte lead) {
    int bits = lead & 0xff;
    return bits < 0x80 ? 1 : bits < 0xe0 ? 2 : bits < 0xf0 ? 3 : 4;
  }
}
