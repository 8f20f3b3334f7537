package dev.landfall.runners.display;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;

/**
 * Keeps data from steering a terminal. Everything that goes to one goes through {@link #stream}: in
 * whatever is printed, characters that are not seen, or that turn the text around them, are written
 * out, as {@code \\u202E}. What Landfall itself steers a terminal with begins with {@link #ESCAPE},
 * which no data can know.
 */
public final class Visible {
  /** Stands for the control character ESC, and is something else in each process. */
  static final String ESCAPE =
      "\uFDD0" + Long.toString(new SecureRandom().nextLong() >>> 1, Character.MAX_RADIX) + "\uFDD1";

  private static final byte[] OWN = ESCAPE.getBytes(StandardCharsets.UTF_8);

  private Visible() {}

  /** The text with such characters written out; lines and tabs stay. */
  public static String of(String text) {
    if (text.codePoints().noneMatch(Visible::hidden)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (hidden(c)) {
                shown.append(String.format(Locale.ROOT, c > 0xFFFF ? "\\U%08X" : "\\u%04X", c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.toString();
  }

  /** Controls, marks that change directions, separators of lines, blanks without a width. */
  private static boolean hidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c != '\n' && c != '\t';
      case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      // Joiners belong to letters and emoji.
      case Character.FORMAT -> c != 0x200C && c != 0x200D;
      default -> (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
    };
  }

  /** A terminal, for UTF-8. */
  static OutputStream stream(OutputStream terminal) {
    return new ToTerminal(terminal);
  }

  /** A stream of texts comes in pieces of any length: what is not whole yet waits for the rest. */
  private static final class ToTerminal extends FilterOutputStream {
    private byte[] begun = {};

    ToTerminal(OutputStream terminal) {
      super(terminal);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      byte[] all = Arrays.copyOf(begun, begun.length + length);
      System.arraycopy(bytes, from, all, begun.length, length);
      int whole = whole(all);
      begun = Arrays.copyOfRange(all, whole, all.length);
      show(new String(all, 0, whole, StandardCharsets.UTF_8));
    }

    /** Without what may be the beginning of a character, or of {@link #ESCAPE}. */
    private static int whole(byte[] bytes) {
      for (int i = Math.max(0, bytes.length - OWN.length); i < bytes.length; i++) {
        int left = bytes.length - i;
        if (left < OWN.length && Arrays.equals(bytes, i, bytes.length, OWN, 0, left)) {
          return i;
        }
        int needed = (bytes[i] & 0xF8) == 0xF0 ? 4 : (bytes[i] & 0xF0) == 0xE0 ? 3 : 2;
        if ((bytes[i] & 0xC0) == 0xC0 && left < needed) {
          return i;
        }
      }
      return bytes.length;
    }

    private void show(String text) throws IOException {
      StringBuilder shown = new StringBuilder(text.length());
      int at = 0;
      for (int own = text.indexOf(ESCAPE); own >= 0; own = text.indexOf(ESCAPE, at)) {
        shown.append(of(text.substring(at, own))).append('\u001b');
        at = own + ESCAPE.length();
      }
      shown.append(of(text.substring(at)));
      out.write(shown.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A print stream flushes after each of its buffers, wherever that ends: what is begun waits.
     */
    @Override
    public void close() throws IOException {
      show(new String(begun, StandardCharsets.UTF_8));
      begun = new byte[] {};
      super.close();
    }
  }
}
