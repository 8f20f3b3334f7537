package dev.landfall.transforms.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.landfall.transforms.jdbc.ConnectionSettings.Product;
import dev.landfall.transforms.ledger.MigrationKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secrets inside of what is sent to workers. */
class SecretTest {
  private static final MigrationKey KEY =
      new MigrationKey(
          new ConnectionSettings(
              Product.POSTGRESQL,
              "pg.internal",
              5432,
              "crm",
              "me",
              Secret.of("hunter2-pässword"),
              Map.of("sslMode", "require"),
              Map.of("sslpassword", Secret.of("correct-horse", new Lost()))),
          "shop",
          7);

  private record Lost() implements Secret.Source {
    @Override
    public String what() {
      return "It";
    }

    @Override
    public Optional<String> find(Consumer<String> mistakes) {
      return Optional.empty();
    }
  }

  private static byte[] bytes(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  private static boolean contains(byte[] bytes, String text) {
    return List.of(
            StandardCharsets.UTF_8,
            StandardCharsets.ISO_8859_1,
            StandardCharsets.UTF_16BE,
            StandardCharsets.UTF_16LE)
        .stream()
        .anyMatch(charset -> raw(bytes).contains(raw(text.getBytes(charset))));
  }

  private static String raw(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String sslPassword(MigrationKey key) {
    return Objects.requireNonNull(key.target().secrets().get("sslpassword")).reveal();
  }

  @Test
  void whatIsSerialisedHoldsNoSecret() throws IOException {
    // What was asked for before is remembered, and stays behind all the same.
    assertThat(sslPassword(KEY)).isEqualTo("correct-horse");

    byte[] bytes = bytes(KEY);

    assertThat(contains(bytes, "pg.internal")).isTrue();
    assertThat(contains(bytes, "hunter2")).isFalse();
    assertThat(contains(bytes, "pässword")).isFalse();
    assertThat(contains(bytes, "correct-horse")).isFalse();
  }

  @Test
  void aCopyInThisProcessIsTheSame() throws Exception {
    MigrationKey copy;
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes(KEY)))) {
      copy = (MigrationKey) in.readObject();
    }

    // Where a process looks is asked only when it does not know the secret.
    assertThat(sslPassword(copy)).isEqualTo("correct-horse");
    assertThat(copy).isEqualTo(KEY).hasSameHashCodeAs(KEY);
    assertThat(Pools.impatient(copy.target(), Pools.Use.GENERAL))
        .isSameAs(Pools.impatient(KEY.target(), Pools.Use.GENERAL));
    Pools.closeAll();
  }

  @Test
  void textsAreCompared() {
    assertThat(Secret.of("a")).isEqualTo(Secret.of("a", new Lost())).isNotEqualTo(Secret.of("b"));
    assertThat(Secret.of("a")).hasSameHashCodeAs(Secret.of("a", new Lost()));
    assertThat(Secret.of("a").travels()).isFalse();
    assertThat(Secret.of("a", new Lost()).travels()).isTrue();
    assertThat(Secret.of("a", new Lost())).hasToString("***");
    assertThat(KEY.toString()).doesNotContain("hunter2").doesNotContain("correct-horse");
  }

  @ParameterizedTest
  @CsvSource({
    "password1, true",
    "trustCertificateKeyStorePassword, true",
    "CLIENTCERTIFICATEKEYSTOREPASSWORD, true",
    "xdevapi.ssl-keystore-password, true",
    "sslpassword, true",
    "sslpasswordcallback, false",
    "passwordCharacterEncoding, false",
    "disconnectOnExpiredPasswords, false",
    "sslMode, false"
  })
  void namesSayWhatIsSecret(String name, boolean secret) {
    assertThat(DriverParameterNames.isSecret(name)).isEqualTo(secret);
  }

  @Test
  void noSecretIsAmongTheOpenProperties() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ConnectionSettings(
                    Product.MYSQL, "db", 3306, "x", null, null, Map.of("password1", "hunter2")))
        .withMessage("property password1 is a secret");
  }
}
