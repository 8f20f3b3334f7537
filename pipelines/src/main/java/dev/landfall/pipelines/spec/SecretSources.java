package dev.landfall.pipelines.spec;

import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a secret of a spec is found again: in the variables and files of the process that asks, by
 * what the spec says of it, read the same way as when the spec was.
 */
final class SecretSources {
  private SecretSources() {}

  /**
   * Which secret that is, as the beginning of a sentence.
   *
   * @param parameter the driver's name of it, null for the password
   */
  static String what(@Nullable String parameter, Side side, String whose) {
    return (parameter == null ? "The password" : "The parameter " + parameter)
        + " of the "
        + side.word
        + " database "
        + whose;
  }

  /**
   * A text of variables.
   *
   * @param text {@code ${NAME}}, once or several times, and nothing else
   */
  record Variables(String what, String text) implements Secret.Source {
    @Override
    public Optional<String> find(Consumer<String> mistakes) {
      return Template.of(text, Environment.ofProcess(), mistakes)
          .map(template -> template.fill(template.text()));
    }
  }

  /**
   * A part of a URL that a variable holds.
   *
   * @param url as it is written: begins with {@code ${NAME}}, and has no secret written out
   * @param parameter the driver's name of the secret, null for the password
   */
  record Url(String what, String url, Side side, @Nullable String parameter)
      implements Secret.Source {
    @Override
    public Optional<String> find(Consumer<String> mistakes) {
      Optional<ConnectionSettings> settings =
          ConnectionUrl.parse(url, side, Environment.ofProcess(), mistakes);
      Optional<Secret> secret =
          settings.map(s -> parameter == null ? s.password() : s.secrets().get(parameter));
      if (settings.isPresent() && secret.isEmpty()) {
        mistakes.accept("the URL that " + url + " stands for does not have it.");
      }
      return secret.map(Secret::reveal);
    }
  }

  /**
   * A file of UTF-8 text; one newline at its end does not count.
   *
   * @param path absolute
   */
  record File(String what, String path) implements Secret.Source {
    @Override
    public Optional<String> find(Consumer<String> mistakes) {
      return read(Path.of(""), path, mistakes);
    }

    /** More than any key or token has; some files have no end. */
    private static final int MOST_BYTES = 64 << 10;

    /** The text of a file whose name is relative to a directory, or absolute. */
    static Optional<String> read(Path directory, String name, Consumer<String> mistakes) {
      try {
        Path path = directory.resolve(name);
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
          bytes = in.readNBytes(MOST_BYTES + 1);
        }
        if (bytes.length > MOST_BYTES) {
          mistakes.accept(
              "the secret file "
                  + path
                  + " has more than "
                  + (MOST_BYTES >> 10)
                  + " KiB, which is the most that is read of one. Name a file that holds the secret"
                  + " and nothing else.");
          return Optional.empty();
        }
        String content =
            StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString()
                .replaceFirst("\\R\\z", "");
        if (!content.isEmpty()) {
          return Optional.of(content);
        }
        mistakes.accept("the secret file " + path + " is empty.");
      } catch (NoSuchFileException e) {
        mistakes.accept("the secret file " + e.getFile() + " does not exist.");
      } catch (IOException | InvalidPathException e) {
        mistakes.accept("the secret file " + name + " can't be read as text: " + reason(e) + ".");
      }
      return Optional.empty();
    }

    private static String reason(Exception e) {
      return e.getClass().getSimpleName().replace("Exception", "");
    }
  }
}
