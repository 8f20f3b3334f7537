package dev.landfall.runners;

import java.util.List;

/** Texts, labels, JSON and bytes: nothing is trimmed, folded or escaped on the way. */
final class TextTrips {
  /** What COPY, arrays, SQL and shells give a meaning. */
  private static final String SPECIAL = "\\N \\. \t\n\r\\\"'{},%$`;--/*\u0001\u007f\u00a0\ufeff";

  private static final String EMOJI = "\ud83d\ude00\ud83d\udc69\u200d\ud83d\ude80";

  private TextTrips() {}

  static List<RoundTrip> all() {
    return List.of(
        text("char(255)", "character varying(255)"),
        // Blanks at the end of a char are padding (MySQL manual 11.3.2).
        RoundTrip.of("char(5)", "character varying(5)")
            .row("'a  '", "a")
            .row("'  a'", "  a")
            .row("'     '", "")
            .changed("'abcde'", "abcde", "'abcdE'")
            .changed("'b'", "b", "'b '"),
        text("varchar(255)", "character varying(255)")
            .changed("'blank '", "blank ", "'blank'")
            .changed("'two  '", "two  ", "'two '"),
        RoundTrip.of("varchar(16000)", "character varying(16000)")
            .changed("repeat('\u00e9', 16000)", "\u00e9".repeat(16000), "left(v, 15999) || 'e'"),
        text("tinytext", "text"),
        text("text", "text")
            .changed("repeat('ab', 32767)", "ab".repeat(32767), "v || ' '")
            .changed("'tab\t'", "tab\t", "'tab'"),
        text("mediumtext", "text")
            .changed("repeat('ab', 40000)", "ab".repeat(40000), "left(v, 79999) || 'B'"),
        text("longtext", "text")
            .changed("repeat('\u4e2d', 400000)", "\u4e2d".repeat(400000), "v || v"),
        RoundTrip.of("binary(4)", "bytea")
            .row("x'61'", "\\x61000000")
            .row("x'61620000'", "\\x61620000")
            .row("x''", "\\x00000000")
            .changed("x'ff00ff00'", "\\xff00ff00", "set_bit(v, 31, 1)")
            .changed("x'20202020'", "\\x20202020", "'\\x202020'::bytea"),
        RoundTrip.of("varbinary(300)", "bytea")
            .row("''", "\\x")
            .row("x'00'", "\\x00")
            .row("x'6100'", "\\x6100")
            .row("x'" + allBytes() + "'", "\\x" + allBytes())
            .changed("x'610000'", "\\x610000", "'\\x6100'::bytea")
            .changed("x'80'", "\\x80", "set_bit(v, 0, 1)")
            .nullBecomes("''"),
        blob("tinyblob"),
        blob("blob"),
        blob("mediumblob"),
        blob("longblob")
            .changed(
                "repeat(x'00ff', 500000)",
                "\\x" + "00ff".repeat(500_000),
                "set_byte(v, 999999, 0)"),
        RoundTrip.of(
                "enum('a','b c','x,y','it''s','{curly}','[square]','\"quoted\"',"
                    + "'back\\\\slash','','\u00fcml\u00e4ut','"
                    + EMOJI
                    + "','(paren)','NULL')",
                "text")
            .quoted("a", "b c", "x,y", "it's", "{curly}", "[square]", "\"quoted\"", "back\\slash")
            .quoted("\u00fcml\u00e4ut", EMOJI, "(paren)", "NULL")
            .row("13", "NULL")
            .changed("''", "", "NULL")
            .nullBecomes("''"),
        RoundTrip.of(
                "set('a','b c','it''s','{curly}','\"quoted\"','back\\\\slash','NULL','\u00fc')",
                "text[]")
            .row("''", "{}")
            .row("'a'", "{a}")
            .row("'b c,a'", "{a,\"b c\"}")
            .row("'NULL,\u00fc'", "{\"NULL\",\u00fc}")
            .row(
                "255",
                "{a,\"b c\",it's,\"{curly}\",\"\\\"quoted\\\"\",\"back\\\\slash\",\"NULL\",\u00fc}")
            .changed("'a,it''s'", "{a,it's}", "array_remove(v, 'a')")
            .changed("'a,\u00fc'", "{a,\u00fc}", "array_append(v, 'a')")
            .nullBecomes("'{}'"),
        json(),
        RoundTrip.only(SourceServer.MARIADB, "uuid", "uuid")
            .quoted("00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff")
            .changed(
                "'0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0'",
                "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
                "'0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f1'"),
        RoundTrip.only(SourceServer.MARIADB, "inet6", "inet")
            .quoted("::", "::1", "2001:db8::ff00:42:8329", "::ffff:192.0.2.128")
            // MariaDB prints 1::2:3:4:5:6:7.
            .quoted("1:0:2:3:4:5:6:7", "1:0:0:2::3")
            .changed("'fe80::1'", "fe80::1", "'fe80::2'"),
        RoundTrip.only(SourceServer.MARIADB, "inet4", "inet")
            .quoted("0.0.0.0", "255.255.255.255")
            .changed("'192.0.2.1'", "192.0.2.1", "'192.0.2.1/31'"));
  }

