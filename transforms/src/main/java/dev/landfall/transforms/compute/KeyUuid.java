package dev.landfall.transforms.compute;

import dev.landfall.transforms.types.PgType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A UUID of a key, the same whenever and wherever it is made: version 5 (RFC 9562, 5.5) of the name
 * {@code table:key}, {@code users:42}, the key as {@link KeyNames} writes it. NULL where one of the
 * columns is NULL. PostgreSQL makes the same of it by {@code uuid_generate_v5}.
 *
 * @param table whose key it is
 * @param namespace of the name
 */
public record KeyUuid(String table, UUID namespace) implements NewKey {
  private static final PgType TYPE = PgType.parse("uuid");

  /** Where nobody says another: version 5 of {@code landfall} in the namespace of OIDs. */
  public static final UUID NAMESPACE = UUID.fromString("95ef5c2f-6adc-5a17-a658-22599f835808");

  @Override
  public PgType type() {
    return TYPE;
  }

  @Override
  public String words(List<String> inputs) {
    return "UUID of "
        + table
        + ":"
        + String.join(":", inputs)
        + (namespace.equals(NAMESPACE) ? "" : " in namespace " + namespace);
  }

  @Override
  public Maker maker() {
    MessageDigest sha1;
    try {
      sha1 = MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
    byte[] prefix =
        ByteBuffer.allocate(16)
            .putLong(namespace.getMostSignificantBits())
            .putLong(namespace.getLeastSignificantBits())
            .array();
    String start = KeyNames.escaped(table) + ":";
    return inputs -> make(sha1, prefix, start, inputs);
  }

  private static @Nullable String make(
      MessageDigest sha1, byte[] prefix, String start, @Nullable String[] inputs) {
    String key = KeyNames.of(inputs);
    if (key == null) {
      return null;
    }
    sha1.update(prefix);
    ByteBuffer hash = ByteBuffer.wrap(sha1.digest((start + key).getBytes(StandardCharsets.UTF_8)));
    long high = (hash.getLong() & ~0xf000L) | 0x5000L;
    long low = (hash.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }
}
