package dev.landfall.transforms.types.form;

import dev.landfall.transforms.value.ValueBuffer;

/**
 * The form of {@link JsonForm} in one pass over the bytes without any object, for JSON that has no
 * {@code \\u} escape and no huge object out of order. Says false for everything that it does not
 * know to be correct, whatever it has appended by then. Not thread-safe.
 */
final class JsonPass implements CanonicalForm {
  /** Deeper JSON is left to the parser, which guards the stack. */
  private static final int MAX_DEPTH = 128;

  /** Integers up to this length are their own canonical form, as {@link DecimalForm} has it. */
  private static final int SHORT_INTEGER = 100;

  private final JsonMembers members = new JsonMembers();

  private byte[] text = {};
  private int end;
  private ValueBuffer out = new ValueBuffer();

  @Override
  public boolean append(byte[] newText, int start, int newEnd, ValueBuffer newOut) {
    text = newText;
    end = newEnd;
    out = newOut;
    members.clear();
    int i = value(skipBlanks(start), 0);
    return i >= 0 && skipBlanks(i) == end;
  }

  /** Appends the value that begins there; returns where it ends, -1 when it is not known. */
  private int value(int i, int depth) {
    if (i >= end || depth > MAX_DEPTH) {
      return -1;
    }
    return switch (text[i]) {
      case '"' -> {
        out.put('s');
        yield string(i + 1);
      }
      case '{' -> object(i + 1, depth + 1);
      case '[' -> array(i + 1, depth + 1);
      case 't' -> word(i, "true");
      case 'f' -> word(i, "false");
      case 'n' -> word(i, "null");
      default -> number(i);
    };
  }

  private int object(int start, int depth) {
    out.put('{');
    int base = members.size();
    int i = skipBlanks(start);
    if (i < end && text[i] == '}') {
      out.put('}');
      return i + 1;
    }
    while (i < end && text[i] == '"') {
      members.add(out.length());
      out.put('k');
      i = string(i + 1);
      i = i < 0 ? -1 : skipBlanks(i);
      if (i < 0 || i >= end || text[i] != ':') {
        return -1;
      }
      i = value(skipBlanks(i + 1), depth);
      i = i < 0 ? -1 : skipBlanks(i);
      if (i < 0 || i >= end) {
        return -1;
      }
      if (text[i] == '}') {
        return members.order(base, out) ? close('}', i) : -1;
      }
      if (text[i] != ',') {
        return -1;
      }
      i = skipBlanks(i + 1);
    }
    return -1;
  }

  private int array(int start, int depth) {
    out.put('[');
    int i = skipBlanks(start);
    if (i < end && text[i] == ']') {
      return close(']', i);
    }
    while (true) {
      i = value(i, depth);
      i = i < 0 ? -1 : skipBlanks(i);
      if (i < 0 || i >= end) {
        return -1;
      }
      if (text[i] == ']') {
        return close(']', i);
      }
      if (text[i] != ',') {
        return -1;
      }
      i = skipBlanks(i + 1);
    }
  }

  private int close(char bracket, int i) {
    out.put(bracket);
    return i + 1;
  }

  private int word(int i, String word) {
    if (end - i < word.length()) {
      return -1;
    }
    for (int j = 0; j < word.length(); j++) {
      if (text[i + j] != word.charAt(j)) {
        return -1;
      }
    }
    out.put(word.charAt(0));
    return i + word.length();
  }

  /** Appends length and bytes of the string whose first byte is there. */
  private int string(int start) {
    // Locals: the JVM's first compiler reads a field anew each time.
    byte[] from = text;
    int last = end;
    int head = out.reserveInt();
    int plain = start;
    int i = start;
    while (i < last) {
      byte b = from[i];
      if (b > '"' && b != '\\') {
        i++;
        continue;
      }
      if (b == '"') {
        break;
      }
      if (b >= 0 && b < ' ') {
        return -1;
      }
      if (b == '\\') {
        int escaped = i + 1 < last ? unescape(from[i + 1]) : -1;
        if (escaped < 0) {
          return -1;
        }
        out.put(from, plain, i);
        out.put(escaped);
        i++;
        plain = i + 1;
      }
      i++;
    }
    if (i >= last) {
      return -1;
    }
    out.put(from, plain, i);
    out.setIntLe(head, out.length() - head - Integer.BYTES);
    return i + 1;
  }

  private static int unescape(byte letter) {
    return switch (letter) {
      case '"', '\\', '/' -> letter;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> -1;
    };
  }

  /** JSON's grammar is narrower than PostgreSQL's: no plus, no zero in front, no bare point. */
  private int number(int start) {
    int i = text[start] == '-' ? start + 1 : start;
    int whole = i;
    i = digits(i);
    if (i == whole || (text[whole] == '0' && i > whole + 1)) {
      return -1;
    }
    if (i - start <= SHORT_INTEGER && (i == end || isBehindInteger(text[i]))) {
      out.put('d');
      out.put(text, text[whole] == '0' ? whole : start, i);
      out.put(0);
      return i;
    }
    if (i < end && text[i] == '.') {
      int fraction = i + 1;
      i = digits(fraction);
      if (i == fraction) {
        return -1;
      }
    }
    if (i < end && (text[i] == 'e' || text[i] == 'E')) {
      i++;
      if (i < end && (text[i] == '-' || text[i] == '+')) {
        i++;
      }
      int exponent = i;
      i = digits(exponent);
      if (i == exponent) {
        return -1;
      }
    }
    out.put('d');
    if (!DecimalForm.appendNumber(text, start, i, out)) {
      return -1;
    }
    out.put(0);
    return i;
  }

  private static boolean isBehindInteger(byte b) {
    return b != '.' && b != 'e' && b != 'E';
  }

  private int digits(int start) {
    byte[] from = text;
    int last = end;
    int i = start;
    while (i < last && from[i] >= '0' && from[i] <= '9') {
      i++;
    }
    return i;
  }

  /** Small, so that it is inlined: mostly there is one blank or none. */
  private int skipBlanks(int start) {
    return start < end && text[start] > ' ' ? start : skipManyBlanks(start);
  }

  private int skipManyBlanks(int start) {
    byte[] from = text;
    int last = end;
    int i = start;
    while (i < last) {
      byte b = from[i];
      if (b > ' ' || (b != ' ' && b != '\n' && b != '\t' && b != '\r')) {
        break;
      }
      i++;
    }
    return i;
  }
}
