package dev.landfall.transforms.jdbc;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.jdbc.ConnectionSettings.Product;

/** Says that a server does not let a session be what it has to be. */
final class SessionRefusal {
  private SessionRefusal() {}

  static MigrationException of(
      Product product, ConnectionSettings settings, SessionSetting setting, String value) {
    return new MigrationException(
        MigrationException.Kind.USAGE,
        (product == Product.MYSQL ? "The source database " : "The target database ")
            + settings.display()
            + " keeps "
            + setting.name()
            + " at "
            + (value.isEmpty() ? "nothing" : value)
            + " for this user, though the session sets it to "
            + (setting.shown().isEmpty() ? "nothing" : setting.shown())
            + ". What is read or written there could be other than it seems; nothing was touched."
            + " Take the setting back where it is made ("
            + (product == Product.MYSQL
                ? "init_connect, or the server's variable"
                : "ALTER ROLE or ALTER DATABASE … RESET " + setting.name())
            + "), or use an account that may set it.");
  }
}
