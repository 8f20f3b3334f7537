package dev.landfall.transforms.expr;

import static dev.landfall.transforms.expr.Type.STRING;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values out of JSON documents, found without building them. */
final class JsonFunctions {
  static final List<Overload> ALL =
      List.of(
          Overload.prepared("jsonText", STRING, STRING, STRING, "the path", JsonFunctions::text)
              .orNull());

  /** A member by its name, or an element by its number. */
  private static final Pattern STEP =
      Pattern.compile("\\.([A-Za-z_][A-Za-z0-9_]*)|\\[(\\d{1,9})]|\\.?\\[?\"([^\"\\\\]+)\"]?");

  /** The texts of columns have no limits but these: documents may be as deep as MySQL's. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNestingDepth(500)
                  .build())
          .build();

  private JsonFunctions() {}

  private static Overload.One<String, String> text(String path) {
    List<Object> steps = steps(path);
    return document -> {
      try (JsonParser parser = JSON.createParser(document)) {
        parser.nextToken();
        for (Object step : steps) {
          if (!(step instanceof String name ? member(parser, name) : element(parser, (int) step))) {
            return null;
          }
        }
        return value(parser, document);
      } catch (IOException e) {
        throw new EvaluationException("\"" + Values.shortened(document) + "\" is no JSON document");
      }
    };
  }

  private static List<Object> steps(String path) {
    Matcher matcher = STEP.matcher(path);
    List<Object> steps = new ArrayList<>();
    int end = 1;
    if (path.startsWith("$")) {
      while (matcher.find(end) && matcher.start() == end) {
        String number = matcher.group(2);
        String name = matcher.group(1) == null ? matcher.group(3) : matcher.group(1);
        steps.add(number == null ? name : (Object) Integer.valueOf(number));
        end = matcher.end();
      }
    }
    if (end != path.length()) {
      throw new IllegalArgumentException(
          "\"" + path + "\" is no path; one is written $.address.lines[0] or $.\"first name\"");
    }
    return steps;
  }

  private static boolean member(JsonParser parser, String name) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = parser.currentName().equals(name);
      parser.nextToken();
      if (found) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  private static boolean element(JsonParser parser, int number) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      return false;
    }
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      if (i == number) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  /** A text as it is, without quotes; all else as it is written, but null for JSON's null. */
  private static @Nullable String value(JsonParser parser, String document) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null || token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token.isScalarValue()) {
      return parser.getText();
    }
    int start = (int) parser.currentTokenLocation().getCharOffset();
    parser.skipChildren();
    return document.substring(start, (int) parser.currentLocation().getCharOffset());
  }
}
