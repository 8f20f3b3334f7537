package dev.landfall.transforms.convert;

import dev.landfall.transforms.read.Rows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Vectors of MySQL 9 and MariaDB 11.7, four bytes for each float, the lowest first (MySQL manual
 * 13.3.5), as a list of numbers with as many digits as name each float and no other.
 */
final class VectorValue {
  private VectorValue() {}

  /**
   * Appends a value.
   *
   * @param open what begins the list
   * @param close what ends it
   * @return why it is none, or null when it was appended
   */
  static @Nullable String append(
      byte[] bytes, int start, int end, char open, char close, Rows.Builder out) {
    int length = end - start;
    if (length % Float.BYTES != 0) {
      return "no vector: " + length + " bytes are no whole number of floats";
    }
    ByteBuffer floats = ByteBuffer.wrap(bytes, start, length).order(ByteOrder.LITTLE_ENDIAN);
    out.append(open);
    while (floats.hasRemaining()) {
      if (floats.position() > start) {
        out.append(',');
      }
      byte[] text = Float.toString(floats.getFloat()).getBytes(StandardCharsets.US_ASCII);
      out.append(text, 0, text.length);
    }
    out.append(close);
    out.endValue();
    return null;
  }
}
