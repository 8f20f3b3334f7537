package dev.landfall.transforms.types.fault;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Faults of values that have parts: JSON, arrays, addresses. */
public final class DocumentFaults {
  private DocumentFaults() {}

  public static List<Fault> json() {
    return List.of(
        Fault.of("one value", DocumentFaults::otherValue),
        Fault.of("a member more", text -> member(text, "1")),
        Fault.of("a member that is null", text -> member(text, "null")),
        Fault.of("order of elements", text -> parts(text, '[', DocumentFaults::turned)),
        Fault.of("order of members", text -> parts(text, '{', DocumentFaults::turned)),
        Fault.of("blanks around", text -> " " + text + " "));
  }

  private static @Nullable String otherValue(String text) {
    String value = text.strip();
    if (value.startsWith("{") || value.startsWith("[")) {
      return parts(
          value,
          value.charAt(0),
          members -> {
            if (members.isEmpty()) {
              return members;
            }
            String first = members.get(0);
            int name = value.startsWith("{") ? first.indexOf(':', endOfText(first)) + 1 : 0;
            List<String> others = new ArrayList<>(members);
            others.set(0, first.substring(0, name) + otherThan(first.substring(name).strip()));
            return others;
          });
    }
    return otherThan(value);
  }

  private static String otherThan(String value) {
    return value.equals("\"landfall\"") ? "0" : "\"landfall\"";
  }

  private static @Nullable String member(String text, String value) {
    return parts(
        text,
        '{',
        members -> {
          List<String> more = new ArrayList<>(members);
          more.add("\"landfall self-test\": " + value);
          return more;
        });
  }

  private static List<String> turned(List<String> parts) {
    List<String> turned = new ArrayList<>(parts);
    Collections.reverse(turned);
    return turned;
  }

  public static List<Fault> arrays() {
    return List.of(
        Fault.of("order of elements", text -> parts(text, '{', DocumentFaults::turned)),
        Fault.of("one element more", text -> parts(text, '{', p -> with(p, "landfall"))),
        Fault.of("NULL as an element", text -> parts(text, '{', p -> with(p, "NULL"))),
        Fault.of(
            "an element less",
            text -> parts(text, '{', p -> p.isEmpty() ? p : p.subList(1, p.size()))),
        Fault.of("empty for elements", text -> "{}"));
  }

  private static List<String> with(List<String> parts, String element) {
    List<String> more = new ArrayList<>(parts);
    more.add(element);
    return more;
  }

  /** Of arrays of single floats, written in braces or, as pgvector does, in brackets. */
  public static List<Fault> floats() {
    return List.of(
        Fault.of("one bit of an element", DocumentFaults::floatBit),
        Fault.of("order of elements", text -> parts(text, text.charAt(0), DocumentFaults::turned)));
  }

  private static @Nullable String floatBit(String text) {
    return parts(
        text,
        text.charAt(0),
        elements -> {
          List<String> others = new ArrayList<>(elements);
          float first = elements.isEmpty() ? 0 : Float.parseFloat(elements.get(0));
          if (first != 0 && Float.isFinite(first)) {
            int bits = Float.floatToRawIntBits(first) ^ 1;
            others.set(0, Float.toString(Float.intBitsToFloat(bits)));
          }
          return others;
        });
  }

  private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]+");

  public static List<Fault> addresses() {
    return List.of(
        Fault.of("one bit", text -> address(text, 1)),
        Fault.of("one bit of the first byte", text -> address(text, 0)));
  }

  private static @Nullable String address(String text, int last) {
    if (!ADDRESS.matcher(text).matches() || text.startsWith("::ffff:")) {
      return null;
    }
    try {
      // A literal is not looked up.
      byte[] bytes = InetAddress.getByName(text).getAddress();
      bytes[last * (bytes.length - 1)] ^= 1;
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /**
   * A text with its outermost parts changed.
   *
   * @return null when it does not begin with that bracket, or the change leaves it as it is
   */
  private static @Nullable String parts(
      String text, char open, UnaryOperator<List<String>> change) {
    String value = text.strip();
    if (value.isEmpty() || value.charAt(0) != open) {
      return null;
    }
    List<String> parts = split(value.substring(1, value.length() - 1));
    List<String> others = change.apply(parts);
    return others.equals(parts)
        ? null
        : open + String.join(",", others) + value.charAt(value.length() - 1);
  }

  private static List<String> split(String inner) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < inner.length(); i++) {
      char c = inner.charAt(i);
      if (c == '"') {
        i += endOfText(inner.substring(i)) - 1;
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      } else if (c == ',' && depth == 0) {
        parts.add(inner.substring(start, i).strip());
        start = i + 1;
      }
    }
    String last = inner.substring(start).strip();
    if (!parts.isEmpty() || !last.isEmpty()) {
      parts.add(last);
    }
    return parts;
  }

  /** Where the text that begins with a quotation mark ends, exclusive. */
  private static int endOfText(String text) {
    int i = 1;
    while (i < text.length() && text.charAt(i) != '"') {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    return Math.min(text.length(), i + 1);
  }
}
