package dev.landfall.transforms.compute;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.ThisProcess;
import dev.landfall.transforms.types.PgType;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * HMAC-SHA-256 of a value's text in UTF-8 with a salt for the key (RFC 2104), in lower-case
 * hexadecimal digits: equal values stay equal, and without the salt nobody can try values out. The
 * salt does not travel; a fingerprint stands for it, by which another one is noticed.
 */
public final class Hash extends Operator {
  private static final long serialVersionUID = 1L;

  private static final int BLOCK = 64;
  private static final HexFormat HEX = HexFormat.of();

  /** Who knows a fingerprint must not try salts out quickly. */
  private static final int ROUNDS = 20_000;

  private static final int FINGERPRINT_BITS = 32;

  /** A text that only the processes know; what is serialised of it does not have it. */
  public interface Salt extends Serializable {
    /** The text, looked for where the process can find it. */
    String reveal();
  }

  private final Salt salt;
  private final String fingerprint;
  private transient volatile @Nullable Keyed keyed;

  /** Digests that have taken the two forms of the key; they are copied, never used. */
  private record Keyed(MessageDigest inner, MessageDigest outer) {}

  /** With that salt, which is not empty. */
  public Hash(Salt salt) {
    this.salt = salt;
    this.fingerprint = fingerprint(salt.reveal());
  }

  /** The salt. */
  public Salt salt() {
    return salt;
  }

  @Override
  public Optional<PgType> type(PgType input) {
    return Optional.of(TEXT);
  }

  @Override
  public String written() {
    return "{hash: sha256, salt: \"*** " + fingerprint + "\"}";
  }

  @Override
  public boolean hides() {
    return true;
  }

  @Override
  public @Nullable String apply(@Nullable String value) {
    if (value == null) {
      return null;
    }
    Keyed key = keyed;
    if (key == null) {
      key = key();
      keyed = key;
    }
    try {
      MessageDigest inner = (MessageDigest) key.inner().clone();
      MessageDigest outer = (MessageDigest) key.outer().clone();
      byte[] first = inner.digest(value.getBytes(StandardCharsets.UTF_8));
      return HEX.formatHex(outer.digest(first));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's SHA-256 can be copied", e);
    }
  }

  private Keyed key() {
    String text = salt.reveal();
    if (!fingerprint(text).equals(fingerprint)) {
      throw new MigrationException(
          MigrationException.Kind.USAGE,
          "The salt of {hash: sha256} on "
              + ThisProcess.host()
              + " is another one than that of the process that read the spec. Give all processes"
              + " the same.");
    }
    byte[] key = text.getBytes(StandardCharsets.UTF_8);
    if (key.length > BLOCK) {
      key = sha256().digest(key);
    }
    byte[] block = Arrays.copyOf(key, BLOCK);
    return new Keyed(keyed(block, 0x36), keyed(block, 0x5c));
  }

  private static MessageDigest keyed(byte[] key, int pad) {
    byte[] padded = new byte[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      padded[i] = (byte) (key[i] ^ pad);
    }
    MessageDigest digest = sha256();
    digest.update(padded);
    return digest;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Made slowly, so once for each salt of a process, of which there are few. */
  private static final Map<String, String> FINGERPRINTS = new ConcurrentHashMap<>();

  private static String fingerprint(String salt) {
    return FINGERPRINTS.computeIfAbsent(salt, Hash::made);
  }

  private static String made(String salt) {
    byte[] label = "landfall salt".getBytes(StandardCharsets.US_ASCII);
    try {
      return HEX.formatHex(
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
              .generateSecret(new PBEKeySpec(salt.toCharArray(), label, ROUNDS, FINGERPRINT_BITS))
              .getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA256", e);
    }
  }
}
