package dev.landfall.transforms.jdbc;

import com.mysql.cj.jdbc.AbandonedConnectionCleanupThread;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the drivers leave behind in a process: a registration that nobody here asks for, and a
 * thread of Connector/J's that looks after connections which nobody closed.
 */
final class Drivers {
  private static final Logger LOG = LoggerFactory.getLogger(Drivers.class);

  private Drivers() {}

  /**
   * Takes back what this class's own class loader brought; connections can be opened after it. What
   * the process itself was started with stays as long as the process.
   */
  static void release() {
    ClassLoader own = Drivers.class.getClassLoader();
    if (own == ClassLoader.getSystemClassLoader()) {
      return;
    }
    if (AbandonedConnectionCleanupThread.class.getClassLoader() == own) {
      // The checked way wants to be called with the same context class loader, which Flink wraps.
      AbandonedConnectionCleanupThread.uncheckedShutdown();
    }
    for (Driver driver : List.copyOf(DriverManager.drivers().toList())) {
      if (driver.getClass().getClassLoader() == own) {
        try {
          DriverManager.deregisterDriver(driver);
        } catch (SQLException e) {
          LOG.debug("{} stays registered", driver, e);
        }
      }
    }
  }
}
