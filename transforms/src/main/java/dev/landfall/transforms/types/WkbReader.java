package dev.landfall.transforms.types;

/**
 * Reads the well-known binary form of geometries (MySQL manual 11.4.3.2), which says of each part
 * in which order its bytes are. Nothing is read beyond the end.
 */
final class WkbReader {
  /** The bytes are no geometry that is known here; the message says why. */
  static final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message, null, false, false);
    }
  }

  static final int POINT = 1;
  static final int LINESTRING = 2;
  static final int POLYGON = 3;
  static final int MULTIPOINT = 4;
  static final int MULTILINESTRING = 5;
  static final int MULTIPOLYGON = 6;
  static final int COLLECTION = 7;

  private static final int BIG_ENDIAN = 0;
  private static final int LITTLE_ENDIAN = 1;

  private final byte[] bytes;
  private final int end;
  private int position;
  private boolean little = true;

  WkbReader(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  /** Whether all is read. */
  boolean atEnd() {
    return position == end;
  }

  /** The SRID, which MySQL puts in front of the whole. */
  long srid() {
    return littleEndian(Integer.BYTES);
  }

  /** Begins a geometry: its type, one of the constants. */
  int type() {
    require(1);
    int order = bytes[position++];
    if (order != LITTLE_ENDIAN && order != BIG_ENDIAN) {
      throw new MalformedException("the byte order " + order + " is none");
    }
    little = order == LITTLE_ENDIAN;
    long type = number(Integer.BYTES);
    if (type < POINT || type > COLLECTION) {
      throw new MalformedException("the geometry type " + type + " is none that is known");
    }
    return (int) type;
  }

  /** A number of points, rings or geometries, for each of which there are that many bytes. */
  int count(int bytesOfEach) {
    long count = number(Integer.BYTES);
    if (count > (end - position) / bytesOfEach) {
      throw new MalformedException("it ends before its " + count + " parts");
    }
    return (int) count;
  }

  /** The bits of a coordinate. */
  long coordinate() {
    return number(Long.BYTES);
  }

  private long number(int width) {
    if (little) {
      return littleEndian(width);
    }
    require(width);
    long value = 0;
    for (int i = 0; i < width; i++) {
      value = value << 8 | (bytes[position++] & 0xff);
    }
    return value;
  }

  private long littleEndian(int width) {
    require(width);
    long value = 0;
    for (int i = width - 1; i >= 0; i--) {
      value = value << 8 | (bytes[position + i] & 0xff);
    }
    position += width;
    return value;
  }

  private void require(int count) {
    if (end - position < count) {
      throw new MalformedException("it ends too early");
    }
  }
}
