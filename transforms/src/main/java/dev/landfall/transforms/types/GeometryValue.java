package dev.landfall.transforms.types;

import dev.landfall.transforms.types.WkbReader.MalformedException;
import dev.landfall.transforms.value.Rows;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * MySQL's geometries, four bytes of SRID and WKB (MySQL manual 11.4.3), in the forms of PostGIS
 * (its manual 4.1.2): EWKB, as PostGIS prints it or as a bytea, and EWKT. Coordinates are kept bit
 * for bit and in their order: MySQL too keeps longitude before latitude, whatever the order of the
 * axes in which its functions take and print them.
 */
final class GeometryValue extends Conversion {
  /** Its three forms. */
  private enum Form {
    /** EWKB in hexadecimal, PostGIS's own form. */
    GEOMETRY("SRID and WKB to EWKB in hexadecimal"),
    /** EWKB in a bytea. */
    GEOMETRY_BYTES("SRID and WKB to the bytes of EWKB"),
    /** EWKT: {@code SRID=4326;POINT(13.4 52.5)}. */
    GEOMETRY_TEXT("SRID and WKB to EWKT");

    private final String words;

    Form(String words) {
      this.words = words;
    }
  }

  private static final long serialVersionUID = 1L;

  /** What says in EWKB that an SRID follows. */
  private static final int SRID_FLAG = 0x20000000;

  /** PostGIS refuses what is nested deeper (LW_PARSER_MAX_DEPTH). */
  private static final int MAX_DEPTH = 200;

  private static final int POINT_BYTES = 2 * Double.BYTES;

  /** Byte order and type. */
  private static final int HEAD_BYTES = 1 + Integer.BYTES;

