package dev.landfall.runners;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Texts in every character set of both servers. */
final class CharsetTrips {
  private CharsetTrips() {}

  static List<RoundTrip> all() {
    List<RoundTrip> all = new ArrayList<>();
    String emoji = "\ud83d\ude00 \ud834\udd1e";
    all.add(typical("utf8mb3", "\u00e9\u4e2d\u6587\ud55c\uffe5"));
    all.add(typical("utf8mb4", "\u00e9\u4e2d\u6587" + emoji));
    all.add(typical("ucs2", "\u00e9\u4e2d\u6587\ud55c"));
    all.add(typical("utf16", "\u00e9\u4e2d\u6587" + emoji));
    all.add(typical("utf16le", "\u00e9\u4e2d\u6587" + emoji));
    all.add(typical("utf32", "\u00e9\u4e2d\u6587" + emoji));
    all.add(typical("gbk", "\u4e2d\u534e\u4eba\u6c11\u5171\u548c\u56fd \u8bda\u5f20 \u4e02"));
    all.add(typical("gb2312", "\u4e2d\u534e\u4eba\u6c11\u5171\u548c\u56fd"));
    all.add(
        RoundTrip.only(
                SourceServer.MYSQL, "varchar(200) character set gb18030", "character varying(200)")
            .quoted("\u4e2d\u534e " + emoji + " \u3400\u20ac"));
    // The second byte of some of these is a backslash.
    all.add(typical("big5", "\u4e2d\u83ef\u6c11\u570b \u529f\u8a31\u84cb"));
    all.add(
        typical("sjis", "\u65e5\u672c\u8a9e \u8868\u80fd\u4e88\u30bd \uff76\uff80\uff76\uff85"));
    all.add(typical("cp932", "\u65e5\u672c\u8a9e \u8868\u80fd\u4e88\u30bd \u2460\u3231\u9ad9"));
    all.add(
        typical("ujis", "\u65e5\u672c\u8a9e \u8868\u80fd\u4e88\u30bd \uff76\uff80\uff76\uff85"));
    all.add(typical("eucjpms", "\u65e5\u672c\u8a9e \u2460\u3231\u9ad9"));
    all.add(typical("euckr", "\ub300\ud55c\ubbfc\uad6d \u97d3\u570b"));
    all.add(
        RoundTrip.of("varchar(20) character set binary", "bytea")
            .changed("x'ff00'", "\\xff00", "'\\xff'::bytea"));
    all.add(
        RoundTrip.of("enum('\u00e9','\u20ac') character set latin1", "text")
            .quoted("\u00e9", "\u20ac"));
    all.add(
        RoundTrip.of("set('\u043f','\u0436') character set cp1251", "text[]")
            .row("'\u0436,\u043f'", "{\u043f,\u0436}"));
    all.add(
        RoundTrip.of("text character set cp1251", "text")
            .quoted("\u041f\u0440\u0438\u0432\u0435\u0442", "\u20ac \u2116"));
    all.add(typical("dec8", "\u00e9\u0178"));
    all.add(typical("hp8", "\u00e9\u0160"));
    all.add(typical("swe7", "\u00e5\u00c4\u00e9"));
    all.add(typical("geostd8", "\u10d0\u10e5"));
    all.add(typical("armscii8", "\u0531\u0586"));
    all.add(typical("keybcs2", "\u010d\u0159\u017e"));
    all.addAll(oneByteSets());
    return all;
  }

  private static RoundTrip typical(String set, String text) {
    return RoundTrip.of("varchar(200) character set " + set, "character varying(200)")
        .quoted("", "plain", text)
        .changed(RoundTrip.quote(text + "a"), text + "a", "left(v, -1) || 'A'")
        .changed(RoundTrip.quote(text + "b"), text + "b", "v || ' '")
        .nullBecomes("''");
  }

  private static List<RoundTrip> oneByteSets() {
    return List.of(
        oneByteSet("latin1", "windows-1252", Map.of()),
        oneByteSet("latin2", "ISO-8859-2", Map.of()),
        oneByteSet("latin5", "ISO-8859-9", Map.of()),
        oneByteSet("latin7", "ISO-8859-13", Map.of()),
        oneByteSet("cp1250", "windows-1250", Map.of()),
        oneByteSet("cp1251", "windows-1251", Map.of()),
        oneByteSet("cp1256", "windows-1256", none(0x8a, 0x8f, 0x98, 0x9a, 0x9f, 0xaa, 0xc0, 0xff)),
        oneByteSet("cp1257", "windows-1257", Map.of()),
        oneByteSet("cp850", "IBM850", Map.of()),
        oneByteSet("cp852", "IBM852", Map.of()),
        oneByteSet("cp866", "IBM866", Map.of(0xfc, "\u207f", 0xfd, "\u00b2")),
        oneByteSet("koi8r", "KOI8-R", Map.of()),
        oneByteSet("koi8u", "KOI8-U", Map.of(0x95, "\u2022")),
        oneByteSet(
            "greek",
            "ISO-8859-7",
            Map.of(0xa1, "\u02bd", 0xa2, "\u02bc", 0xa4, "", 0xa5, "", 0xaa, "")),
        oneByteSet("hebrew", "ISO-8859-8", Map.of(0xaf, "\u203e")),
        oneByteSet("macce", "x-MacCentralEurope", Map.of()),
        oneByteSet("macroman", "x-MacRoman", Map.of()),
        oneByteSet("tis620", "TIS-620", none(0xa0)),
        oneByteSet("ascii", "US-ASCII", Map.of()));
  }

  private static Map<Integer, String> none(Integer... bytes) {
    return Arrays.stream(bytes).collect(Collectors.toMap(b -> b, b -> ""));
  }

  /**
   * A set of one byte for each character: every byte that is one.
   *
   * @param nearest the JDK's name of it
   * @param others what the servers have in place of the JDK's character; empty for none
   */
  private static RoundTrip oneByteSet(String set, String nearest, Map<Integer, String> others) {
    RoundTrip trip = RoundTrip.of("varchar(1) character set " + set, "character varying(1)");
    for (int b = 1; b < 256; b++) {
      String character =
          others.getOrDefault(b, new String(new byte[] {(byte) b}, Charset.forName(nearest)));
      if (!character.isEmpty() && !character.equals("\ufffd")) {
        trip.row("_%s x'%02x'".formatted(set, b), character);
      }
    }
    return trip;
  }
}
