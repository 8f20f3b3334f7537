package dev.landfall.pipelines.spec;

import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.ConnectionSettings.Product;
import dev.landfall.transforms.jdbc.DriverParameterNames;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code [jdbc:]scheme://[user[:password]@]host[:port]/database[?parameter=value&…]}. Every
 * part may hold percent escapes ({@code +} is itself, as in both drivers' own clients) and {@code
 * ${NAME}}, whose value is taken as it is. A variable in the first place is a whole URL.
 */
final class ConnectionUrl {
  private static final Pattern SCHEME = Pattern.compile("(?i)(?:jdbc:)?([a-z][a-z0-9+.-]*)://");
  private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
  private static final int MAX_PORT = 65_535;

  private final Side side;
  private final Template template;
  private final String shown;
  private final @Nullable String variables;
  private final String otherDatabase;
  private final Consumer<String> mistakes;
  private boolean bad;

  /**
   * @param url as the template says it
   * @param variables the text whose variables hold the URL, null where the URL itself is written
   * @param otherDatabase the database where the URL names none; empty if it has to
   */
  private ConnectionUrl(
      Side side,
      Template template,
      String url,
      @Nullable String variables,
      String otherDatabase,
      Consumer<String> mistakes) {
    this.side = side;
    this.template = template;
    this.shown = MaskedUrl.of(url);
    this.variables = variables;
    this.otherDatabase = otherDatabase;
    this.mistakes = mistakes;
  }

  /** The settings that the URL says; empty, with every mistake told, when something is wrong. */
  static Optional<ConnectionSettings> parse(
      String url, Side side, Environment environment, Consumer<String> mistakes) {
    return parse(url, side, environment, "", mistakes);
  }

  /**
   * The same for a URL that may leave the database out.
   *
   * @param otherDatabase the database where the URL names none; empty if it has to
   */
  static Optional<ConnectionSettings> parse(
      String url,
      Side side,
      Environment environment,
      String otherDatabase,
      Consumer<String> mistakes) {
    String text = url.strip();
    Optional<Template> template = Template.of(text, environment, mistakes);
    if (template.isPresent() && text.startsWith("${")) {
      // The value is the URL: it is taken apart like one, and nothing is looked up in it.
      Template whole = template.get().expanded();
      return new ConnectionUrl(side, whole, whole.text(), text, otherDatabase, mistakes).parse();
    }
    return template.flatMap(
        t -> new ConnectionUrl(side, t, text, null, otherDatabase, mistakes).parse());
  }

  private UrlPart part(int from, int to) {
    String piece = template.text().substring(from, to);
    return new UrlPart(decode(piece), template.isWritten(from, to), template.source(piece));
  }

  private Optional<ConnectionSettings> parse() {
    Matcher scheme = SCHEME.matcher(template.text());
    if (!scheme.lookingAt()) {
      return wrong("this is not a URL of a database; expected " + side.example + ".");
    }
    Optional<Product> product = product(scheme.group(1).toLowerCase(Locale.ROOT));
    if (product.isEmpty()) {
      return Optional.empty();
    }
    int start = scheme.end();
    String rest = template.text().substring(start);
    int query = rest.indexOf('?');
    String hierarchy = query < 0 ? rest : rest.substring(0, query);
    int slash = hierarchy.indexOf('/');
    String authority = slash < 0 ? hierarchy : hierarchy.substring(0, slash);
    String path = slash < 0 ? "" : hierarchy.substring(slash + 1);

    int at = authority.lastIndexOf('@');
    String login = at < 0 ? "" : authority.substring(0, at);
    int colon = login.indexOf(':');
    int endOfUser = colon < 0 ? login.length() : colon;
    UrlPart user = endOfUser == 0 ? null : part(start, start + endOfUser);
    UrlPart password = colon < 0 ? null : part(start + colon + 1, start + at);
    String address = template.fill(authority.substring(at + 1));
    Map<String, UrlPart> parameters =
        parameters(product.get(), query < 0 ? template.text().length() : start + query + 1);
    UrlPart foundUser = once("user", user, parameters);
    UrlPart foundPassword = once("password", password, parameters);

    String host = host(address);
    int port = port(address.substring(host.length()), product.get());
    String database = path.isEmpty() ? otherDatabase : decode(path);
    if (!bad && database.isEmpty()) {
      wrong("the database is missing; expected " + side.example + ".");
    } else if (!bad && path.indexOf('@') >= 0) {
      wrong(
          "there is an \"@\" behind the host. If this is part of a password, write its special"
              + " characters as percent escapes (\"/\" is %2F, \"@\" is %40).");
    } else if (!bad && database.contains("/")) {
      wrong("there is a \"/\" in the database's name; expected " + side.example + ".");
    }
    if (bad) {
      return Optional.empty();
    }
    Map<String, String> properties = new LinkedHashMap<>();
    Map<String, UrlPart> secrets = new LinkedHashMap<>();
    parameters.forEach(
        (name, part) -> {
          if (DriverParameterNames.isSecret(name)) {
            secrets.put(name, part);
          } else {
            properties.put(name, part.text());
          }
        });
    ConnectionSettings open =
        new ConnectionSettings(
            product.get(),
            host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
            port,
            database,
            foundUser == null ? null : foundUser.text(),
            null,
            properties);
    return Optional.of(new UrlSecrets(side, variables).into(open, foundPassword, secrets));
  }

