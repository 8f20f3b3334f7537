package dev.landfall.transforms.types.form;

import dev.landfall.transforms.value.ValueBuffer;

/**
 * text[] of one dimension: number and text of each element, however it is quoted (PostgreSQL manual
 * 8.15.6). The order counts.
 */
public final class TextArrayForm implements CanonicalForm {
  private static final int NULL = -1;

  @Override
  public boolean append(byte[] text, int start, int end, ValueBuffer out) {
    int i = skipBlanks(text, start, end);
    int last = end;
    while (last > i && isBlank(text[last - 1])) {
      last--;
    }
    if (last - i < 2 || text[i] != '{' || text[last - 1] != '}') {
      return false;
    }
    last--;
    i = skipBlanks(text, i + 1, last);
    if (i == last) {
      return true;
    }
    while (i >= 0 && i <= last) {
      i = skipBlanks(text, i, last);
      i = i < last && text[i] == '"' ? quoted(text, i + 1, last, out) : plain(text, i, last, out);
      if (i < 0) {
        return false;
      }
      if (i == last) {
        return true;
      }
      if (text[i] != ',') {
        return false;
      }
      i++;
    }
    return false;
  }

  /** Appends the element in quotes; returns where the comma or the end is, -1 when wrong. */
  private static int quoted(byte[] text, int start, int last, ValueBuffer out) {
    int head = out.reserveInt();
    int i = start;
    while (i < last && text[i] != '"') {
      if (text[i] == '\\' && ++i == last) {
        return -1;
      }
      out.put(text[i++]);
    }
    if (i == last) {
      return -1;
    }
    out.setIntLe(head, out.length() - head - Integer.BYTES);
    return skipBlanks(text, i + 1, last);
  }

  /** Appends the element without quotes; blanks around it do not count, in it they do. */
  private static int plain(byte[] text, int start, int last, ValueBuffer out) {
    int head = out.reserveInt();
    int content = out.length();
    int contentEnd = content;
    boolean escaped = false;
    int i = start;
    for (; i < last && text[i] != ','; i++) {
      byte b = text[i];
      if (b == '{' || b == '}' || b == '"') {
        return -1;
      }
      if (b == '\\') {
        if (++i == last) {
          return -1;
        }
        escaped = true;
        out.put(text[i]);
        contentEnd = out.length();
      } else {
        out.put(b);
        contentEnd = isBlank(b) ? contentEnd : out.length();
      }
    }
    out.truncate(contentEnd);
    if (contentEnd == content) {
      return -1;
    }
    if (!escaped && isNull(out.array(), content, contentEnd)) {
      out.truncate(content);
      out.setIntLe(head, NULL);
    } else {
      out.setIntLe(head, contentEnd - content);
    }
    return i;
  }

  private static boolean isNull(byte[] text, int start, int end) {
    return end - start == 4
        && (text[start] | 0x20) == 'n'
        && (text[start + 1] | 0x20) == 'u'
        && (text[start + 2] | 0x20) == 'l'
        && (text[start + 3] | 0x20) == 'l';
  }

  private static int skipBlanks(byte[] text, int start, int end) {
    int i = start;
    while (i < end && isBlank(text[i])) {
      i++;
    }
    return i;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }
}
