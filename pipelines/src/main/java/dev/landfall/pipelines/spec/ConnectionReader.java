package dev.landfall.pipelines.spec;

import static dev.landfall.pipelines.spec.shape.Key.key;

import dev.landfall.pipelines.spec.shape.Key;
import dev.landfall.pipelines.spec.shape.Patterns;
import dev.landfall.pipelines.spec.shape.Shape;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what the spec says of one database: a URL, or a map with {@code url} in it. */
final class ConnectionReader {
  private static final Shape.Scalar TEXT =
      Shape.Scalar.TEXT.with("pattern", "^" + Template.TEXT + "$");

  /** What the spec may say of the source. */
  static final Shape SOURCE =
      shape(
          Side.SOURCE,
          key(
              "databases",
              DatabaseList.SHAPE,
              "The databases to move, and the schema that each goes to. Without it: the URL's"
                  + " alone."));

  /** What the spec may say of the target. */
  static final Shape TARGET =
      shape(
          Side.TARGET,
          key("schema", GivenNames.FILLED_SCHEMA, "Where all target tables go.")
              .otherwise(TargetSpec.DEFAULT_SCHEMA),
          key("names", Words.NAMES, "keep: names as the source has them; lower: in lower case.")
              .otherwise("keep"));

  private final SecretReader secrets;

  ConnectionReader(SecretReader secrets) {
    this.secrets = secrets;
  }

  private static Shape shape(Side side, Key... more) {
    Shape.Scalar url =
        Shape.Scalar.of("string")
            .with(
                "pattern",
                "^(?="
                    + Template.TEXT
                    + "$)\\s*(?:\\$\\{|(?:"
                    + Patterns.anyCase("jdbc:")
                    + ")?(?:"
                    + side.schemes().stream()
                        .map(Patterns::anyCase)
                        .collect(Collectors.joining("|"))
                    + ")://)")
            .with("patternErrorMessage", "expected " + side.example);
    Stream<Key> keys =
        Stream.of(
            key("url", url, side.example + "; ${NAME} stands for an environment variable.")
                .required(),
            key("user", TEXT, "In place of the URL's user."),
            key(
                "password",
                TEXT,
                "In place of the URL's password: ${NAME} for an environment variable, file:NAME"
                    + " for a file."));
    return Shape.anyOf(url, Shape.fields(Stream.concat(keys, Stream.of(more)).toArray(Key[]::new)));
  }

  /**
   * A URL, from the spec or the command line.
   *
   * @param database the database where the URL names none; empty if it has to
   */
  Optional<ConnectionSettings> url(
      String url, Side side, String database, Consumer<String> mistakes) {
    return ConnectionUrl.parse(url, side, secrets.environment(), database, mistakes);
  }

  /**
   * The map {@code {url, user, password}}. The keys win over what the URL says: they are the more
   * particular ones.
   */
  Optional<ConnectionSettings> map(
      YamlValue at, Map<String, YamlValue> fields, Side side, String database) {
    YamlValue url = fields.get("url");
    if (url == null && at.isMap()) {
      at.mistake("url is missing; expected " + side.example + ".");
    }
    Optional<String> user = Optional.ofNullable(fields.get("user")).flatMap(secrets::text);
    Optional<ConnectionSettings> settings =
        Optional.ofNullable(url)
            .flatMap(
                value -> value.text().flatMap(text -> url(text, side, database, value::mistake)))
            .map(s -> with(s, user.orElse(s.user()), s.password()));
    String what =
        SecretSources.what(null, side, settings.map(ConnectionSettings::display).orElse(""));
    Optional<Secret> password =
        Optional.ofNullable(fields.get("password")).flatMap(value -> secrets.secret(value, what));
    return settings.map(s -> with(s, s.user(), password.orElse(s.password())));
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
        settings.properties(),
        settings.secrets());
  }
}
