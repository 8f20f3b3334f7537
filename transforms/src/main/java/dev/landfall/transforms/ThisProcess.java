package dev.landfall.transforms;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What messages call the process that they come from: steps may run on any of several machines. */
public final class ThisProcess {
  private ThisProcess() {}

  /** The name of the machine; "unknown host" where it has none. */
  public static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown host";
    }
  }
}
