package dev.landfall.runners.document;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.landfall.pipelines.api.Slice;
import dev.landfall.pipelines.report.Verdict;
import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.Policy;
import dev.landfall.transforms.model.SchemaObject;
import dev.landfall.transforms.model.TableName;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;

/**
 * Writes documents: one line of JSON each, never coloured or wrapped. Fields may be added, none is
 * ever renamed. Moments are texts in UTC, numbers are numbers, what is not known is null.
 */
public final class Documents {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().addModule(Forms.addTo(words())).build();

  private Documents() {}

  /** The document in one line, without the line's end. */
  public static String line(Object document) {
    try {
      return MAPPER.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no document: " + document.getClass(), e);
    }
  }

  /** The document in as many lines as a person reads best, without the last line's end. */
  public static String text(Object document) {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    try {
      return MAPPER
          .writer(new DefaultPrettyPrinter().withObjectIndenter(lines))
          .writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no document: " + document.getClass(), e);
    }
  }

  /** What is one text, and which. */
  private static SimpleModule words() {
    SimpleModule module = new SimpleModule();
    text(module, Instant.class, Instant::toString);
    text(module, Enum.class, constant -> lower(constant.name()));
    text(module, OddValue.class, OddValue::key);
    text(module, Policy.class, Policy::written);
    text(module, SchemaObject.Kind.class, SchemaObject.Kind::words);
    text(module, SchemaObject.Outcome.class, SchemaObject.Outcome::words);
    text(module, Slice.class, Slice::toString);
    text(module, TableName.class, TableName::toString);
    text(module, Verdict.Doubt.class, doubt -> words(doubt.name()));
    text(module, Verdict.Outcome.class, Verdict.Outcome::words);
    return module;
  }

  private static <T> void text(SimpleModule module, Class<T> type, Function<T, String> text) {
    module.addSerializer(
        type,
        new StdSerializer<T>(type) {
          private static final long serialVersionUID = 1L;

          @Override
          public void serialize(T value, JsonGenerator json, SerializerProvider provider)
              throws IOException {
            json.writeString(text.apply(value));
          }
        });
  }

  /** A constant's name as documents have it. */
  static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The same in words, as reports have it. */
  public static String words(String name) {
    return lower(name).replace('_', ' ');
  }
}
