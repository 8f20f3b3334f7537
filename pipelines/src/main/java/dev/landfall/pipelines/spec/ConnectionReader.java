package dev.landfall.pipelines.spec;

import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads what the spec says of one database: a URL, or a map with {@code url} in it. */
final class ConnectionReader {
  private static final String FILE = "file:";

  private final Path directory;
  private final Environment environment;

  /**
   * A reader.
   *
   * @param directory what the names of secret files are relative to
   */
  ConnectionReader(Path directory, Environment environment) {
    this.directory = directory;
    this.environment = environment;
  }

  /** A URL, from the spec or the command line. */
  Optional<ConnectionSettings> url(String url, Side side, Consumer<String> mistakes) {
    return ConnectionUrl.parse(url, side, environment, mistakes);
  }

  /**
   * The map {@code {url, user, password}}. The keys win over what the URL says: they are the more
   * particular ones.
   */
  Optional<ConnectionSettings> map(YamlValue at, Map<String, YamlValue> fields, Side side) {
    YamlValue url = fields.get("url");
    if (url == null && at.isMap()) {
      at.mistake("url is missing; expected " + side.example + ".");
    }
    Optional<ConnectionSettings> settings =
        Optional.ofNullable(url)
            .flatMap(value -> value.text().flatMap(text -> url(text, side, value::mistake)));
    Optional<String> user = Optional.ofNullable(fields.get("user")).flatMap(this::text);
    Optional<Secret> password =
        Optional.ofNullable(fields.get("password")).flatMap(this::secret).map(Secret::of);
    return settings.map(s -> with(s, user.orElse(s.user()), password.orElse(s.password())));
  }

  /** A text with its variables filled in. */
  Optional<String> text(YamlValue value) {
    return value.text().flatMap(text -> fill(text, value));
  }

  private Optional<String> fill(String text, YamlValue value) {
    return Template.of(text, environment, value::mistake)
        .map(template -> template.fill(template.text()));
  }

  private Optional<String> secret(YamlValue value) {
    Optional<String> written = value.text();
    Optional<String> filled = written.flatMap(text -> fill(text, value));
    // Only what the spec says names a file, never what a variable holds.
    return written.filter(text -> text.startsWith(FILE)).isPresent()
        ? filled.flatMap(text -> file(text.substring(FILE.length()), value))
        : filled;
  }

  private Optional<String> file(String name, YamlValue value) {
    try {
      Path path = directory.resolve(name.startsWith("//") ? name.substring(2) : name);
      String content = Files.readString(path, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
      if (!content.isEmpty()) {
        return Optional.of(content);
      }
      value.mistake("the secret file " + path + " is empty.");
    } catch (NoSuchFileException e) {
      value.mistake("the secret file " + e.getFile() + " does not exist.");
    } catch (IOException | InvalidPathException e) {
      value.mistake("the secret file " + name + " can't be read as text: " + reason(e) + ".");
    }
    return Optional.empty();
  }

  private static String reason(Exception e) {
    return e.getClass().getSimpleName().replace("Exception", "");
  }

  private static ConnectionSettings with(
      ConnectionSettings settings, @Nullable String user, @Nullable Secret password) {
    return new ConnectionSettings(
        settings.product(),
        settings.host(),
        settings.port(),
        settings.database(),
        user,
        password,
        settings.properties());
  }
}