  private static RoundTrip text(String declared, String target) {
    return RoundTrip.of(declared, target)
        .quoted("", "NULL", "\\N", "a'b", "e\u0301", "\u00e9", EMOJI, "\u202eright", SPECIAL + "x")
        .changed("'Case'", "Case", "'case'")
        .changed("'\u00e9t\u00e9'", "\u00e9t\u00e9", "'e\u0301t\u00e9'")
        .changed("'empty'", "empty", "''")
        .changed("''", "", "NULL")
        .nullBecomes("''");
  }

  private static RoundTrip blob(String declared) {
    return RoundTrip.of(declared, "bytea")
        .row("''", "\\x")
        .row("x'6100'", "\\x6100")
        .row("x'5c4e'", "\\x5c4e")
        .changed("x'0001'", "\\x0001", "set_bit(v, 8, 0)")
        .nullBecomes("''");
  }

  /** MySQL normalises what it stores, MariaDB keeps the text; PostgreSQL normalises both. */
  private static RoundTrip json() {
    return RoundTrip.of("json", "jsonb")
        .quoted("{}", "[]", "null", "true", "\"\"", "0", "[1, [2, [3, [4, {\"a\": {\"b\": []}}]]]]")
        .row("'{\"b\":1,\"a\":2,\"aa\":3}'", "{\"a\": 2, \"b\": 1, \"aa\": 3}")
        .row("'{\"k\":1,\"k\":2}'", "{\"k\": 2}")
        .row("'\"\\\\u00e9 \\\\\" \\\\\\\\ \\\\/ \\\\n\"'", "\"\u00e9 \\\" \\\\ / \\n\"")
        .row("'\"\\\\ud83d\\\\ude00\"'", "\"\ud83d\ude00\"")
        .row(
            "'[9223372036854775807,-9223372036854775808]'",
            "[9223372036854775807, -9223372036854775808]")
        .row("'18446744073709551615'", "18446744073709551615")
        .changed(
            SourceServer.MARIADB,
            "'123456789012345678901234567890.123456789'",
            "123456789012345678901234567890.123456789",
            "'123456789012345678901234567890.123456788'")
        .row(SourceServer.MARIADB, "'1.10'", "1.10")
        .row(SourceServer.MARIADB, "'1e400'", "1" + "0".repeat(400))
        .row(SourceServer.MYSQL, "'1.10'", "1.1")
        .row(
            SourceServer.MYSQL,
            "'123456789012345678901234567890'",
            "123456789012345660000000000000")
        .changed(
            "'{\"n\":9007199254740993}'", "{\"n\": 9007199254740993}", "'{\"n\":9007199254740992}'")
        .changed("'{\"n\":0.1}'", "{\"n\": 0.1}", "'{\"n\":0.10000000000000001}'")
        .changed("'[1,2]'", "[1, 2]", "'[2,1]'")
        .changed("'[true]'", "[true]", "'[\"true\"]'")
        .changed("'[null]'", "[null]", "'[]'")
        .changed("'{\"a\":null}'", "{\"a\": null}", "'{}'")
        .equal("'{\"d\":1.5}'", "{\"d\": 1.5}", "'{\"d\":1.500}'")
        .nullBecomes("'null'");
  }

  private static String allBytes() {
    StringBuilder hex = new StringBuilder();
    for (int b = 0; b < 256; b++) {
      hex.append("%02x".formatted(b));
    }
    return hex.toString();
  }
}
