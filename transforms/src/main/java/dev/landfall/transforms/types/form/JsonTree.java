package dev.landfall.transforms.types.form;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.landfall.transforms.value.ValueBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** The form of {@link JsonForm} of any JSON, by parsing it. */
final class JsonTree implements CanonicalForm {
  /** The order of jsonb's keys. */
  private static final Comparator<byte[]> KEYS =
      Comparator.<byte[]>comparingInt(k -> k.length).thenComparing(Arrays::compareUnsigned);

  /** Far deeper than MySQL (100) or MariaDB (32) allow, and no danger for the stack. */
  private static final int MAX_DEPTH = 1000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  @Override
  public boolean append(byte[] text, int start, int end, ValueBuffer out) {
    String json = new String(text, start, end - start, StandardCharsets.UTF_8);
    try (JsonParser parser = FACTORY.createParser(json)) {
      JsonToken first = parser.nextToken();
      return first != null && append(parser, first, out) && parser.nextToken() == null;
    } catch (IOException e) {
      // No JSON: it stands for itself.
      return false;
    }
  }

  private static boolean append(JsonParser parser, JsonToken token, ValueBuffer out)
      throws IOException {
    switch (token) {
      case VALUE_NULL -> out.put('n');
      case VALUE_TRUE -> out.put('t');
      case VALUE_FALSE -> out.put('f');
      case VALUE_STRING -> {
        out.put('s');
        appendText(utf8(parser.getText()), out);
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        out.put('d');
        byte[] number = parser.getText().getBytes(StandardCharsets.UTF_8);
        if (!DecimalForm.appendNumber(number, 0, number.length, out)) {
          return false;
        }
        out.put(0);
      }
      case START_ARRAY -> {
        out.put('[');
        for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
          if (!append(parser, t, out)) {
            return false;
          }
        }
        out.put(']');
      }
      case START_OBJECT -> {
        return appendObject(parser, out);
      }
      case NOT_AVAILABLE, END_ARRAY, END_OBJECT, FIELD_NAME, VALUE_EMBEDDED_OBJECT -> {
        return false;
      }
    }
    return true;
  }

  private static boolean appendObject(JsonParser parser, ValueBuffer out) throws IOException {
    Map<byte[], byte[]> members = new TreeMap<>(KEYS);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      byte[] key = utf8(parser.currentName());
      ValueBuffer value = new ValueBuffer();
      if (!append(parser, parser.nextToken(), value)) {
        return false;
      }
      members.put(key, Arrays.copyOf(value.array(), value.length()));
    }
    out.put('{');
    members.forEach(
        (key, value) -> {
          out.put('k');
          appendText(key, out);
          out.put(value, 0, value.length);
        });
    out.put('}');
    return true;
  }

  private static void appendText(byte[] text, ValueBuffer out) {
    out.putIntLe(text.length);
    out.put(text, 0, text.length);
  }

  /**
   * The text's bytes.
   *
   * @throws CharacterCodingException for half of a surrogate pair, which no UTF-8 text can hold
   */
  private static byte[] utf8(String text) throws CharacterCodingException {
    ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    byte[] exact = new byte[bytes.remaining()];
    bytes.get(exact);
    return exact;
  }
}
