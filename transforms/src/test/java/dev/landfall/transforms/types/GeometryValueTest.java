package dev.landfall.transforms.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.catalog.Servers.Source;
import dev.landfall.transforms.value.Rows;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GeometryValueTest {
  /** 1, 2 and 0.1 as little-endian doubles. */
  private static final String ONE = "000000000000F03F";

  private static final String TWO = "0000000000000040";
  private static final String TENTH = "9A9999999999B93F";
  private static final String POINT = "0101000000" + ONE + TWO;

  private static String convert(String ddl, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", "").toLowerCase(Locale.ROOT));
    Rows.Builder out = Rows.builder(1);
    String reason =
        new Declared(ddl.contains("Point") ? "point" : "geometry")
            .to(ddl)
            .append(bytes, 0, bytes.length, out);
    return reason == null ? text(Objects.requireNonNull(out.build().value(0, 0))) : reason;
  }

  private static String text(byte[] value) {
    return new String(value, StandardCharsets.UTF_8);
  }

  @Test
  void keepsTheBytesAndSaysTheSridOnce() {
    String nested = "0107000000 02000000 " + POINT + " 0107000000 01000000 " + POINT;

    assertThat(convert("geometry", "00000000 " + POINT)).isEqualTo(POINT);
    assertThat(convert("geometry", "E6100000 " + POINT))
        .isEqualTo("0101000020E6100000" + ONE + TWO);
    assertThat(convert("bytea", "E6100000 " + POINT))
        .isEqualTo(("\\x0101000020E6100000" + ONE + TWO).toLowerCase(Locale.ROOT));
    assertThat(convert("geometry", "E6100000 " + nested))
        .isEqualTo(nested.replace(" ", "").replaceFirst("0107000000", "0107000020E6100000"));
    // What is written with its bytes the other way round means the same.
    assertThat(convert("geometry", "00000000 0000000001 3FF0000000000000 4000000000000000"))
        .isEqualTo(POINT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "00000000|it ends too early",
        "000000|it ends too early",
        "00000000 0201000000|the byte order 2 is none",
        "00000000 0108000000|the geometry type 8 is none that is known",
        "00000000 0102000000 FFFFFFFF|it ends before its 4294967295 parts",
        "00000000 0104000000 02000000 0101000000|it ends before its 2 parts",
      })
  void refusesWhatIsNoGeometry(String hex, String reason) {
    assertThat(convert("bytea", hex)).isEqualTo("no geometry: " + reason);
    assertThat(convert("text", hex)).isEqualTo("no geometry: " + reason);
  }

  @Test
  void refusesWhatPostgisWouldChange() {
    assertThat(convert("geometry", "40420F00 " + POINT))
        .isEqualTo("a geometry of SRID 1000000, of which PostGIS has none beyond 999999");
    assertThat(convert("geometry(Point,4326)", "00000000 " + POINT))
        .isEqualTo("a geometry of SRID 0 in a column of SRID 4326");
    assertThat(convert("geometry(Point)", "00000000 " + POINT + "00"))
        .isEqualTo("a geometry with bytes behind its end");
    String deep = "0107000000 01000000 ".repeat(201) + "0107000000 00000000";
    assertThat(convert("geometry", "00000000 " + deep))
        .isEqualTo("no geometry: it is nested deeper than 200 times");
  }

  @Test
  void takesAReadableFormToo() {
    assertThat(convert("text", "E6100000 0101000000" + TENTH + TWO))
        .isEqualTo("SRID=4326;POINT(0.1 2)");
  }

  /** The readable form is read back by the server that made the value, as the same value. */
  @ParameterizedTest
  @EnumSource(Source.class)
  void agreesWithTheServer(Source product) throws SQLException {
    String[] texts = {
      "POINT(1.5 -2)",
      "POINT(1e300 5e-324)",
      "LINESTRING(0 0,1 1,2 0.1)",
      "POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,2 1,2 2,1 2,1 1))",
      "MULTIPOINT(1 2,3 4)",
      "MULTILINESTRING((0 0,1 1),(2 2,3 3))",
      "MULTIPOLYGON(((0 0,0 1,1 1,0 0)),((5 5,5 6,6 6,5 5),(5.1 5.2,5.1 5.3,5.2 5.3,5.1 5.2)))",
      "GEOMETRYCOLLECTION EMPTY",
      "GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1))",
      "GEOMETRYCOLLECTION(MULTIPOINT(1 2,3 4),POINT(0 0))"
    };
    try (FreshDatabase database = product.fresh();
        Connection connection = Servers.open(database)) {
      Servers.execute(connection, "CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, g geometry)");
      for (String text : texts) {
        Servers.execute(connection, "INSERT INTO t (g) VALUES (ST_GeomFromText('" + text + "'))");
      }
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT g FROM t ORDER BY id")) {
        for (String text : texts) {
          assertThat(row.next()).isTrue();
          String hex = HexFormat.of().formatHex(row.getBytes(1));
          String described = convert("text", hex);
          assertThat(convert("bytea", hex)).isEqualTo("\\x" + hex.substring(8));
          try (Connection other = Servers.open(database)) {
            assertThat(Servers.rows(other, "SELECT HEX(ST_GeomFromText('" + described + "'))"))
                .as(text)
                .containsExactly(hex.toUpperCase(Locale.ROOT));
          }
        }
      }
    }
  }

  /** Whatever order a server's functions take the axes in, it keeps longitude first. */
  @ParameterizedTest
  @EnumSource(Source.class)
  void longitudeComesFirst(Source product) throws SQLException {
    // MySQL 8 takes latitude first for SRID 4326, MariaDB knows no axes.
    String berlin = product == Source.MYSQL ? "POINT(52.5 13.4)" : "POINT(13.4 52.5)";
    try (FreshDatabase database = product.fresh();
        Connection connection = Servers.open(database)) {
      Servers.execute(
          connection,
          "CREATE TABLE t (g point)",
          "INSERT INTO t VALUES (ST_GeomFromText('" + berlin + "', 4326))");
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT g FROM t")) {
        assertThat(row.next()).isTrue();
        assertThat(convert("text", HexFormat.of().formatHex(row.getBytes(1))))
            .isEqualTo("SRID=4326;POINT(13.4 52.5)");
      }
    }
  }
}
