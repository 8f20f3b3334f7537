package dev.landfall.runners;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;

/** Geometry of every type. */
final class SpatialTrips {
  private SpatialTrips() {}

  static List<RoundTrip> all() {
    String point = geometry(1, doubles(1, 2));
    String line = geometry(2, count(2), doubles(0, 0, 1.5, -1.5));
    String polygon = geometry(3, count(1), count(4), doubles(0, 0, 4, 0, 4, 4, 0, 0));
    String points = geometry(4, count(2), point, geometry(1, doubles(3, 4)));
    return List.of(
        // The last bit of the last coordinate.
        RoundTrip.of("point", "bytea")
            .changed("ST_GeomFromText('POINT(1 2)')", stored(0, point), lastBit())
            .row(
                "ST_GeomFromText('POINT(0.1 -1e300)')",
                stored(0, geometry(1, doubles(0.1, -1e300))))
            .row("ST_GeomFromText('POINT(1 2)', 3857)", stored(3857, point))
            // MySQL reads latitude first where the reference system says so, and stores x first.
            .row(
                SourceServer.MYSQL,
                "ST_GeomFromText('POINT(50 8)', 4326)",
                stored(4326, geometry(1, doubles(8, 50))))
            .row(
                SourceServer.MARIADB,
                "ST_GeomFromText('POINT(50 8)', 4326)",
                stored(4326, geometry(1, doubles(50, 8)))),
        RoundTrip.of("linestring", "bytea")
            .changed("ST_GeomFromText('LINESTRING(0 0,1.5 -1.5)')", stored(0, line), lastBit()),
        RoundTrip.of("polygon", "bytea")
            .changed(
                "ST_GeomFromText('POLYGON((0 0,4 0,4 4,0 0))')", stored(0, polygon), lastBit()),
        RoundTrip.of("multipoint", "bytea")
            .changed("ST_GeomFromText('MULTIPOINT(1 2,3 4)')", stored(0, points), lastBit()),
        RoundTrip.of("multilinestring", "bytea")
            .changed(
                "ST_GeomFromText('MULTILINESTRING((0 0,1.5 -1.5))')",
                stored(0, geometry(5, count(1), line)),
                lastBit()),
        RoundTrip.of("multipolygon", "bytea")
            .changed(
                "ST_GeomFromText('MULTIPOLYGON(((0 0,4 0,4 4,0 0)))')",
                stored(0, geometry(6, count(1), polygon)),
                lastBit()),
        RoundTrip.of("geometrycollection", "bytea")
            .row("ST_GeomFromText('GEOMETRYCOLLECTION EMPTY')", stored(0, geometry(7, count(0))))
            .changed(
                "ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1.5 -1.5))')",
                stored(0, geometry(7, count(2), point, line)),
                lastBit())
            // MariaDB knows no collection in a collection.
            .row(
                SourceServer.MYSQL,
                "ST_GeomFromText('GEOMETRYCOLLECTION(GEOMETRYCOLLECTION(POINT(1 2)))')",
                stored(0, geometry(7, count(1), geometry(7, count(1), point)))),
        RoundTrip.of("geometry", "bytea")
            .row("ST_GeomFromText('POINT(1 2)')", stored(0, point))
            .changed("ST_GeomFromText('LINESTRING(0 0,1.5 -1.5)')", stored(0, line), lastBit()));
  }

  /** What the target has: EWKB, with a flag in the type for a reference system, which follows. */
  private static String stored(int system, String wkb) {
    return "\\x"
        + (system == 0 ? wkb : wkb.substring(0, 8) + "20" + count(system) + wkb.substring(10));
  }

  private static String lastBit() {
    return "set_bit(v, length(v) * 8 - 8, 1 - get_bit(v, length(v) * 8 - 8))";
  }

  /** WKB in hex, lower byte first. */
  private static String geometry(int type, String... parts) {
    return "01" + count(type) + String.join("", parts);
  }

  private static String count(int number) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return HexFormat.of().formatHex(bytes.putInt(number).array());
  }

  private static String doubles(double... numbers) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Double.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double number : numbers) {
      bytes.putDouble(number);
    }
    return HexFormat.of().formatHex(bytes.array());
  }
}
