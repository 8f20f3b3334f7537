package dev.landfall.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports on 127.0.0.1. */
final class Ports {
  /**
   * Below the ports that Linux gives to outgoing connections (32768 and up): one of those could be
   * taken while a server is stopped, even by a client that tries to reach it.
   */
  private static final int FIRST = 20_000;

  private static final int LAST = 32_000;
  private static final int ATTEMPTS = 100;
  private static final int CONNECT_TIMEOUT_MILLIS = 1_000;

  private Ports() {}

  /** A port that nobody listens on right now. */
  static int free() {
    for (int i = 0; i < ATTEMPTS; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      try (ServerSocket socket = new ServerSocket(port, 1, localAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Taken: try another.
      }
    }
    throw new EmbeddedServerException("No free port between " + FIRST + " and " + LAST);
  }

  /** Whether somebody listens on a port. */
  static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(localAddress(), port), CONNECT_TIMEOUT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Spelt out, since the loopback address of a JVM may be the one of IPv6. */
  private static InetAddress localAddress() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }
}
