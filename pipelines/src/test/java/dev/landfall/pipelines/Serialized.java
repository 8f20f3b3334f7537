package dev.landfall.pipelines;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** What leaves the process when an object does. */
public final class Serialized {
  private Serialized() {}

  /** Java's own serial form, which is not compressed: texts can be found in it. */
  public static byte[] bytes(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  /** Whether a text is in there, in any usual encoding. */
  public static boolean contain(byte[] bytes, String text) {
    return Stream.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)
        .anyMatch(charset -> raw(bytes).contains(raw(text.getBytes(charset))));
  }

  private static String raw(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