  private static final byte[] LOWER = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] UPPER = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  private static final String[] NAMES = {
    "",
    "POINT",
    "LINESTRING",
    "POLYGON",
    "MULTIPOINT",
    "MULTILINESTRING",
    "MULTIPOLYGON",
    "GEOMETRYCOLLECTION"
  };

  private final Form form;

  /** The only SRID that the column takes, 0 for any. */
  private final int restriction;

  private GeometryValue(Form form, int restriction) {
    super(form.name(), form.words);
    this.form = form;
    this.restriction = restriction;
  }

  /** For a column of PostGIS's type. */
  static Conversion to(PgGeometry target) {
    return new GeometryValue(Form.GEOMETRY, target.srid());
  }

  static Conversion toBytes() {
    return new GeometryValue(Form.GEOMETRY_BYTES, 0);
  }

  static Conversion toText() {
    return new GeometryValue(Form.GEOMETRY_TEXT, 0);
  }

  @Override
  public @Nullable String append(byte[] bytes, int start, int end, Rows.Builder out) {
    WkbReader reader = new WkbReader(bytes, start, end);
    try {
      long srid = reader.srid();
      if (form == Form.GEOMETRY && srid > PgGeometry.MAX_SRID) {
        return "a geometry of SRID "
            + srid
            + ", of which PostGIS has none beyond "
            + PgGeometry.MAX_SRID;
      }
      // PostGIS would give the column's SRID to a value that has none.
      if (restriction != 0 && srid != restriction) {
        return "a geometry of SRID " + srid + " in a column of SRID " + restriction;
      }
      if (form == Form.GEOMETRY_TEXT) {
        if (srid != 0) {
          text("SRID=" + srid + ";", out);
        }
        describe(reader, true, 0, out);
      } else {
        if (form == Form.GEOMETRY_BYTES) {
          text("\\x", out);
        }
        copy(reader, srid, 0, out);
      }
      if (!reader.atEnd()) {
        return "a geometry with bytes behind its end";
      }
    } catch (MalformedException e) {
      return "no geometry: " + e.getMessage();
    }
    out.endValue();
    return null;
  }

  private void copy(WkbReader reader, long srid, int depth, Rows.Builder out) {
    requireShallow(depth);
    int type = reader.type();
    hex(1, 1, out);
    hex(srid == 0 ? type : type | SRID_FLAG, Integer.BYTES, out);
    if (srid != 0) {
      hex(srid, Integer.BYTES, out);
    }
    switch (type) {
      case WkbReader.POINT -> copyPoints(reader, 1, out);
      case WkbReader.LINESTRING -> copyLine(reader, out);
      case WkbReader.POLYGON -> {
        int rings = copyCount(reader, Integer.BYTES, out);
        for (int i = 0; i < rings; i++) {
          copyLine(reader, out);
        }
      }
      default -> {
        int parts = copyCount(reader, HEAD_BYTES, out);
        for (int i = 0; i < parts; i++) {
          copy(reader, 0, depth + 1, out);
        }
      }
    }
  }

  private void copyLine(WkbReader reader, Rows.Builder out) {
    copyPoints(reader, copyCount(reader, POINT_BYTES, out), out);
  }

  private int copyCount(WkbReader reader, int bytesOfEach, Rows.Builder out) {
    int count = reader.count(bytesOfEach);
    hex(count, Integer.BYTES, out);
    return count;
  }

  private void copyPoints(WkbReader reader, int points, Rows.Builder out) {
    for (int i = 0; i < 2 * points; i++) {
      hex(reader.coordinate(), Long.BYTES, out);
    }
  }

  private void hex(long value, int width, Rows.Builder out) {
    byte[] digits = form == Form.GEOMETRY ? UPPER : LOWER;
    for (int i = 0; i < width; i++) {
      int b = (int) (value >> (8 * i));
      out.append(digits[(b >> 4) & 15]);
      out.append(digits[b & 15]);
    }
  }

  /**
   * @param named whether the type is said, as everywhere but in a multi-something
   */
  private static void describe(WkbReader reader, boolean named, int depth, Rows.Builder out) {
    requireShallow(depth);
    int type = reader.type();
    if (named) {
      text(NAMES[type], out);
    }
    switch (type) {
      // MariaDB reads points of a multipoint without parentheses only, the others both ways.
      case WkbReader.POINT -> {
        text(named ? "(" : "", out);
        describePoints(reader, 1, out);
        text(named ? ")" : "", out);
      }
      case WkbReader.LINESTRING -> describeLine(reader, named, out);
      case WkbReader.POLYGON -> {
        int rings = reader.count(Integer.BYTES);
        describeParts(rings, named, out, () -> describeLine(reader, false, out));
      }
      default -> {
        int parts = reader.count(HEAD_BYTES);
        boolean mixed = type == WkbReader.COLLECTION;
        describeParts(parts, named, out, () -> describe(reader, mixed, depth + 1, out));
      }
    }
  }

  private static void describeParts(int parts, boolean named, Rows.Builder out, Runnable part) {
    if (parts == 0) {
      text(named ? " EMPTY" : "EMPTY", out);
      return;
    }
    out.append('(');
    for (int i = 0; i < parts; i++) {
      if (i > 0) {
        out.append(',');
      }
      part.run();
    }
    out.append(')');
  }

  private static void describeLine(WkbReader reader, boolean named, Rows.Builder out) {
    int points = reader.count(POINT_BYTES);
    if (points == 0) {
      text(named ? " EMPTY" : "EMPTY", out);
      return;
    }
    out.append('(');
    describePoints(reader, points, out);
    out.append(')');
  }

  private static void describePoints(WkbReader reader, int points, Rows.Builder out) {
    for (int i = 0; i < points; i++) {
      if (i > 0) {
        out.append(',');
      }
      text(number(reader.coordinate()), out);
      out.append(' ');
      text(number(reader.coordinate()), out);
    }
  }

  /** As many digits as name this double and no other. */
  private static String number(long bits) {
    String text = Double.toString(Double.longBitsToDouble(bits));
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static void requireShallow(int depth) {
    if (depth > MAX_DEPTH) {
      throw new MalformedException("it is nested deeper than " + MAX_DEPTH + " times");
    }
  }

  private static void text(String text, Rows.Builder out) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    out.append(ascii, 0, ascii.length);
  }
}