  private Optional<Product> product(String scheme) {
    Product product =
        Stream.of(Side.values())
            .filter(known -> known.schemes().contains(scheme))
            .map(known -> known.product)
            .findFirst()
            .orElse(null);
    if (product == null) {
      wrong("this kind of URL is not known; expected " + side.example + ".");
    } else if (product != side.product) {
      wrong(
          "the "
              + side.word
              + " must be "
              + side.products
              + ", and this is "
              + (product == Product.MYSQL ? "MySQL or MariaDB" : "PostgreSQL")
              + ". Landfall moves from MySQL to PostgreSQL: are source and target swapped?");
      return Optional.empty();
    }
    return Optional.ofNullable(product);
  }

  /** The host with its brackets, if it has some; empty where it is missing. */
  private String host(String address) {
    if (address.startsWith("[")) {
      int end = address.indexOf(']');
      if (end > 1) {
        return address.substring(0, end + 1);
      }
      wrong("the address is not closed with \"]\".");
      return address;
    }
    int colon = address.indexOf(':');
    if (address.contains(",")) {
      wrong("several hosts are given; name the one that is to be read or written.");
    } else if (colon >= 0 && address.indexOf(':', colon + 1) >= 0) {
      wrong("an IPv6 address must be in brackets: [::1].");
      return address;
    }
    String host = colon < 0 ? address : address.substring(0, colon);
    if (host.isEmpty()) {
      wrong("the host is missing; expected " + side.example + ".");
    }
    return host;
  }

  private int port(String text, Product product) {
    if (text.isEmpty()) {
      return product == Product.MYSQL ? 3306 : 5432;
    }
    String digits = text.substring(1);
    if (text.startsWith(":") && PORT.matcher(digits).matches()) {
      int port = Integer.parseInt(digits);
      if (port > 0 && port <= MAX_PORT) {
        return port;
      }
    }
    wrong(
        "the port must be a number from 1 to "
            + MAX_PORT
            + ". If this is part of a password, write its special characters as percent escapes"
            + " (\"/\" is %2F, \"@\" is %40, \"?\" is %3F).");
    return 0;
  }

  /**
   * What stands behind the question mark, by the driver's names.
   *
   * @param start where that begins, in the template's text
   */
  private Map<String, UrlPart> parameters(Product product, int start) {
    Map<String, UrlPart> parameters = new LinkedHashMap<>();
    int next = start;
    for (String parameter : template.text().substring(start).split("&", -1)) {
      int from = next;
      int to = from + parameter.length();
      next = to + 1;
      if (parameter.isEmpty()) {
        continue;
      }
      int equals = parameter.indexOf('=');
      String name = decode(equals < 0 ? parameter : parameter.substring(0, equals));
      UrlPart value = part(equals < 0 ? to : from + equals + 1, to);
      DriverParameters.refusal(product, name)
          .ifPresentOrElse(
              reason -> wrong("parameter " + name + " is refused: " + reason + "."),
              () -> DriverParameters.mistake(product, name, value.text()).ifPresent(w -> wrong(w)));
      if (parameters.put(DriverParameters.driverName(product, name), value) != null) {
        wrong("a parameter is given twice.");
      }
    }
    return parameters;
  }

  /** What stands before the host or, as JDBC URLs have it, among the parameters. */
  private @Nullable UrlPart once(
      String name, @Nullable UrlPart before, Map<String, UrlPart> parameters) {
    UrlPart among = parameters.remove(name);
    if (before != null && among != null) {
      wrong("the " + name + " is given twice: before the host and as a parameter.");
    }
    return before == null ? among : before;
  }

  private String decode(String part) {
    try {
      return template.fill(PercentEscapes.decode(part));
    } catch (IllegalArgumentException e) {
      wrong("\"%\" must be followed by two hexadecimal digits; write %25 for the sign itself.");
      return part;
    }
  }

  private <T> Optional<T> wrong(String what) {
    bad = true;
    mistakes.accept(shown.equals(MaskedUrl.HIDDEN) ? what : what + " (" + shown + ")");
    return Optional.empty();
  }
}
