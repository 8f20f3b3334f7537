package dev.landfall.runners.cli;

import picocli.CommandLine.IVersionProvider;

/** The version, from the jar's manifest. */
public final class Version implements IVersionProvider {
  /** The number; a few words where there is no jar. */
  public static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(not built into a jar)" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"landfall " + number() + ", Java " + Runtime.version().feature()};
  }
}
