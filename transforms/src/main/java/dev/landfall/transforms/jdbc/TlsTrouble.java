package dev.landfall.transforms.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Says why two that could reach each other did not agree on an encrypted connection. */
final class TlsTrouble {
  /** Both drivers' words for what is no exception of Java's TLS, such as a server without it. */
  private static final List<String> WORDS = List.of("SSL", "TLS");

  /** Of pgjdbc, which names its own class besides. */
  private static final Pattern WRONG_HOST =
      Pattern.compile("The hostname (\\S+) could not be veri.*");

  /** Of a driver that was answered by something else than its server. */
  private static final String NO_SERVER = "An error occurred while setting up the SSL connection";

  private TlsTrouble() {}

  /** What is wrong, in a few words; empty when that is not about TLS. */
  static Optional<String> reason(SQLException failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.startsWith(NO_SERVER)) {
      return Optional.empty();
    }
    Matcher host = WRONG_HOST.matcher(message);
    if (host.lookingAt()) {
      return Optional.of("the server's certificate is not for the host " + host.group(1));
    }
    Optional<Throwable> found =
        causes(failure)
            .filter(t -> t instanceof SSLException || t instanceof GeneralSecurityException)
            .reduce((first, second) -> second);
    if (found.isPresent()) {
      return Optional.of(words(found.get()));
    }
    boolean connecting = String.valueOf(failure.getSQLState()).startsWith("08");
    return message.contains("client certificate")
            || (connecting && WORDS.stream().anyMatch(message::contains))
        ? Optional.of(message)
        : Optional.empty();
  }

  private static String words(Throwable cause) {
    if (cause instanceof CertPathBuilderException) {
      return "the server's certificate is not signed by an authority that is trusted here";
    }
    String which = "the server's certificate";
    if (cause instanceof CertPathValidatorException invalid && invalid.getCertPath() != null) {
      which =
          invalid.getCertPath().getCertificates().stream()
              .filter(X509Certificate.class::isInstance)
              .map(c -> "the certificate " + ((X509Certificate) c).getSubjectX500Principal())
              .skip(Math.max(0, invalid.getIndex()))
              .findFirst()
              .orElse(which);
    }
    String why = String.valueOf(cause.getMessage());
    if (cause instanceof CertificateExpiredException) {
      return which + " has expired (" + why + ")";
    }
    if (cause instanceof CertificateNotYetValidException) {
      return which + " is not valid yet (" + why + ")";
    }
    return cause instanceof CertPathValidatorException
        ? which + " is refused: " + why
        : "no encrypted connection: " + why;
  }

  private static Stream<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, t -> t != null, Throwable::getCause).limit(20);
  }

  /** pgjdbc passes over every other entry, and says nothing of it. */
  private static Optional<String> keyWithoutUse(ConnectionSettings settings) {
    String file = settings.properties().getOrDefault("sslkey", "");
    Secret password = settings.secrets().get("sslpassword");
    if (password == null || !(file.endsWith(".p12") || file.endsWith(".pfx"))) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password.reveal().toCharArray());
      return store.containsAlias("user")
          ? Optional.empty()
          : Optional.of(
              "The driver takes the entry \"user\" of a PKCS-12 file and no other, and "
                  + file
                  + " has "
                  + String.join(", ", Collections.list(store.aliases()))
                  + ". Rename it: keytool -changealias -keystore FILE -alias NAME -destalias user.");
    } catch (IOException | GeneralSecurityException e) {
      // The driver meets the same, and tells.
      return Optional.empty();
    }
  }

  /** What to do about it. */
  static String advice(ConnectionSettings settings, String given) {
    Optional<String> key = keyWithoutUse(settings);
    if (key.isPresent()) {
      return key.get();
    }
    return switch (settings.product()) {
      case MYSQL ->
          "Check sslMode, trustCertificateKeyStoreUrl and clientCertificateKeyStoreUrl of the URL "
              + given
              + ", and that the server's certificate is meant for "
              + settings.host()
              + ".";
      case POSTGRESQL ->
          "Check sslmode, sslrootcert, sslcert and sslkey of the URL "
              + given
              + ", and that the server's certificate is meant for "
              + settings.host()
              + ".";
    };
  }
}
