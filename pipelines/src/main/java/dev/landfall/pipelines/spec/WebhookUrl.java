package dev.landfall.pipelines.spec;

import dev.landfall.transforms.MigrationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where alarms are sent. Whatever stands behind the host may be a secret (many services put a token
 * into the path), so people are shown the host only.
 *
 * @param uri the address with its secrets
 */
public record WebhookUrl(URI uri) {
  /**
   * Reads an address with {@code ${NAME}} in it.
   *
   * @throws MigrationException of kind USAGE, without any part that may be a secret
   */
  public static WebhookUrl read(String text, Environment environment) {
    List<String> mistakes = new ArrayList<>();
    Optional<Template> template = Template.of(text, environment, mistakes::add);
    if (template.isEmpty()) {
      throw wrong(String.join(" ", mistakes));
    }
    try {
      URI uri = new URI(template.get().fill(template.get().text()).strip());
      boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (!http || uri.getHost() == null) {
        throw wrong("it must begin with https:// or http:// and a host.");
      }
      if (uri.getUserInfo() != null) {
        throw wrong("a user and a password in front of the host are not sent; leave them out.");
      }
      return new WebhookUrl(uri);
    } catch (URISyntaxException e) {
      throw wrong("it is no URL; a special character must be a percent escape.");
    }
  }

  private static MigrationException wrong(String why) {
    return new MigrationException(
        MigrationException.Kind.USAGE,
        "--webhook: " + why + " Example: --webhook 'https://chat.example.com/hooks/${HOOK_TOKEN}'");
  }

  /** What a person may see. */
  @Override
  public String toString() {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port + "/" + MaskedUrl.HIDDEN;
  }
}
