package dev.landfall.transforms.jdbc;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.ThisProcess;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A text that must not be shown: only {@link #reveal} gives it away. Serialising it leaves the text
 * out: what is written is a random ticket, by which its own process knows it again, and where
 * another process can look for it. Two secrets are equal when their texts are.
 */
public final class Secret implements Serializable {
  private static final long serialVersionUID = 2L;

  private static final Map<String, UUID> TICKETS = new ConcurrentHashMap<>();
  private static final Map<UUID, String> VALUES = new ConcurrentHashMap<>();

  /** Where a process that was not given a secret finds it. Holds no secret itself. */
  public interface Source extends Serializable {
    /** What it is and whose, as the beginning of a sentence: {@code The password of …}. */
    String what();

    /**
     * Looks for the secret among what this process has: its environment, its files.
     *
     * @param mistakes is told, in sentences without a secret, why it is not there
     * @return empty when it is not there
     */
    Optional<String> find(Consumer<String> mistakes);
  }

  private final UUID ticket;
  private final @Nullable Source source;
  private transient volatile @Nullable String value;

  private Secret(String value, @Nullable Source source) {
    this.ticket = TICKETS.computeIfAbsent(value, Secret::issue);
    this.source = source;
    this.value = value;
  }

  /** Wraps a secret that no other process can find: there, {@link #reveal} fails. */
  public static Secret of(String value) {
    return new Secret(value, null);
  }

  /** Wraps a secret that other processes find by themselves. */
  public static Secret of(String value, Source source) {
    return new Secret(value, source);
  }

  private static UUID issue(String value) {
    // A hash of the value could be found out by trying passwords; a random number says nothing.
    UUID ticket = UUID.randomUUID();
    VALUES.put(ticket, value);
    return ticket;
  }

  /** Whether another process can find it. */
  public boolean travels() {
    return source != null;
  }

  /**
   * The secret itself, for the one place that opens a connection. A process that did not make it
   * looks for it with the first call and remembers it.
   *
   * @throws MigrationException of kind USAGE when this process has no such secret; it names the
   *     machine, what is missing, and what to do
   */
  public String reveal() {
    String known = value;
    if (known == null) {
      known = VALUES.get(ticket);
      if (known == null) {
        known = find();
      }
      value = known;
    }
    return known;
  }

  private String find() {
    if (source == null) {
      throw new MigrationException(
          MigrationException.Kind.USAGE,
          "A password is not known on "
              + ThisProcess.host()
              + ": it was written out in the spec or a URL, and so stays in the process that read"
              + " it. Set an environment variable for the client and the Flink TaskManagers and"
              + " write ${NAME} in its place, or name a file that all of them can read.");
    }
    List<String> mistakes = new ArrayList<>();
    return source
        .find(mistakes::add)
        .orElseThrow(
            () ->
                new MigrationException(
                    MigrationException.Kind.USAGE,
                    source.what()
                        + " was not found on "
                        + ThisProcess.host()
                        + ": "
                        + String.join(" ", mistakes)
                        + " Secrets do not travel with a job, each process finds them itself: set"
                        + " the variable, or put the file in its place, for the Flink TaskManagers"
                        + " as well as for the client, and run the same command again."));
  }

  /** Whether both are the same text; fails as {@link #reveal} does. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.reveal().equals(reveal());
  }

  @Override
  public int hashCode() {
    return reveal().hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
