package dev.landfall.pipelines.spec;

import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes secrets of parts of a URL, with where another process finds those that no one wrote out.
 */
final class UrlSecrets {
  private final Side side;
  private final @Nullable String variables;

  /**
   * Secrets of one URL.
   *
   * @param variables the text whose variables hold the URL, null where the URL itself is written
   */
  UrlSecrets(Side side, @Nullable String variables) {
    this.side = side;
    this.variables = variables;
  }

  /**
   * The settings with their secrets.
   *
   * @param parameters by the driver's names
   */
  ConnectionSettings into(
      ConnectionSettings open, @Nullable UrlPart password, Map<String, UrlPart> parameters) {
    // A variable's URL is found again by its whole text, so no secret may be written in that.
    boolean travel =
        variables == null
            || Stream.concat(Stream.ofNullable(password), parameters.values().stream())
                .noneMatch(UrlPart::written);
    Map<String, Secret> secrets = new LinkedHashMap<>();
    parameters.forEach(
        (name, part) -> secrets.put(name, secret(name, part, travel, open.display())));
    return new ConnectionSettings(
        open.product(),
        open.host(),
        open.port(),
        open.database(),
        open.user(),
        password == null ? null : secret(null, password, travel, open.display()),
        open.properties(),
        secrets);
  }

  private Secret secret(@Nullable String parameter, UrlPart part, boolean travels, String whose) {
    if (part.written() || !travels) {
      return Secret.of(part.text());
    }
    String what = SecretSources.what(parameter, side, whose);
    return Secret.of(
        part.text(),
        variables == null
            ? new SecretSources.Variables(what, part.source())
            : new SecretSources.Url(what, variables, side, parameter));
  }
}
