package dev.landfall.pipelines.random;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** UUIDs of version 5 (RFC 9562, 5.5) of keys of a table. */
record Uuid(String of, String namespace) {
  /** Version 5 of {@code landfall} in the namespace of OIDs. */
  static final String LANDFALL = v5("6ba7b812-9dad-11d1-80b4-00c04fd430c8", "landfall");

  String made(List<String> key) {
    return v5(
        namespace,
        escaped(of) + ":" + key.stream().map(Uuid::escaped).collect(Collectors.joining(":")));
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace(":", "\\:");
  }

  private static String v5(String namespace, String name) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-1");
      sha.update(HexFormat.of().parseHex(namespace.replace("-", "")));
      byte[] hash = sha.digest(name.getBytes(StandardCharsets.UTF_8));
      hash[6] = (byte) (0x50 | (hash[6] & 0x0f));
      hash[8] = (byte) (0x80 | (hash[8] & 0x3f));
      return HexFormat.of()
          .formatHex(hash, 0, 16)
          .replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
