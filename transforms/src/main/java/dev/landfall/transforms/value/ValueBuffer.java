package dev.landfall.transforms.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A growing byte array that is filled, read and emptied again and again. Numbers are big-endian, as
 * in PostgreSQL's binary formats, or little-endian ({@code Le}), which the JVM's first compiler
 * stores in half the time. Not thread-safe.
 */
public final class ValueBuffer {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT_LE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG_LE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[1024];
  private int length;

  /** The array that holds the content; replaced when it grows. */
  public byte[] array() {
    return bytes;
  }

  /** How many bytes of {@link #array} are content. */
  public int length() {
    return length;
  }

  /** Forgets everything behind that length. */
  public void truncate(int newLength) {
    length = newLength;
  }

  /** Appends one byte. */
  public void put(int value) {
    if (length == bytes.length) {
      room(1);
    }
    bytes[length++] = (byte) value;
  }

  /** Appends a piece of another array. */
  public void put(byte[] source, int start, int end) {
    int count = end - start;
    if (count > bytes.length - length) {
      room(count);
    }
    System.arraycopy(source, start, bytes, length, count);
    length += count;
  }

  /** Appends eight bytes. */
  public void putLong(long value) {
    if (bytes.length - length < Long.BYTES) {
      room(Long.BYTES);
    }
    LONG.set(bytes, length, value);
    length += Long.BYTES;
  }

  /** Appends the lower two bytes. */
  public void putShort(int value) {
    put(value >> 8);
    put(value);
  }

  /** Appends four bytes. */
  public void putInt(int value) {
    if (bytes.length - length < Integer.BYTES) {
      room(Integer.BYTES);
    }
    INT.set(bytes, length, value);
    length += Integer.BYTES;
  }

  /** Appends eight bytes. */
  public void putLongLe(long value) {
    if (bytes.length - length < Long.BYTES) {
      room(Long.BYTES);
    }
    LONG_LE.set(bytes, length, value);
    length += Long.BYTES;
  }

  /** Appends four bytes. */
  public void putIntLe(int value) {
    if (bytes.length - length < Integer.BYTES) {
      room(Integer.BYTES);
    }
    INT_LE.set(bytes, length, value);
    length += Integer.BYTES;
  }

  /** Overwrites the four bytes at that position. */
  public void setIntLe(int position, int value) {
    INT_LE.set(bytes, position, value);
  }

  /** The four bytes at that position. */
  public int getIntLe(int position) {
    return (int) INT_LE.get(bytes, position);
  }

  /** Appends four bytes to be set later, and says where they are. */
  public int reserveInt() {
    int position = length;
    if (bytes.length - position < Integer.BYTES) {
      room(Integer.BYTES);
    }
    length = position + Integer.BYTES;
    return position;
  }

  /**
   * Makes room for that many bytes, so that {@link #array} may be written to directly up to there,
   * followed by {@link #truncate} to the new length.
   */
  public void room(int count) {
    // Math.addExact: two values of a gigabyte in one row are better refused than wrapped around.
    int needed = Math.addExact(length, count);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(needed, bytes.length * 2L), MAX_ARRAY));
    }
  }

  /** The longest array that HotSpot allocates. */
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;
}
