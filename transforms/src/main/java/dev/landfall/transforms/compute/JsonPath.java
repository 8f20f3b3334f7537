package dev.landfall.transforms.compute;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.landfall.transforms.types.PgJson;
import dev.landfall.transforms.types.PgText;
import dev.landfall.transforms.types.PgType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a JSON document: a text without its quotes, a number as it is written, {@code true} or
 * {@code false}, an object or array as it is written. NULL where there is none, or a null. Of equal
 * keys the last counts, as in jsonb.
 */
public final class JsonPath extends Operator {
  private static final long serialVersionUID = 1L;

  private static final String ONE =
      "\\.([A-Za-z_][A-Za-z0-9_-]*)|\\[([0-9]{1,9})\\]|\\.\"([^\"]+)\"|\\['([^']+)'\\]";

  /** What a path is, for regular expressions of any kind. */
  public static final String PATTERN = "\\$(?:" + ONE + ")*";

  private static final Pattern STEP = Pattern.compile(ONE);

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

  private final String path;
  private final List<Object> steps;

  private JsonPath(String path, List<Object> steps) {
    this.path = path;
    this.steps = steps;
  }

  /**
   * The operator of a path.
   *
   * @param path a dollar sign, and behind it {@code .name}, {@code ."any name"}, {@code ['any
   *     name']} and {@code [0]}
   * @return empty where it is none
   */
  public static Optional<JsonPath> of(String path) {
    if (!path.startsWith("$")) {
      return Optional.empty();
    }
    List<Object> steps = new ArrayList<>();
    Matcher step = STEP.matcher(path);
    int end = 1;
    while (end < path.length()) {
      if (!step.find(end) || step.start() != end) {
        return Optional.empty();
      }
      String index = step.group(2);
      steps.add(index == null ? name(step) : (Object) Integer.valueOf(index));
      end = step.end();
    }
    return Optional.of(new JsonPath(path, List.copyOf(steps)));
  }

  private static String name(Matcher step) {
    String bare = step.group(1);
    String quoted = step.group(3);
    return bare != null ? bare : quoted != null ? quoted : step.group(4);
  }

  @Override
  public Optional<PgType> type(PgType input) {
    return input instanceof PgJson || input instanceof PgText
        ? Optional.of(TEXT)
        : Optional.empty();
  }

  @Override
  public String written() {
    return "{json: " + Written.text(path) + "}";
  }

  @Override
  public boolean nullable(boolean input) {
    return true;
  }

  @Override
  public @Nullable String apply(@Nullable String value) throws UnfitException {
    if (value == null) {
      return null;
    }
    try (JsonParser parser = FACTORY.createParser(value)) {
      JsonToken first = parser.nextToken();
      String found = first == null ? null : find(parser, first, value, 0);
      if (first == null || parser.nextToken() != null) {
        throw new UnfitException(
            "the text is no JSON: there is "
                + (first == null ? "nothing" : "more behind the value"));
      }
      if (found != null && halves(found)) {
        throw new UnfitException("the text at " + path + " has half a character");
      }
      return found;
    } catch (JsonProcessingException e) {
      throw new UnfitException("the text is no JSON: " + reason(e));
    } catch (IOException e) {
      throw new UnfitException("the text is no JSON");
    }
  }

  /** What the parser says, without the place, which it tells beside it. */
  private static String reason(JsonProcessingException e) {
    String words = String.valueOf(e.getOriginalMessage());
    int at = e.getLocation() == null ? -1 : e.getLocation().getColumnNr();
    return words.lines().findFirst().orElse("") + (at < 0 ? "" : ", at character " + at);
  }

  /** What there is in a value, all of which is read; null when there is nothing, or a null. */
  private @Nullable String find(JsonParser parser, JsonToken token, String text, int depth)
      throws IOException {
    if (depth == steps.size()) {
      return whole(parser, token, text);
    }
    Object step = steps.get(depth);
    String found = null;
    if (step instanceof String name && token == JsonToken.START_OBJECT) {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        boolean here = parser.currentName().equals(name);
        JsonToken value = parser.nextToken();
        if (here) {
          found = find(parser, value, text, depth + 1);
        } else {
          parser.skipChildren();
        }
      }
    } else if (step instanceof Integer index && token == JsonToken.START_ARRAY) {
      int position = 0;
      for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
        if (position++ == index) {
          found = find(parser, t, text, depth + 1);
        } else {
          parser.skipChildren();
        }
      }
    } else {
      parser.skipChildren();
    }
    return found;
  }

  private static @Nullable String whole(JsonParser parser, JsonToken token, String text)
      throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (!token.isStructStart()) {
      return parser.getText();
    }
    int start = (int) parser.currentTokenLocation().getCharOffset();
    parser.skipChildren();
    return text.substring(start, (int) parser.currentLocation().getCharOffset());
  }

  private static boolean halves(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return true;
        }
        i++;
      }
    }
    return false;
  }
}
