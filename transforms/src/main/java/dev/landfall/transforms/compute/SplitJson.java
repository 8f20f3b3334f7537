package dev.landfall.transforms.compute;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a JSON array: a text without its quotes, a number as it is written, an object or
 * array as JSON, NULL for {@code null}. JSON's {@code null} in place of an array has none.
 */
public record SplitJson() implements Splitter {
  private static final JsonFactory JSON = new JsonFactory();

  @Override
  public String words() {
    return "of the JSON array";
  }

  @Override
  public List<@Nullable String> split(String value) throws UnfitException {
    List<@Nullable String> parts = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(value)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.VALUE_NULL) {
        return parts;
      }
      if (first != JsonToken.START_ARRAY) {
        throw new UnfitException("the value is no JSON array");
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        parts.add(element(parser));
      }
      return parts;
    } catch (IOException e) {
      throw new UnfitException("the value is no JSON document");
    }
  }

  private static @Nullable String element(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new IOException("it ends early");
    }
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token.isScalarValue()) {
      return parser.getText();
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      generator.copyCurrentStructure(parser);
    }
    return text.toString();
  }
}
