package dev.landfall.pipelines.spec;

import dev.landfall.transforms.jdbc.ConnectionSettings.Product;
import dev.landfall.transforms.jdbc.DriverParameterNames;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Parameters of the drivers that would break what Landfall promises. All others pass to the driver
 * (Connector/J manual 6.3, pgjdbc's "Connection Parameters").
 */
final class DriverParameters {
  private static final String ZEROS =
      "Landfall reads dates as text and counts every zero date that becomes NULL";
  private static final String STREAM =
      "Landfall streams rows over the text protocol, which keeps memory flat";
  private static final String BITS = "Landfall chooses the target type from the values";
  private static final String TEXT = "Landfall has the server send UTF-8";
  private static final String ZONE = "all of Landfall's sessions are in UTC";
  private static final String SESSION = "Landfall sets up its sessions itself";
  private static final String LOST = "rows or characters would be changed or left out unseen";
  private static final String RECONNECT =
      "a new session without Landfall's settings would take over unseen; Landfall reconnects itself";
  private static final String PLACE = "the server and database belong in front of the \"?\"";

  private static final Map<String, String> MYSQL =
      Map.ofEntries(
          Map.entry("zerodatetimebehavior", ZEROS),
          Map.entry("usecursorfetch", STREAM),
          Map.entry("defaultfetchsize", STREAM),
          Map.entry("useserverprepstmts", STREAM),
          Map.entry("nettimeoutforstreamingresults", STREAM),
          Map.entry("tinyint1isbit", BITS),
          Map.entry("transformedbitisboolean", BITS),
          Map.entry("yearisdatetype", BITS),
          Map.entry("blobsarestrings", BITS),
          Map.entry("functionsneverreturnblobs", BITS),
          Map.entry("characterencoding", TEXT),
          Map.entry("charactersetresults", TEXT),
          Map.entry("connectioncollation", TEXT),
          Map.entry("useunicode", TEXT),
          Map.entry("connectiontimezone", ZONE),
          Map.entry("servertimezone", ZONE),
          Map.entry("forceconnectiontimezonetosession", ZONE),
          Map.entry("preserveinstants", ZONE),
          Map.entry("sessionvariables", SESSION),
          Map.entry("maxrows", LOST),
          Map.entry("padcharswithspace", LOST),
          Map.entry("autoreconnect", RECONNECT),
          Map.entry("autoreconnectforpools", RECONNECT));

  private static final Map<String, String> POSTGRESQL =
      Map.ofEntries(
          Map.entry("binarytransfer", STREAM),
          Map.entry("binarytransferenable", STREAM),
          Map.entry("allowencodingchanges", TEXT),
          Map.entry("rewritebatchedinserts", "it hides how many rows each statement wrote"),
          Map.entry("host", PLACE),
          Map.entry("port", PLACE),
          Map.entry("dbname", PLACE),
          Map.entry("pghost", PLACE),
          Map.entry("pgport", PLACE),
          Map.entry("pgdbname", PLACE));

  private DriverParameters() {}

  /** Why a parameter is refused; empty when it may pass. */
  static Optional<String> refusal(Product product, String name) {
    Map<String, String> refused =
        switch (product) {
          case MYSQL -> MYSQL;
          case POSTGRESQL -> POSTGRESQL;
        };
    return Optional.ofNullable(refused.get(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * The driver's own name of a parameter: providers hand out URLs with {@code ssl-mode}, which is
   * the command-line client's word, and Connector/J would pass over it without encrypting.
   */
  static String driverName(Product product, String name) {
    return product == Product.MYSQL && name.equals("ssl-mode") ? "sslMode" : name;
  }

  /**
   * What is wrong with a parameter: the driver would pass over a name that it does not know, so
   * that a misspelt sslMode would leave the passwords unencrypted, and of a word that it does not
   * know it tells only when it connects.
   */
  static Optional<String> mistake(Product product, String name, String value) {
    String driverName = driverName(product, name);
    Set<String> known = DriverParameterNames.of(product);
    if (!known.contains(driverName)) {
      return Optional.of(
          NearestName.typo(name, known)
              .map(n -> "the driver knows no parameter " + name + ". Did you mean \"" + n + "\"?")
              .orElse(
                  "there is a parameter that the driver does not know. If this is part of a"
                      + " password, write its special characters as percent escapes (\"?\" is %3F,"
                      + " \"&\" is %26)."));
    }
    List<String> choices = DriverParameterNames.choices(product, driverName);
    return choices.isEmpty() || choices.stream().anyMatch(value::equalsIgnoreCase)
        ? Optional.empty()
        : Optional.of(
            "parameter "
                + driverName
                + " must be one of "
                + String.join(", ", choices)
                + "."
                + NearestName.typo(value, choices)
                    .map(n -> " Did you mean \"" + n + "\"?")
                    .orElse(""));
  }
}
