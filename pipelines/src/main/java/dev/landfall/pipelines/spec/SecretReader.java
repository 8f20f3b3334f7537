package dev.landfall.pipelines.spec;

import dev.landfall.transforms.jdbc.Secret;
import java.nio.file.Path;
import java.util.Optional;

/** Reads texts that come from variables and files, and the secrets among them. */
final class SecretReader {
  private static final String FILE = "file:";

  private final Path directory;
  private final Environment environment;

  /**
   * A reader.
   *
   * @param directory what the names of secret files are relative to
   */
  SecretReader(Path directory, Environment environment) {
    this.directory = directory;
    this.environment = environment;
  }

  Environment environment() {
    return environment;
  }

  /** A text with its variables filled in. */
  Optional<String> text(YamlValue value) {
    return value.text().flatMap(text -> fill(text, value));
  }

  private Optional<String> fill(String text, YamlValue value) {
    return template(text, value).map(template -> template.fill(template.text()));
  }

  private Optional<Template> template(String text, YamlValue value) {
    return Template.of(text, environment, value::mistake);
  }

  /**
   * A secret: a variable's, a file's, or one that is written out.
   *
   * @param what which secret it is, as the beginning of a sentence
   */
  Optional<Secret> secret(YamlValue value, String what) {
    Optional<String> written = value.text();
    if (written.isEmpty()) {
      return Optional.empty();
    }
    // Only what the spec says names a file, never what a variable holds.
    if (written.get().startsWith(FILE)) {
      return fill(written.get().substring(FILE.length()), value)
          .flatMap(name -> file(name, value, what));
    }
    return template(written.get(), value)
        .map(
            template -> {
              String filled = template.fill(template.text());
              return template.isWritten(0, template.text().length())
                  ? Secret.of(filled)
                  : Secret.of(filled, new SecretSources.Variables(what, written.get()));
            });
  }

  private Optional<Secret> file(String written, YamlValue value, String what) {
    String name = written.startsWith("//") ? written.substring(2) : written;
    return SecretSources.File.read(directory, name, value::mistake)
        .map(
            content -> {
              String path = directory.resolve(name).toAbsolutePath().toString();
              return Secret.of(content, new SecretSources.File(what, path));
            });
  }
}
