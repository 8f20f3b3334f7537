package dev.landfall.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How to run a program that refuses to be run by root, as PostgreSQL does (its manual, section "The
 * PostgreSQL User Account").
 */
enum Privileges {
  /** Not root: nothing to give up. */
  OWN,
  /** Root, seen as somebody else in a user namespace. Files stay root's. */
  NAMESPACE,
  /** Root where user namespaces are forbidden, as in most containers: really somebody else. */
  NOBODY;

  private static final String NOBODY_ID = "65534:65534";

  /** What this machine needs and allows. */
  static Privileges needed() {
    return Needed.VALUE;
  }

  static boolean isRoot() {
    return Needed.ROOT;
  }

  /** The command to run instead; the process it starts is the program itself, no child. */
  List<String> wrap(List<String> command) {
    List<String> wrapped = new ArrayList<>(prefix());
    wrapped.addAll(command);
    return wrapped;
  }

  private List<String> prefix() {
    return switch (this) {
      case OWN -> List.of();
      case NAMESPACE -> List.of("unshare", "--user");
      case NOBODY -> List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    };
  }

  /** Gives a directory to whom {@link #wrap} runs programs as. */
  void own(Path directory, Path log) {
    if (this == NOBODY) {
      Programs.run(List.of("chown", "-R", NOBODY_ID, directory.toString()), log);
    }
  }

  private static final class Needed {
    static final boolean ROOT =
        Programs.exitCode(Programs.builder(List.of("sh", "-c", "test \"$(id -u)\" = 0"))) == 0;
    static final Privileges VALUE = find();

    private static Privileges find() {
      if (!ROOT) {
        return OWN;
      }
      return Programs.exitCode(Programs.builder(NAMESPACE.wrap(List.of("true")))) == 0
          ? NAMESPACE
          : NOBODY;
    }
  }
}
